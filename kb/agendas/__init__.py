"""Agendas as the reader has them, found by whatever they are called; one lookup for commands, screen and search."""
