"""Fusing what words and meaning found into one ranking, in which every entry says which of the two it came from."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from kb.models.search import Candidate, Matched

MEANING_WEIGHT = 0.55
"""What meaning weighs against words. From SciFact's train queries and sets made from them (nDCG@10 by weight: .3
.714, .4 .730, .55 .743, .6 .744, .7 .736); try another with ``python -m tests.benchmarks.retrieval FOLDER
--ablation``."""
DEPTH_SHARE, LOOKED_AT = 0.3, 3
"""How much the mean of a paper's first passages counts beside its best."""
What = Literal["passage", "note"]
Key = tuple[What, str]
_MATCHED: dict[tuple[bool, bool], tuple[Matched, ...]] = {
    (False, False): (),
    (True, False): ("words",),
    (False, True): ("meaning",),
    (True, True): ("words", "meaning"),
}


class Ranked(NamedTuple):
    """One entry of the fused ranking; a search makes hundreds."""

    what: What
    id: str
    score: float
    matched: tuple[Matched, ...]
    by_words: float = 0.0
    """What words add to the score."""
    by_meaning: float = 0.0


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
    share = weight if words and meaning else 1.0
    lexical = word_shares(words, 1.0 - weight if meaning else 1.0)
    near = meaning_shares({**(nearness or {}), **_scores(meaning)}, share) if meaning else {}
    return in_order(lexical, near, {(candidate.what, candidate.id) for candidate in meaning})[:limit]


def word_shares(words: Sequence[Candidate], share: float) -> dict[Key, float]:
    """What words add to the score of each candidate: shares of the best, since BM25 has a zero of its own."""
    scores = _scores(words)
    best = max(scores.values(), default=0.0)
    return {key: share * (max(score, 0.0) / best if best > 0 else 1.0) for key, score in scores.items()}


def meaning_shares(cosines: Mapping[Key, float], share: float) -> dict[Key, float]:
    """What meaning adds, from the least to the best: where cosines begin and end depends on the model and the query."""
    low, high = min(cosines.values(), default=0.0), max(cosines.values(), default=0.0)
    return {key: share * ((score - low) / (high - low) if high > low else 1.0) for key, score in cosines.items()}


def summed(lexical: Mapping[Key, float], near: Mapping[Key, float]) -> dict[Key, float]:
    """The score of each candidate."""
    return {key: lexical.get(key, 0.0) + near.get(key, 0.0) for key in lexical.keys() | near.keys()}


def in_order(lexical: Mapping[Key, float], near: Mapping[Key, float], semantic: Collection[Key]) -> list[Ranked]:
    """All candidates, best first; ``semantic`` are those that meaning found."""
    entries = [
        Ranked(*key, score, _MATCHED[key in lexical, key in semantic], lexical.get(key, 0.0), near.get(key, 0.0))
        for key, score in summed(lexical, near).items()
    ]
    return sorted(entries, key=lambda entry: (-entry.score, entry.what, entry.id))


def best_of_each(groups: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """The first entry of each group, by the group's score; groups are in the order of the ranking."""
    scored = [group[0]._replace(score=_group_score(group)) for group in groups]
    return sorted(scored, key=lambda entry: (-entry.score, entry.what, entry.id))


def _group_score(group: Sequence[Ranked]) -> float:
    """Its best words and its best meaning, which may be two entries', and a little of how good the next ones are.

    Means, not sums: a long paper has more passages that are a little like the query, whatever it is about.
    """
    best = max(entry.by_words for entry in group) + max(entry.by_meaning for entry in group)
    first = [entry.score for entry in group[:LOOKED_AT]]
    return (1.0 - DEPTH_SHARE) * best + DEPTH_SHARE * sum(first) / len(first)


def _scores(candidates: Sequence[Candidate]) -> dict[Key, float]:
    return {(candidate.what, candidate.id): candidate.score for candidate in candidates}
