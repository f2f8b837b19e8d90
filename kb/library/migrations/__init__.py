"""Ordered changes to the record's tables."""
