"""Tables in rows and cells; formulas only where they can be read."""

from kb.reading.structure.fonts import describe
from kb.reading.structure.formulas import formula_text
from kb.reading.structure.page import Line, Span
from kb.reading.structure.tables import table_text
from tests.reading.structure.lines import line


def test_cells_are_parted_at_the_column_lines() -> None:
    lines = [line("model", 100, 100), line("top-1", 200, 100), line("ResNet-50", 100, 112), line("22.85", 200, 112)]
    assert table_text(lines, (180,)) == "model | top-1\nResNet-50 | 22.85"


def test_an_empty_cell_keeps_its_place() -> None:
    lines = [line("a", 100, 100), line("b", 200, 100), line("c", 300, 100), line("d", 100, 112), line("e", 300, 112)]
    assert table_text(lines, (150, 250)) == "a | b | c\nd |  | e"


def test_without_column_lines_wide_gaps_part_the_cells() -> None:
    lines = [line("one two", 100, 100), line("3", 200, 100)]
    assert table_text(lines) == "one two | 3"


def _span(text: str, x: float, base: float, size: float = 10) -> Span:
    """A piece of a formula."""
    return Span(text, x, base - 8, x + 6 * len(text), base + 2, base, size, describe("CMMI10"))


def test_a_formula_in_one_line_is_text() -> None:
    formula = [Line([_span("y = F", 100, 100), _span("2", 130, 96, 7), _span(" + x", 140, 100)])]
    assert formula_text(formula) == "y = F2 + x"


def test_a_fraction_is_only_named_by_its_number() -> None:
    formula = [
        Line([_span("p = ", 100, 100)]),
        Line([_span("a", 130, 93)]),
        Line([_span("b", 130, 107)]),
        Line([_span("(3)", 300, 100)]),
    ]
    assert formula_text(formula) == "[formula (3)]"


def test_signs_that_are_no_characters_are_not_shown() -> None:
    assert formula_text([Line([_span("\ufffd\ue001 = x", 100, 100)])]) == "[formula]"
