"""Fusing what words and meaning found into one ranking, in which every entry says which of the two it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.models.search import Candidate, Matched

MEANING_WEIGHT = 0.5


@dataclass(frozen=True)
class Ranked:
    """One entry of the fused ranking."""

    what: Literal["passage", "note"]
    id: str
    score: float
    matched: tuple[Matched, ...]


def rank(
    words: Sequence[Candidate], meaning: Sequence[Candidate], limit: int, weight: float = MEANING_WEIGHT
) -> list[Ranked]:
    """Both rankings on one scale from 0 to 1 each, added up; one that is empty leaves the other as it is.

    Scores rather than ranks are added, since how far ahead the first result lies is worth knowing.
    """
    scores: dict[tuple[Literal["passage", "note"], str], float] = {}
    matched: dict[tuple[Literal["passage", "note"], str], list[Matched]] = {}
    shares: tuple[tuple[Matched, Sequence[Candidate], float], ...] = (
        ("words", words, 1.0 - weight if meaning else 1.0),
        ("meaning", meaning, weight if words else 1.0),
    )
    for by, candidates, share in shares:
        for candidate, scaled in zip(candidates, _scaled(candidates), strict=True):
            key = (candidate.what, candidate.id)
            scores[key] = scores.get(key, 0.0) + share * scaled
            matched.setdefault(key, []).append(by)
    best = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
    return [Ranked(what, id_, scores[what, id_], tuple(matched[what, id_])) for what, id_ in best]


def _scaled(candidates: Sequence[Candidate]) -> list[float]:
    """Scores from 0 (the last) to 1 (the first)."""
    if not candidates:
        return []
    low = min(candidate.score for candidate in candidates)
    spread = max(candidate.score for candidate in candidates) - low
    return [(candidate.score - low) / spread if spread else 1.0 for candidate in candidates]
