"""What the portal shows: figures with their tables, references, footnotes, sections, and definitions."""

import pytest

from kb.models.text import Block, BlockKind
from tui.text.beside import look
from tui.text.definitions import definition, word_at
from tui.text.pointers import follow
from tui.text.reflow import LaidOutPaper, TextPosition, typeset

PARTS = (
    (BlockKind.TEXT, 1, "We train a reward model (RM) by comparison.1 Table 1 shows it; the utility* is in Section 2."),
    (BlockKind.FOOTNOTE, 1, "1 Two segments at a time."),
    (BlockKind.FOOTNOTE, 1, "* In the sense of economics."),
    (BlockKind.HEADING, 2, "2 Method"),
    (BlockKind.TEXT, 2, "First. We define a policy to be a map from states to actions. Then RM is used2."),
    (BlockKind.TABLE, 2, "a | b\n1 | 2"),
    (BlockKind.CAPTION, 2, "Table 1: Numbers."),
    (BlockKind.TEXT, 3, "Every policy is run, and x3 is a variable. RMs differ."),
    (BlockKind.FOOTNOTE, 3, "2 Carried over."),
)  # fmt: skip


def page() -> LaidOutPaper:
    """A page with something to look at."""
    return typeset([Block(index=i, kind=k, text=text, page=p) for i, (k, p, text) in enumerate(PARTS)], 70)


def at(words: str) -> TextPosition:
    """Where some words stand."""
    block = next(number for number, (_, _, text) in enumerate(PARTS) if words in text)
    return TextPosition(block, PARTS[block][2].index(words))


@pytest.mark.parametrize(
    ("words", "title", "text"),
    [
        ("Table 1 shows", "Table 1, p. 2", "Table 1: Numbers.\n\na | b\n1 | 2"),
        (".1 Table", ".1, p. 1", "1 Two segments at a time."),
        ("* is in", "*, p. 1", "* In the sense of economics."),
        ("RMs differ", "“RMs”, p. 1", PARTS[0][2]),
        ("policy is run", "“policy”, p. 2", "We define a policy to be a map from states to actions."),
    ],
)
def test_what_is_shown_beside(words: str, title: str, text: str) -> None:
    view = look(page(), at(words))
    assert view is not None
    assert (view.title, view.text) == (title, text)


def test_a_section_is_shown_from_its_heading_on() -> None:
    view = look(page(), at("Section 2"))
    assert view is not None
    assert view.text.startswith("2 Method\n\nFirst.")
    assert view.place == TextPosition(3, 0)


def test_a_footnote_is_looked_for_on_its_own_page_and_the_next() -> None:
    pointer = follow(page(), TextPosition(4, len(PARTS[4][2]) - 2))
    assert pointer is not None
    assert pointer.target == TextPosition(8, 0)
    assert follow(page(), at("x3 is")) is None


def test_where_nothing_is_pointed_to_nothing_is_shown() -> None:
    assert look(page(), at("Every")) is None
    assert definition(page(), "x") is None


def test_words_come_without_the_marks_around_them() -> None:
    assert word_at(page(), at("(RM)")) == "RM"
