"""The reader: the text of a paper, its notes, and what can be done in it."""
