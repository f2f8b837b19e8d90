"""Spans that stand side by side become lines."""

import pytest

from kb.reading.structure.fonts import describe
from kb.reading.structure.lines import group
from kb.reading.structure.page import Span
from tests.reading.structure.lines import BODY

EM = 10.0


def span(text: str, x: float, base: float = 100.0, *, width: float = 40.0, size: float = EM) -> Span:
    """A run of characters."""
    return Span(text, x, base - 0.8 * size, x + width, base + 0.2 * size, base, size, describe(BODY))


def texts(*spans: Span) -> list[str]:
    """The lines' texts."""
    return [line.text for line in group(spans)]


@pytest.mark.parametrize(("gap", "lines"), [(0.3, 1), (1.2, 1), (1.4, 2), (2.0, 2), (3.5, 2)])
def test_words_more_than_a_wide_space_apart_are_two_lines(gap: float, lines: int) -> None:
    assert len(texts(span("One", 72), span("two", 112 + gap * EM))) == lines


@pytest.mark.parametrize("label", ["2.1", "A.", "•", "(a)", "[12]"])
def test_what_a_label_stands_before_may_be_a_wide_gap_away(label: str) -> None:
    assert texts(span(label, 72), span("Preferences", 112 + 3.0 * EM)) == [f"{label} Preferences"]
    assert len(texts(span(label, 72), span("Preferences", 112 + 3.4 * EM))) == 2


def test_only_the_first_of_a_line_is_a_label() -> None:
    assert texts(span("Table", 72), span("2", 114), span("Costs", 154 + 2.0 * EM)) == ["Table 2", "Costs"]


def test_a_mark_above_the_line_belongs_to_it_and_the_next_line_does_not() -> None:
    raised = span("2", 113, 96.0, width=4, size=6.0)
    assert texts(span("x", 72), raised, span("below", 72, 112.0)) == ["x2", "below"]


def test_what_is_drawn_again_to_the_left_opens_a_line() -> None:
    assert texts(span("one", 200), span("two", 72)) == ["one", "two"]


def test_empty_spans_are_no_part_of_a_line() -> None:
    assert texts(span("one", 72), span(" ", 112), span("", 113), span("two", 116)) == ["one two"]
