"""Passages: never over the window, never across a section, and nothing of the text lost."""

from hypothesis import given
from hypothesis import strategies as st

from kb.models.text import Block, BlockKind, Box, Section
from kb.reading.passages import cut
from tests.support.pdfs import spans

WORDS = st.lists(st.text("abcdefgh.", min_size=1, max_size=30), max_size=120).map(" ".join)


def block(index: int, text: str, section: int | None = 0, kind: BlockKind = BlockKind.TEXT, page: int = 1) -> Block:
    """A block in a box of its own."""
    box = Box(page=page, x0=0, y0=index * 10, x1=100, y1=index * 10 + 8)
    return Block(index=index, kind=kind, text=text, page=page, boxes=(box,), section=section)


SECTIONS = tuple(Section(index=at, level=1, title=f"Section {at}", page=1, first_block=0) for at in range(3))


@given(st.lists(WORDS, max_size=8), st.integers(4, 40))
def test_every_word_is_in_some_passage_and_no_passage_is_over_the_window(texts: list[str], window: int) -> None:
    blocks = [block(at, text) for at, text in enumerate(texts)]
    passages = cut(blocks, SECTIONS, spans, "b" * 64, max_tokens=window)
    assert all(len(spans(passage.text)) == passage.tokens <= window for passage in passages)
    assert "".join("".join(passage.text.split()) for passage in passages) == "".join("".join(texts).split())


def test_a_passage_never_crosses_a_section() -> None:
    passages = cut([block(0, "one", 0), block(1, "two", 1), block(2, "three", 1)], SECTIONS, spans, "b" * 64)
    assert [(passage.text, passage.section, passage.section_title) for passage in passages] == [
        ("one", 0, "Section 0"),
        ("two\n\nthree", 1, "Section 1"),
    ]


def test_a_passage_knows_its_place() -> None:
    (passage,) = cut([block(3, "one", page=2), block(4, "two", page=3)], SECTIONS, spans, "c0ffee" * 10 + "beef")
    assert passage.id == "c0ffeec0ffeec0ff:0"
    assert (passage.page, passage.first_block, passage.last_block) == (2, 3, 4)
    assert [box.page for box in passage.boxes] == [2, 3]


def test_references_and_tables_are_kept_apart_and_not_searched() -> None:
    kinds = [BlockKind.TEXT, BlockKind.REFERENCE, BlockKind.TEXT, BlockKind.TABLE]
    passages = cut([block(at, "words", kind=kind) for at, kind in enumerate(kinds)], SECTIONS, spans, "b" * 64)
    assert [passage.searchable for passage in passages] == [True, False, True, False]


def test_headings_formulas_and_pictures_make_no_passages() -> None:
    kinds = [BlockKind.HEADING, BlockKind.FORMULA, BlockKind.PICTURE, BlockKind.TITLE, BlockKind.AUTHORS]
    assert cut([block(at, "words", kind=kind) for at, kind in enumerate(kinds)], SECTIONS, spans, "b" * 64) == ()


def test_a_long_block_is_cut_between_sentences() -> None:
    text = "aaaa bbbb cccc dddd. eeee ffff gggg hhhh. iiii jjjj kkkk llll"
    passages = cut([block(0, text)], SECTIONS, spans, "b" * 64, max_tokens=8)
    assert [passage.text for passage in passages] == [
        "aaaa bbbb cccc dddd.",
        "eeee ffff gggg hhhh.",
        "iiii jjjj kkkk llll",
    ]
