"""Names of authors among addresses, by how a line is set."""

from kb.reading.structure.fonts import describe
from kb.reading.structure.names import names
from kb.reading.structure.page import Line, Span
from kb.reading.structure.paragraphs import Chunk
from tests.reading.structure.lines import BODY, BOLD, page


def set_line(*pieces: tuple[str, str]) -> Line:
    """Words of several fonts in one line, with a space's width between them."""
    spans, at = [], 72.0
    for text, font in pieces:
        end = at + 5 * len(text)
        spans.append(Span(text, at, 92, end, 102, 100, 10, describe(font)))
        at = end + 3
    return Line(spans)


def found_in(*lines: Line) -> tuple[str, ...]:
    return names([Chunk(list(lines), page(*lines))])


def test_a_bold_name_ends_where_the_address_in_another_weight_starts() -> None:
    lines = (
        set_line(("Ada", BOLD), ("Lovelace", BOLD), ("UK Computing Institute", BODY)),
        set_line(("Alan", BOLD), ("Turing", BOLD), ("Bletchley", BODY)),
    )
    assert found_in(*lines) == ("Ada Lovelace", "Alan Turing")


def test_a_line_of_one_weight_stays_whole() -> None:
    assert found_in(set_line(("Ada", BODY), ("Lovelace", BODY), ("and Alan", BODY), ("Turing", BODY))) == (
        "Ada Lovelace",
        "Alan Turing",
    )
