"""Reading order on pages made by hand."""

from hypothesis import given
from hypothesis import strategies as st

from kb.reading.structure.columns import columns
from kb.reading.structure.page import Line
from tests.reading.structure.lines import column, line


def texts(found: list[list[Line]]) -> list[list[str]]:
    """The columns' texts."""
    return [[each.text for each in part] for part in found]


LEFT = [f"left {at}" for at in range(8)]
RIGHT = [f"right {at}" for at in range(8)]


def test_two_columns_are_read_one_after_the_other() -> None:
    drawn = [*column(RIGHT, 320, 100), *column(LEFT, 72, 100)]
    assert texts(columns(drawn)) == [LEFT, RIGHT]


def test_a_line_across_both_columns_parts_them() -> None:
    across = line("across", 72, 150, width=468)
    drawn = [*column(LEFT[:4], 72, 100), *column(RIGHT[:4], 320, 100), across]
    drawn += [*column(LEFT[4:], 72, 170), *column(RIGHT[4:], 320, 170)]
    assert texts(columns(drawn)) == [LEFT[:4], RIGHT[:4], ["across"], LEFT[4:], RIGHT[4:]]


def test_one_column_stays_one() -> None:
    drawn = column([f"line {at}" for at in range(12)], 72, 100, width=468)
    assert texts(columns(drawn)) == [[each.text for each in drawn]]


def test_the_short_end_of_a_paragraph_is_no_column() -> None:
    drawn = [*column(["one", "two"], 72, 100, width=468), line("end", 72, 124, width=60)]
    drawn += column(["three", "four"], 72, 140, width=468)
    assert texts(columns(drawn)) == [["one", "two", "end", "three", "four"]]


def test_cells_of_a_table_are_read_row_by_row() -> None:
    rows = [
        line(f"{name}{at}", x, 100 + 12 * at, width=30)
        for at in range(6)
        for name, x in (("a", 100), ("b", 250), ("c", 400))
    ]
    assert texts(columns(rows)) == [[each.text for each in rows]]


def test_a_tall_formula_in_a_line_does_not_move_it() -> None:
    tall = line("second", 72, 112, width=400)
    tall.y0, tall.y1 = 95, 126
    drawn = [line("first", 72, 100, width=400), tall, line("third", 72, 124, width=400)]
    assert texts(columns(drawn)) == [["first", "second", "third"]]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 700), st.integers(5, 300)), max_size=40))
def test_nothing_is_lost_or_doubled(places: list[tuple[int, int, int]]) -> None:
    drawn = [line(str(at), x, y, width=width) for at, (x, y, width) in enumerate(places)]
    found = [each for part in columns(drawn) for each in part]
    assert sorted(map(id, found)) == sorted(map(id, drawn))


def test_blocks_that_do_not_stand_side_by_side_are_no_columns() -> None:
    """An address at the right of a page's head comes before the text at the left below it."""
    address, text = column(RIGHT, 320, 100), column(LEFT, 72, 220)
    assert texts(columns([*text, *address])) == [[*RIGHT, *LEFT]]


def test_blocks_side_by_side_for_a_few_lines_alone_are_no_columns() -> None:
    for shared, parted in ((3, False), (5, True)):
        left = column(LEFT, 72, 100)
        right = column(RIGHT, 320, 100 + 12 * (len(LEFT) - shared))
        assert (len(columns([*left, *right])) > 1) is parted, shared


def test_long_blocks_side_by_side_for_a_small_part_are_no_columns() -> None:
    many = [str(at) for at in range(24)]
    for shared, parted in ((6, False), (12, True)):
        right = column(many, 320, 100 + 12 * (len(many) - shared))
        assert (len(columns([*column(many, 72, 100), *right])) > 1) is parted, shared


def test_a_few_short_lines_side_by_side_in_a_page_of_full_width_are_no_columns() -> None:
    """What is set in two halves for five lines among many of full width is read row by row, as a table is."""
    for full, parted in ((40, False), (10, True)):
        wide = column([f"wide {at}" for at in range(full)], 72, 100, width=468)
        below = 100 + 12 * full
        pairs = [*column(LEFT[:5], 72, below, width=200), *column(RIGHT[:5], 320, below, width=220)]
        assert (len(columns([*wide, *pairs])) > 1) is parted, full
