"""The first minutes: the demonstration, and the tutorial's own library."""
