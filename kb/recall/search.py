"""Fusing what words and meaning found into one ranking, in which every entry says which of the two it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.models.search import Candidate, Matched

MEANING_WEIGHT = 0.5
FURTHER = 0.5
"""What a paper's next passage adds to it, relative to the one before; anything from 0.2 to 0.8 ranks papers alike."""
COUNTED = 8
What = Literal["passage", "note"]
Key = tuple[What, str]


@dataclass(frozen=True)
class Ranked:
    """One entry of the fused ranking."""

    what: What
    id: str
    score: float
    matched: tuple[Matched, ...]


def rank(
    words: Sequence[Candidate],
    meaning: Sequence[Candidate],
    limit: int,
    *,
    nearness: Mapping[Key, float] | None = None,
    weight: float = MEANING_WEIGHT,
) -> list[Ranked]:
    """Both rankings on one scale from 0 to 1 each, added up; one that is empty leaves the other as it is.

    Scores rather than ranks are added, since how far ahead the first result lies is worth knowing. ``nearness`` is
    the cosine of what only words found: not being among the nearest is a matter of degree, too.
    """
    lexical = _of_the_best(_scores(words))
    semantic = _from_least_to_best({**(nearness or {}), **_scores(meaning)}) if meaning else {}
    share = weight if lexical else 1.0
    totals = {key: share * score for key, score in semantic.items()}
    for key, score in lexical.items():
        totals[key] = totals.get(key, 0.0) + (1.0 - weight if semantic else 1.0) * score
    by_words, by_meaning = lexical.keys(), _scores(meaning).keys()
    best = sorted(totals, key=lambda key: (-totals[key], key))[:limit]
    return [Ranked(*key, totals[key], _matched(key in by_words, key in by_meaning)) for key in best]


def best_of_each(groups: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """The first entry of each group, by the group's score: its entries' scores, each further one counting half."""
    scored = [
        replace(group[0], score=sum(entry.score * FURTHER**place for place, entry in enumerate(group[:COUNTED])))
        for group in groups
    ]
    return sorted(scored, key=lambda entry: (-entry.score, entry.what, entry.id))


def _matched(by_words: bool, by_meaning: bool) -> tuple[Matched, ...]:
    return (*(("words",) if by_words else ()), *(("meaning",) if by_meaning else ()))


def _scores(candidates: Sequence[Candidate]) -> dict[Key, float]:
    return {(candidate.what, candidate.id): candidate.score for candidate in candidates}


def _of_the_best(scores: Mapping[Key, float]) -> dict[Key, float]:
    """Shares of the best score: BM25 has a zero of its own."""
    best = max(scores.values(), default=0.0)
    return {key: max(score, 0.0) / best if best > 0 else 1.0 for key, score in scores.items()}


def _from_least_to_best(scores: Mapping[Key, float]) -> dict[Key, float]:
    """From 0 to 1: where cosines begin and end depends on the model and the query."""
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    return {key: (score - low) / (high - low) if high > low else 1.0 for key, score in scores.items()}
