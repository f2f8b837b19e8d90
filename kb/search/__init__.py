"""A query's road: taken apart, filtered, asked in words and meaning, and answered with what stands behind each hit."""
