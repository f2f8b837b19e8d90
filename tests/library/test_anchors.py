"""Quotes are found again in changed text, and their state says how well."""

import pytest

from kb.library.anchors import QuoteLocator
from kb.models.anchor import AnchorState, Selector
from kb.models.text import Block, BlockKind, Box


def blocks(*texts: str, kinds: tuple[BlockKind, ...] = ()) -> list[Block]:
    kinds = kinds or (BlockKind.TEXT,) * len(texts)
    return [
        Block(index=i, kind=kind, text=text, page=i + 1, boxes=(Box(page=i + 1, x0=0, y0=0, x1=1, y1=1),))
        for i, (text, kind) in enumerate(zip(texts, kinds, strict=True))
    ]


PAPER = blocks(
    "We study whether an efﬁcient reward model generalises.",
    "The human judge sees the final state only. Debate is an optimal play game.",
    "Ours is a toy model; the results may not carry over to larger systems at all.",
)


def test_a_quote_is_anchored_with_its_context_page_and_block() -> None:
    anchor = QuoteLocator(PAPER, "sha").select("sees the final state only")
    assert (anchor.state, anchor.page, anchor.first_block, anchor.version) == (AnchorState.EXACT, 2, 1, "sha")
    assert anchor.prefix.endswith("The human judge ")
    assert anchor.suffix.startswith(". Debate")


def test_spaces_hyphens_ligatures_and_quotes_do_not_matter() -> None:
    anchor = QuoteLocator(PAPER).select("an effi-\ncient  reward MODEL")
    assert anchor.state is AnchorState.EXACT
    assert anchor.quote == "an efﬁcient reward model"


def test_a_quote_keeps_the_punctuation_at_its_ends() -> None:
    assert QuoteLocator(PAPER).select("Debate is an optimal play game.").quote == "Debate is an optimal play game."
    assert QuoteLocator(PAPER).select("“toy model;”").quote == "toy model;"


def test_a_quote_on_another_page_has_moved() -> None:
    anchor = QuoteLocator(PAPER).locate(Selector(quote="Debate is an optimal play game", page=7))
    assert (anchor.state, anchor.first_block) == (AnchorState.MOVED, 1)


def test_a_changed_sentence_is_found_and_called_changed() -> None:
    changed = Selector(quote="Ours is a toy model; these results might not carry over to larger systems at all", page=3)
    anchor = QuoteLocator(PAPER).locate(changed)
    assert anchor.state is AnchorState.CHANGED
    assert "the results may not carry over" in anchor.found
    assert anchor.quote == changed.quote


def test_a_quote_of_another_paper_is_an_orphan() -> None:
    anchor = QuoteLocator(PAPER).locate(Selector(quote="Attention layers replace recurrence in sequence transduction."))
    assert (anchor.state, anchor.boxes) == (AnchorState.ORPHANED, ())


def test_context_tells_two_equal_sentences_apart() -> None:
    twice = blocks("alpha. It works well. beta", "gamma. It works well. delta")
    anchor = QuoteLocator(twice).locate(Selector(quote="It works well", prefix="gamma. ", suffix=". delta", page=2))
    assert (anchor.state, anchor.first_block) == (AnchorState.EXACT, 1)


def test_two_equal_places_without_context_are_ambiguous() -> None:
    twice = blocks("same words here", "same words here")
    assert QuoteLocator(twice).select("same words here").state is AnchorState.AMBIGUOUS


def test_a_quote_may_cross_a_page_and_skip_a_float() -> None:
    text, caption = BlockKind.TEXT, BlockKind.CAPTION
    split = blocks("The sentence begins on", "Figure 1: a curve", "the next page ends.", kinds=(text, caption, text))
    anchor = QuoteLocator(split).select("begins on the next page")
    assert (anchor.state, {box.page for box in anchor.boxes}) == (AnchorState.EXACT, {1, 3})


@pytest.mark.parametrize("quote", ["", "  ", "—"])
def test_a_quote_without_letters_is_an_orphan(quote: str) -> None:
    assert QuoteLocator(PAPER).select(quote).state is AnchorState.ORPHANED
