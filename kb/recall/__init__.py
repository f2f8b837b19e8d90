"""Finding it again, by words and by meaning; everything here is derived and can be rebuilt."""
