"""Setting blocks as lines, and finding the way back from a line and column."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kb.models.text import Block, BlockKind
from tui.text.plain import plain
from tui.text.reflow import LaidOutPaper, TextPosition, text_between, typeset
from tui.text.wrap import wrap

LETTERS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=300)


def blocks(*parts: tuple[BlockKind, str]) -> list[Block]:
    """Blocks of these kinds and texts."""
    return [Block(index=index, kind=kind, text=text, page=1) for index, (kind, text) in enumerate(parts)]


@given(LETTERS)
def test_plain_keeps_offsets_and_leaves_no_control_character(text: str) -> None:
    safe = plain(text)
    assert len(safe) == len(text)
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in safe)


def test_escapes_and_direction_overrides_are_shown() -> None:
    assert plain("\x1b[31mred\x07") == "␛[31mred␇"
    assert "\u202e" not in plain("a\u202eb")


@given(LETTERS, st.integers(8, 100))
@settings(max_examples=200)
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    safe = plain(text)
    pieces = wrap(safe, width, width)
    assert all(cell_len(safe[start:end].rstrip()) <= width for start, end in pieces)
    between = safe[: pieces[0][0]] + "".join(safe[end:start] for (_, end), (start, _) in pairwise(pieces))
    assert not (between + safe[pieces[-1][1] :]).strip(" ")


def test_lines_break_between_words() -> None:
    page = typeset(blocks((BlockKind.TEXT, "alpha beta gamma delta")), 11)
    assert [page.texts[0][line.start : line.end] for line in page.lines] == ["alpha beta", "gamma delta"]


@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), LETTERS), min_size=1, max_size=8), st.integers(20, 80))
@settings(max_examples=150)
def test_every_position_of_a_line_leads_back_to_itself(parts: list[tuple[BlockKind, str]], width: int) -> None:
    page = typeset(blocks(*parts), width)
    for number, line in enumerate(page.lines):
        if line.block < 0 or line.start == line.end or not page.texts[line.block][line.start : line.end].strip():
            continue
        position = TextPosition(line.block, line.start)
        assert page.line_of(position) == number
        if cell_len(page.texts[line.block][line.start]) > 0:
            assert page.position_at(number, page.column_of(position)) == position


def test_wide_characters_are_found_by_either_of_their_cells() -> None:
    page = typeset(blocks((BlockKind.TEXT, "学習 ok")), 40)
    assert [page.position_at(0, column) for column in range(5)] == [
        TextPosition(0, 0),
        TextPosition(0, 0),
        TextPosition(0, 1),
        TextPosition(0, 1),
        TextPosition(0, 2),
    ]


def test_list_items_bring_their_own_bullet_or_get_one() -> None:
    items = ((BlockKind.LIST_ITEM, text) for text in ("one", "• two", "3. three"))
    page = typeset(blocks(*items), 40)
    assert [line.lead for line in page.lines] == ["• ", "", ""]


def test_text_between_blocks_is_joined_by_line_breaks() -> None:
    page = typeset(blocks((BlockKind.TEXT, "one two"), (BlockKind.TEXT, "three"), (BlockKind.TEXT, "four five")), 40)
    assert text_between(page.texts, TextPosition(0, 4), TextPosition(2, 4)) == "two\nthree\nfour"


@pytest.mark.parametrize("direction", [1, -1])
def test_an_empty_line_leads_to_its_neighbour(direction: int) -> None:
    page: LaidOutPaper = typeset(blocks((BlockKind.TEXT, "one"), (BlockKind.TEXT, "two")), 40)
    assert page.near(1, 0, direction).block == (1 if direction > 0 else 0)


def test_items_with_their_own_bullets_hang_behind_them() -> None:
    page = typeset([Block(index=0, kind=BlockKind.LIST_ITEM, text="•  " + "word " * 30, page=1)], 40)
    assert [line.indent for line in page.lines] == [2, *[5] * (len(page.lines) - 1)]
    assert len(page.lines) > 2


def test_a_cell_outside_of_the_page_is_at_its_nearest_line_that_has_text() -> None:
    page = typeset(blocks((BlockKind.TEXT, "one two"), (BlockKind.TEXT, "three four five")), 12)
    last = page.near(len(page.lines) + 5, 0)
    assert (last.block, page.line_of(last)) == (1, max(at for at, row in enumerate(page.lines) if row.block == 1))
    assert page.near(-5, 0) == TextPosition(0, 0)
    gap = next(line for line, row in enumerate(page.lines) if row.block < 0)
    assert page.near(gap, 0) == page.near(gap, 0, 1) == page.position_at(gap + 1, 0)
    assert page.near(gap, 0, -1) == page.position_at(gap - 1, 0)
