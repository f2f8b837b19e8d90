"""Places where a quote may stand that was not found for sure: every equal one, else those that are most like it."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from kb.library.anchors import CONTEXT
from kb.library.quote_context import between, occurrences
from kb.library.quote_index import QuoteIndex, TextSpan, letters
from kb.models.anchor import Anchor, AnchorState, Selector
from kb.models.base import Value
from kb.models.text import Block

LIKE = 60.0
"""The similarity (of 100) from which a place is worth showing to a reader, who decides."""
MOST = 8
LITTLE = 40
"""Characters by which a place is rounded to whole sentences."""


class QuoteCandidate(Value):
    """A place, as the anchor that a quote taken from it would have, and how alike it is."""

    anchor: Anchor
    alike: float
    """Of 100; 100 where the letters are the same."""


def candidates(
    blocks: Sequence[Block], selector: Selector, version: str, most: int = MOST
) -> tuple[QuoteCandidate, ...]:
    """The likeliest places first; none where nothing in the text is like the quote."""
    quote_index, wanted = QuoteIndex(blocks), letters(selector.quote)
    if not wanted:
        return ()
    found: dict[tuple[int, int], QuoteCandidate] = {}
    for start, end in _places(quote_index, selector, wanted):
        span = quote_index.widened(quote_index.span(start, end), selector.quote)
        if quote_index.letters[start:end] != wanted:
            span = quote_index.rounded(span, LITTLE)
        alike = fuzz.ratio(wanted, quote_index.letters[start:end])
        found.setdefault(
            (span.first_block, span.start), QuoteCandidate(anchor=_taken(quote_index, span, version), alike=alike)
        )
    before, after = letters(selector.prefix), letters(selector.suffix)

    def fits(one: QuoteCandidate) -> float:
        around = fuzz.ratio(before, letters(one.anchor.prefix)) + fuzz.ratio(after, letters(one.anchor.suffix))
        return one.alike + around / 4 + 20 * (one.anchor.page == selector.page)

    return tuple(sorted(found.values(), key=fits, reverse=True)[:most])


def _places(quote_index: QuoteIndex, selector: Selector, wanted: str) -> Iterator[tuple[int, int]]:
    """Where the same letters stand; else what has the same neighbours, and the likest stretch of each block."""
    same = occurrences(quote_index.letters, wanted)
    if same:
        yield from ((start, start + len(wanted)) for start in same)
        return
    if place := between(quote_index.letters, letters(selector.prefix), letters(selector.suffix), wanted):
        yield place
    for number in range(len(quote_index.blocks)):
        first, last = quote_index.reach(number)
        text = quote_index.letters[first:last]
        if 2 * len(text) < len(wanted):
            continue
        match = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=LIKE)
        if match is not None and match.dest_end > match.dest_start:
            yield first + match.dest_start, first + match.dest_end


def _taken(quote_index: QuoteIndex, span: TextSpan, version: str) -> Anchor:
    """The anchor of a quote that is taken from there now."""
    prefix, suffix = quote_index.around(span, CONTEXT)
    return Anchor(
        quote=quote_index.text(span),
        prefix=prefix,
        suffix=suffix,
        page=quote_index.page(span),
        version=version,
        state=AnchorState.EXACT,
        boxes=quote_index.boxes(span),
        first_block=quote_index.blocks[span.first_block].index,
    )
