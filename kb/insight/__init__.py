"""Computed over the library: what follows from what the reader has gathered."""
