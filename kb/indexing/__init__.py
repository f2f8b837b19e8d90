"""The index of meaning: what waits for it is taken in, passages and notes alike, and its health is looked at."""
