"""Measurements, run by `make bench`; none of them is a test, since wall clocks differ between machines."""
