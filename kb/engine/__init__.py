"""Slow work in one other process, so that the screen never waits."""
