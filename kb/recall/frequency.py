"""How common words are, so that a search in a large library does not read the postings of words that tell nothing."""

import sqlite3
from collections.abc import Sequence
from functools import cached_property

SMALL = 20_000
"""Up to so many passages every word can be afforded, and nothing is looked up."""
POSTINGS = 30_000
"""Occurrences that one query may have ranked; the rarest words come first, and always at least one of them."""


class Frequencies:
    """Counts from the full-text index itself, kept as long as the connection."""

    def __init__(self, texts: sqlite3.Connection) -> None:
        self._texts = texts
        self._known: dict[str, int] = {}

    def affordable(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words to rank by: all in a small library; else the rarest that fit the budget, in the query's order."""
        if len(words) < 2 or self._is_small():
            return tuple(words)
        counts = {word: self.passages_with(word) for word in words}
        kept: set[str] = set()
        spent = 0
        for word in sorted(counts, key=counts.__getitem__):
            if kept and spent + counts[word] > POSTINGS:
                break
            spent += counts[word]
            if counts[word]:
                kept.add(word)
        return tuple(word for word in words if word in kept) or tuple(words)

    def passages_with(self, word: str) -> int:
        """In how many passages some form of the word stands."""
        if word not in self._known:
            found = self._texts.execute(
                "SELECT doc FROM temp.vocabulary WHERE term = ?", (self._stem(word),)
            ).fetchone()
            self._known[word] = int(found[0]) if found else 0
        return self._known[word]

    def _is_small(self) -> bool:
        newest = self._texts.execute("SELECT max(number) FROM passages").fetchone()[0] or 0
        if newest <= SMALL:
            return True
        self._texts.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'passages_fts', 'row')"
        )
        return False

    def _stem(self, word: str) -> str:
        """The word as the index keeps it, by the index's own tokenizer."""
        self._stems.execute("DELETE FROM stems")
        self._stems.execute("INSERT INTO stems VALUES (?)", (word,))
        found = self._stems.execute("SELECT term FROM terms").fetchone()
        return str(found[0]) if found else word.lower()

    @cached_property
    def _stems(self) -> sqlite3.Connection:
        scratch = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        scratch.execute("CREATE VIRTUAL TABLE stems USING fts5(word, tokenize='porter unicode61')")
        scratch.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('stems', 'row')")
        return scratch
