"""The record: what must never be lost."""
