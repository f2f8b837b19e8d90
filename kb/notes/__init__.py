"""A note's road: composed from what the reader gives, edited as text, named, and read from a PDF's own marks."""
