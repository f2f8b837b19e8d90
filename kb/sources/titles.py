"""A paper by its title: candidates from arXiv, how alike their titles are, and whether one is surely meant."""

import re
from collections.abc import Sequence

from kb.models.base import Value
from kb.sources.arxiv import ArxivClient, ArxivRecord

SURE = 93.0
"""Titles this alike differ in punctuation or a word at most."""
MARGIN = 5.0
"""How much less alike the next candidate must be."""


class TitleMatch(Value):
    """One candidate; a score of 100 means the same words in the same order."""

    record: ArxivRecord
    score: float


def look_up_title(client: ArxivClient, title: str, limit: int = 10) -> tuple[TitleMatch, ...]:
    """Candidates, most alike first; none where arXiv has no title with these words."""
    from rapidfuzz import fuzz

    found = [
        TitleMatch(record=record, score=round(fuzz.ratio(plain(title), plain(record.draft.title)), 1))
        for record in client.search_title(title, limit)
    ]
    return tuple(sorted(found, key=lambda match: -match.score))


def surely(matches: Sequence[TitleMatch]) -> TitleMatch | None:
    """The candidate that is meant; None where the reader has to be asked."""
    if not matches or matches[0].score < SURE:
        return None
    return matches[0] if len(matches) == 1 or matches[0].score - matches[1].score >= MARGIN else None


def plain(title: str) -> str:
    """A title's words in lower case."""
    return " ".join(re.findall(r"\w+", title.lower()))
