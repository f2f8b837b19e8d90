"""Search: asking, the hits, saved searches and the two sides of a claim."""
