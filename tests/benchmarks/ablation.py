"""What each part of the ranking is worth: the same candidates, put in order with and without it.

python -m tests.benchmarks.retrieval DIR --ablation
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import mean

from kb.models.search import Candidate
from kb.recall.fusion import Ranked, rank
from kb.recall.pseudo_relevance import RelevanceFeedback
from kb.recall.query import wanted
from kb.search.filters import AllowedItems
from kb.search.search_engine import _WHAT, SearchEngine, _Ask
from tests.benchmarks.beir import Collection, ndcg

RECIPROCAL = 60
WEIGHTS = (0.3, 0.4, 0.6, 0.7)


@dataclass(frozen=True)
class Asked:
    """One query with what both ways found for it."""

    id: str
    words: list[Candidate]
    meaning: list[Candidate]
    gathered: RelevanceFeedback
    papers: Mapping[str, str]

    def added(self, *, weight: float = 0.5, near: bool = True) -> list[Ranked]:
        """Scores added up; ``near`` counts the cosine of what only words found."""
        limit = len(self.words) + len(self.meaning)
        nearness = self.gathered.nearness() if near else {}
        return rank(self.words, self.meaning, limit, nearness=nearness, weight=weight)

    def reciprocal(self) -> list[Ranked]:
        """Reciprocal ranks added up."""
        scores: dict[str, float] = {}
        for found in (self.words, self.meaning):
            for place, candidate in enumerate(found, start=1):
                scores[candidate.id] = scores.get(candidate.id, 0.0) + 1.0 / (RECIPROCAL + place)
        ordered = sorted(scores.items(), key=lambda item: -item[1])
        return [Ranked("passage", id_, score, ()) for id_, score in ordered]


Way = Callable[[Asked], list[Ranked]]


def ways() -> dict[str, Way]:
    """Every ranking that is compared; the product's is the one with everything."""
    found: dict[str, Way] = {
        "words": lambda asked: rank(asked.words, [], len(asked.words)),
        "meaning": lambda asked: rank([], asked.meaning, len(asked.meaning)),
        "reciprocal ranks": Asked.reciprocal,
        "scores added": lambda asked: asked.added(near=False),
        "+ cosine of what only words found": lambda asked: asked.added(),
        "+ query moved to the first hits": lambda asked: asked.gathered.fuse(asked.words, asked.meaning),
    }
    for weight in WEIGHTS:
        found[f"the same, meaning weighs {weight}"] = lambda asked, weight=weight: asked.gathered.fuse(  # type: ignore[misc]
            asked.words, asked.meaning, weight=weight
        )
    return found


def ablate(search_engine: SearchEngine, collection: Collection) -> dict[str, dict[str, float]]:
    """nDCG@10 of every way, with papers by all of their best, and by their best passage alone."""
    gains: dict[str, dict[str, list[float]]] = {name: {"papers": [], "best passage": []} for name in ways()}
    for id_, query in collection.queries.items():
        asked = _ask(search_engine, id_, query)
        for name, way in ways().items():
            ranked = [entry for entry in way(asked) if entry.id in asked.papers]
            grouped = [asked.papers[entry.id] for entry in search_engine._shelf.best_of_each_paper(ranked)]
            flat = list(dict.fromkeys(asked.papers[entry.id] for entry in ranked))
            for kind, papers in (("papers", grouped), ("best passage", flat)):
                found = [paper for paper in papers if paper != id_]
                gains[name][kind].append(ndcg(found, collection.judged[id_]))
    return {name: {kind: round(mean(values), 4) for kind, values in kinds.items()} for name, kinds in gains.items()}


def _ask(search_engine: SearchEngine, id_: str, query: str) -> Asked:
    ask = _Ask(wanted(query), _WHAT["passages"], AllowedItems())
    words, meaning = search_engine._by_words(ask, []), search_engine._by_meaning(ask, [])
    gathered = search_engine._ready_meaning().gathered(ask.wanted.text, [*words, *meaning])
    papers = search_engine._shelf._papers_of([candidate.id for candidate in (*words, *meaning)])
    return Asked(id_, words, meaning, gathered, papers)
