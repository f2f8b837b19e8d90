"""Out of the library: summaries, bibliographies and data that other programs read."""
