"""Revised passages are found between their neighbours, on their own page, and lines of other papers are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.library.anchors import QuoteLocator
from kb.library.quote_context import KEY, between, occurrences
from kb.models.anchor import AnchorState, Selector
from kb.models.text import Block, BlockKind, Box

BEFORE, AFTER = "theagentasksapersonwhich", "andfitsarewardmodeltothe"
SENTENCE = "The judge is right in nine of ten debates, which is more than without any help at all."
REVISED = "Our judges decide well in seven of ten debates, more often than without help."
OTHER = "Explaining networks. In International Conference on Learning Representations, 2017."


def block(index: int, text: str, *boxes: tuple[int, float, float]) -> Block:
    """A block with boxes of a page, a top and a bottom each."""
    placed = tuple(Box(page=page, x0=0, y0=top, x1=100, y1=bottom) for page, top, bottom in boxes)
    return Block(index=index, kind=BlockKind.TEXT, text=text, page=placed[0].page if placed else 1, boxes=placed)


def test_a_rewritten_sentence_is_found_between_its_neighbours() -> None:
    around = ("We let two models argue before a person. ", " We then train on the verdicts of these people.")
    locator = QuoteLocator([block(0, f"{around[0]}{REVISED}{around[1]}")])
    anchor = locator.locate(Selector(quote=SENTENCE, prefix=around[0], suffix=around[1], page=1))
    assert anchor.state is AnchorState.CHANGED
    assert anchor.found.startswith("Our judges decide well")
    assert anchor.quote == SENTENCE
    assert locator.locate(Selector(quote=SENTENCE, page=1)).state is AnchorState.ORPHANED


def test_something_else_between_the_same_neighbours_is_not_the_quote() -> None:
    assert between(f"{BEFORE}{'xyz' * 10}{AFTER}", BEFORE, AFTER, "wecomparehumanswithmodelsnow") is None


def test_one_neighbour_is_enough_for_a_passage_that_is_very_like() -> None:
    text = f"{BEFORE}thequickbrownfoxjumpedoverit" + "q" * 40
    assert between(text, BEFORE, AFTER, "thequickbrownfoxjumpsoverit") == (KEY, KEY + 27)
    assert between(text, BEFORE, AFTER, "anentirelydifferentsentence") is None


def test_a_line_of_a_bibliography_is_not_found_in_another() -> None:
    before, after = "[3] Finn, Yu, Fu, Abbeel, Levine: Generalizing ", " [4] Johannes Fürnkranz"
    quote = "skills. In International Conference on Learning Representations, 2017."
    selector = Selector(quote=quote, prefix=before, suffix=after, page=9)
    assert QuoteLocator([block(0, OTHER)]).locate(selector).state is AnchorState.ORPHANED


@pytest.mark.parametrize(
    ("quote", "pages"), [("word3 word4", {1}), ("word95 word96", {2}), ("word49 word50 word51", {1, 2})]
)
def test_a_block_over_two_pages_gives_the_boxes_that_hold_the_quote(quote: str, pages: set[int]) -> None:
    text = " ".join(f"word{number}" for number in range(100))
    locator = QuoteLocator([block(0, text, (1, 0, 100), (2, 0, 100))])
    anchor = locator.locate(Selector(quote=quote, page=max(pages)))
    assert {box.page for box in anchor.boxes} == pages
    assert anchor.state is AnchorState.EXACT


def test_a_quote_on_the_second_page_of_its_block_has_not_moved() -> None:
    text = " ".join(f"word{number}" for number in range(100))
    locator = QuoteLocator([block(0, text, (1, 0, 100), (2, 0, 100))])
    assert locator.select("word90 word91").page == 2
    assert locator.locate(Selector(quote="word90 word91", page=1)).state is AnchorState.MOVED


@given(st.text("ab", min_size=1, max_size=40), st.text("ab", min_size=1, max_size=4))
def test_every_occurrence_is_found(text: str, wanted: str) -> None:
    assert occurrences(text, wanted) == [at for at in range(len(text)) if text.startswith(wanted, at)]
