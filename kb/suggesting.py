"""For a claim, passages that may speak for it and passages that may speak against it: suggestions, never verdicts."""

from kb.finding import Finder
from kb.models.search import Hit, Sides
from kb.recall.query import wanted
from kb.recall.snippets import shares_words, snippet
from kb.recall.stance import stance, telling_sentence

LOOKED_AT = 40
LEAST_SHARED = 0.25
"""A sentence with less of the claim's words than this is about something else."""
DOUBTS = "{claim} fails limitations counterexample cannot"


def sides_of(finder: Finder, claim: str, limit: int = 5) -> Sides:
    """The best suggestions for each side; the claim is asked for as it stands, and with the words of doubt."""
    asked = wanted(claim)
    found: dict[tuple[str | None, str], Hit] = {}
    for query in (asked.text, DOUBTS.format(claim=asked.text)):
        for hit in finder.search(query, where="passages", limit=LOOKED_AT).hits:
            found.setdefault((hit.paper, hit.text), hit)
    sides: dict[str, list[Hit]] = {"supporting": [], "opposing": []}
    for hit in sorted(found.values(), key=lambda hit: -hit.score):
        sentence = telling_sentence(hit.text, asked)
        if shares_words(sentence, asked) >= LEAST_SHARED:
            window, marks = snippet(sentence, asked, length=400)
            side = sides[stance(asked.text, sentence)]
            side.append(hit.model_copy(update={"rank": len(side) + 1, "snippet": window, "marks": marks}))
    return Sides(claim=claim, supporting=tuple(sides["supporting"][:limit]), opposing=tuple(sides["opposing"][:limit]))
