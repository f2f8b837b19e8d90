"""Finding a quote in the text that is there now, and saying honestly how well it was found.

Four steps, each only where the one before found nothing: the same letters in running text, the same letters with
captions and footnotes in between, something like the quote between the same neighbours, and a close match anywhere
(rapidfuzz). Several equal places are told apart by the words around them and by the page.
"""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from kb.library.quote_context import between, occurrences
from kb.library.quote_index import FLOATS, QuoteIndex, TextSpan, letters
from kb.models.anchor import Anchor, AnchorState, Selector
from kb.models.text import Block

CONTEXT = 64
"""Characters of prefix and suffix that a selector keeps."""
CLOSE = 85.0
"""The similarity (of 100) from which a changed passage counts as the same."""
SURE = 95.0
TELLING = 120
"""The similarity, and the letters, from which a changed passage needs nothing around it to speak for it."""
_KNOWN_AROUND = 30.0
_SAME_PAGE = 20.0
_CLEARLY_BETTER = 10.0


class QuoteLocator:
    """Finds selectors in one parsed text; built once for all notes of a paper."""

    def __init__(self, blocks: Sequence[Block], version: str = "") -> None:
        self._running = QuoteIndex([block for block in blocks if block.kind not in FLOATS])
        self._whole = QuoteIndex(blocks)
        self._version = version

    def locate(self, selector: Selector | Anchor) -> Anchor:
        """Where the quote stands now, and in which state; orphaned where nothing is close enough."""
        wanted = letters(selector.quote)
        if not wanted:
            return self._orphan(selector)
        for quote_index in (self._running, self._whole):
            places = occurrences(quote_index.letters, wanted)
            if places:
                return self._best(quote_index, selector, [(start, start + len(wanted)) for start in places])
        return self._in_place(selector, wanted) or self._nearest(selector, wanted)

    def select(self, quote: str, page: int | None = None) -> Anchor:
        """An anchor for a quote that a reader gives: as it stands in the paper, with its context and page."""
        found = self.locate(Selector(quote=quote, page=page, version=self._version))
        if found.state in (AnchorState.ORPHANED, AnchorState.CHANGED):
            return found
        return found.model_copy(update={"quote": found.found or quote, "found": ""})

    def _best(self, quote_index: QuoteIndex, selector: Selector, places: list[tuple[int, int]]) -> Anchor:
        spans = [quote_index.widened(quote_index.span(start, end), selector.quote) for start, end in places]
        scores = [_context_score(quote_index, span, selector) for span in spans]
        order = sorted(range(len(spans)), key=lambda index: -scores[index])
        best = spans[order[0]]
        tied = len(spans) > 1 and scores[order[0]] - scores[order[1]] < _CLEARLY_BETTER
        if tied and (selector.prefix or selector.suffix or selector.page is None):
            state = AnchorState.AMBIGUOUS
        elif selector.page is not None and selector.page not in quote_index.pages(best):
            state = AnchorState.MOVED
        else:
            state = AnchorState.EXACT
        return self._anchor(quote_index, best, selector, state)

    def _in_place(self, selector: Selector, wanted: str) -> Anchor | None:
        """What stands now between the words that stood before and after the quote, where it is like the quote."""
        before, after = letters(selector.prefix), letters(selector.suffix)
        for quote_index in (self._running, self._whole):
            place = between(quote_index.letters, before, after, wanted)
            if place:
                return self._anchor(quote_index, quote_index.span(*place), selector, AnchorState.CHANGED)
        return None

    def _nearest(self, selector: Selector, wanted: str) -> Anchor:
        match = fuzz.partial_ratio_alignment(wanted, self._whole.letters, score_cutoff=CLOSE)
        if match is None or match.dest_end <= match.dest_start or len(wanted) > len(self._whole.letters):
            return self._orphan(selector)
        span = self._whole.rounded(self._whole.span(match.dest_start, match.dest_end))
        sure = match.score >= SURE and len(wanted) >= TELLING
        if not sure and not _is_in_place(self._whole, span, selector):
            return self._orphan(selector)
        return self._anchor(self._whole, span, selector, AnchorState.CHANGED)

    def _anchor(self, quote_index: QuoteIndex, span: TextSpan, selector: Selector, state: AnchorState) -> Anchor:
        prefix, suffix = quote_index.around(span, CONTEXT)
        text = quote_index.text(span)
        kept = _as_made(selector)
        if not (selector.prefix or selector.suffix):
            kept.update(prefix=prefix, suffix=suffix, page=quote_index.page(span), version=self._version)
        return Anchor(
            **kept,
            state=state,
            boxes=quote_index.boxes(span),
            first_block=quote_index.blocks[span.first_block].index,
            found="" if text == selector.quote else text,
        )

    def _orphan(self, selector: Selector) -> Anchor:
        kept = _as_made(selector)
        kept["version"] = kept["version"] or self._version
        return Anchor(**kept, state=AnchorState.ORPHANED)


def _as_made(selector: Selector) -> dict[str, Any]:
    """The selector's own fields, without where an anchor was found before."""
    return {name: getattr(selector, name) for name in (*Selector.model_fields, "id", "kept") if hasattr(selector, name)}


def _is_in_place(quote_index: QuoteIndex, span: TextSpan, selector: Selector) -> bool:
    """Whether what stands around a place is what stood around the quote; a quote without context is taken at its word.

    Without this, a line of one bibliography is found in another that cites the same venue.
    """
    if not (selector.prefix or selector.suffix):
        return True
    return _around_score(quote_index, span, selector) >= _KNOWN_AROUND


def _context_score(quote_index: QuoteIndex, span: TextSpan, selector: Selector) -> float:
    """How well the surroundings of a place fit the selector's, from 0 to 100, and more on the same page."""
    return _around_score(quote_index, span, selector) + (
        _SAME_PAGE if selector.page in quote_index.pages(span) else 0.0
    )


def _around_score(quote_index: QuoteIndex, span: TextSpan, selector: Selector) -> float:
    before, after = quote_index.around(span, CONTEXT)
    score = 0.0
    if selector.prefix:
        score += fuzz.ratio(letters(selector.prefix), letters(before)) / 2
    if selector.suffix:
        score += fuzz.ratio(letters(selector.suffix), letters(after)) / 2
    return score
