"""For a claim, passages that may speak for it and passages that may speak against it: suggestions, never verdicts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.models.search import Hit, Sides
from kb.recall.query import ParsedQuery, wanted
from kb.recall.snippets import shares_words, snippet
from kb.recall.stance import is_reference, is_title, reports, sentences, stance
from kb.search.search_engine import SearchEngine

LOOKED_AT, OF_EACH = 24, 3
"""Passages that are looked at for each of two questions, and sentences of each that are weighed."""
WEIGHED = 60
"""Sentences that the model reads."""
LEAST_SHARED = 0.25
"""A sentence with less of the claim's words than this is about something else, unless it is near in meaning."""
LEAST_NEAR = 0.45
"""Cosine from which a passage is about the claim though it shares no words; set by hand on the primers' claims,
not measured."""
REPORTED = 0.1
"""How much it counts that a sentence says what was found, and not what is to be done."""
SHORTEST, LONGEST = 5, 70
"""Words of a sentence that can speak; shorter ones are headings, longer ones tables."""
OF_ONE_PAPER = 2
"""Suggestions of one paper on one side, as long as others have some."""
DOUBTS = "{claim} fails limitations counterexample cannot"


@dataclass(frozen=True)
class _Said:
    hit: Hit
    sentence: str
    share: float
    near: float = 0.0

    @property
    def score(self) -> float:
        return self.near + 0.5 * self.share + REPORTED * reports(self.sentence)


def sides_of(search_engine: SearchEngine, claim: str, limit: int = 5) -> Sides:
    """The best suggestions for each side; the claim is asked for as it stands, and with the words of doubt."""
    asked = wanted(claim)
    said = sorted(_said(search_engine, asked), key=lambda each: -each.share)[:WEIGHED]
    weighed = _weighed(search_engine, asked, said)
    sides: dict[str, list[_Said]] = {"supporting": [], "opposing": []}
    for each in weighed:
        sides[stance(asked.text, each.sentence)].append(each)
    supporting, opposing = (_spread(sides[side])[:limit] for side in ("supporting", "opposing"))
    return Sides(claim=claim, supporting=_hits(supporting, asked), opposing=_hits(opposing, asked))


def _said(search_engine: SearchEngine, asked: ParsedQuery) -> Iterator[_Said]:
    """The sentences of what two searches find that have the most of the claim's words, each once."""
    seen: set[str] = set()
    for query in (asked.text, DOUBTS.format(claim=asked.text)):
        for hit in search_engine.search(query, where="passages", limit=LOOKED_AT).hits:
            told = [each for each in sentences(hit.text) if _can_speak(each)]
            shares = sorted(((shares_words(each, asked), each) for each in told), reverse=True)
            for share, sentence in shares[:OF_EACH]:
                if sentence not in seen:
                    seen.add(sentence)
                    yield _Said(hit, sentence.removeprefix("Abstract").strip(), share)


def _can_speak(sentence: str) -> bool:
    is_long_enough = SHORTEST <= len(sentence.split()) <= LONGEST
    return is_long_enough and not (sentence.endswith("?") or is_title(sentence) or is_reference(sentence))


def _weighed(search_engine: SearchEngine, asked: ParsedQuery, said: list[_Said]) -> list[_Said]:
    """Those that are on the claim, best first, one of each passage."""
    near = search_engine.closeness(asked.text, [each.sentence for each in said])
    weighed = [_Said(each.hit, each.sentence, each.share, close) for each, close in zip(said, near, strict=True)]
    best: dict[tuple[str | None, str], _Said] = {}
    for each in sorted(weighed, key=lambda each: -each.score):
        if each.share >= LEAST_SHARED or each.near >= LEAST_NEAR:
            best.setdefault((each.hit.paper, each.hit.text), each)
    return list(best.values())


def _spread(said: list[_Said]) -> list[_Said]:
    """A few of each paper first, then the rest, so that one paper does not speak for all."""
    counts: Counter[str | None] = Counter()
    first: list[_Said] = []
    rest: list[_Said] = []
    for each in said:
        counts[each.hit.paper] += 1
        (first if counts[each.hit.paper] <= OF_ONE_PAPER else rest).append(each)
    return first + rest


def _hits(said: list[_Said], asked: ParsedQuery) -> tuple[Hit, ...]:
    """Each hit shown by the sentence that put it there."""
    found = []
    for rank, each in enumerate(said, 1):
        window, marks = snippet(each.sentence, asked, length=400)
        found.append(each.hit.model_copy(update={"rank": rank, "snippet": window, "marks": marks}))
    return tuple(found)
