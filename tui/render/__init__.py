"""Facts made into lines of text."""
