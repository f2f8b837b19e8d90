"""The screens that a reader moves between."""
