"""Curated reading lists and the primers, as data files."""
