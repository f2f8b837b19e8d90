"""Which passages a search by words ranks: all that match in a small library, those worth ranking in a large one.

Going through the places of a word is cheap, ranking a passage costs thirty times as much. So in a large library a
passage is ranked when it has one of the query's rarer words; its score counts all of them.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.recall.query import ParsedQuery, any_of, match_expression, ranked_terms, without

SMALL = 5_000
"""Up to so many passages all that match are ranked, and nothing is looked up."""
RANKED = 4_000
"""Passages that one query has ranked, where its words leave the choice."""
MOST = 15_000
"""Passages that are ranked where every word is common; of more, the newest."""


@dataclass(frozen=True)
class MatchExpression:
    """What to ask the full-text index."""

    expression: str
    least: int = 0
    """The passages' numbers begin here."""
    copies: int = 1
    """How often each word stands in the expression, and so counts in the score."""


class Frequencies:
    """Counts from the full-text index itself, kept as long as the connection."""

    def __init__(self, texts: sqlite3.Connection) -> None:
        self._texts = texts
        self._known: dict[str, int] = {}

    def match(self, asked: ParsedQuery, limit: int, *, typing: bool = False) -> MatchExpression:
        """The expression for the best ``limit``; ``typing`` lets the last word be the beginning of one."""
        terms = ranked_terms(asked, typing=typing)
        whole = match_expression(asked, typing=typing)
        if asked.phrases or not terms or self._is_small():
            return MatchExpression(whole)
        counts = {term: self.passages_with(term) for term in terms}
        known = sorted((term for term in terms if counts[term]), key=counts.__getitem__)
        if not known or sum(counts.values()) <= RANKED:
            return MatchExpression(whole)
        budget = max(RANKED, 2 * limit)
        if counts[known[0]] <= budget:
            return self._with_a_rare_one(known, counts, budget, asked)
        return self._of_common_ones(known, limit, asked)

    def passages_with(self, term: str) -> int:
        """In how many passages the term stands, as the index takes it: some form of a word, or words so begun."""
        if term not in self._known:
            self._known[term] = self._passages_with(term)
        return self._known[term]

    def _with_a_rare_one(
        self, known: Sequence[str], counts: dict[str, int], budget: int, asked: ParsedQuery
    ) -> MatchExpression:
        """Passages with any of the rarest words that fit the budget; each word stands twice, so all count alike."""
        spent, rare = 0, []
        for term in known:
            spent += counts[term]
            if spent > budget:
                break
            rare.append(term)
        common = known[len(rare) :]
        if not common:
            return MatchExpression(without(any_of(known), asked))
        either = any_of((*rare, *common, *common))
        return MatchExpression(without(f"{any_of(rare)} AND {either}", asked), copies=2)

    def _of_common_ones(self, known: Sequence[str], limit: int, asked: ParsedQuery) -> MatchExpression:
        """Passages with as many of the words as leaves enough of them; of too many, the newest."""
        rarest, others = known[0], known[1:]
        ways = [any_of(known), *([f"{rarest} AND {any_of(others)}", " AND ".join(known)] if others else [])]
        chosen, count = without(ways[0], asked), 0
        for way in ways:
            expression = without(way, asked)
            found = self._count(expression)
            if found < limit and count:
                break
            chosen, count = expression, found
            if found <= MOST:
                return MatchExpression(chosen)
        newest = self._newest()
        return MatchExpression(chosen, least=newest - newest * MOST // max(count, MOST) + 1)

    def _passages_with(self, term: str) -> int:
        if term.endswith("*"):
            return self._count(term)
        found = self._texts.execute("SELECT doc FROM temp.vocabulary WHERE term = ?", (self._stem(term),)).fetchone()
        return int(found[0]) if found else 0

    def _count(self, expression: str) -> int:
        query = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
        return int(self._texts.execute(query, (expression,)).fetchone()[0])

    def _newest(self) -> int:
        return int(self._texts.execute("SELECT max(number) FROM passages").fetchone()[0] or 0)

    def _is_small(self) -> bool:
        if self._newest() <= SMALL:
            return True
        self._texts.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'passages_fts', 'row')"
        )
        return False

    def _stem(self, term: str) -> str:
        """The word as the index keeps it, by the index's own tokenizer."""
        self._stems.execute("DELETE FROM stems")
        self._stems.execute("INSERT INTO stems VALUES (?)", (term,))
        found = self._stems.execute("SELECT term FROM terms").fetchone()
        return str(found[0]) if found else term.strip('"').lower()

    @cached_property
    def _stems(self) -> sqlite3.Connection:
        scratch = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        scratch.execute("CREATE VIRTUAL TABLE stems USING fts5(word, tokenize='porter unicode61')")
        scratch.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('stems', 'row')")
        return scratch
