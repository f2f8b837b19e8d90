"""What pages and notes of a vault need to link to each other."""

from collections.abc import Callable

from kb.export.vault.regions import Name

LinkTo = Callable[[Name, str], str]
"""A wiki link to what a name stands for, shown with a label."""
