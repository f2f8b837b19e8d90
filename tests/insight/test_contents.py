"""The contents of a paper: sections, and the heads of paragraphs below them."""

from kb.insight.contents import contents
from kb.models.text import Block, BlockKind, Section

SECTIONS = (
    Section(index=0, level=1, title="1 Setup", page=1, first_block=0),
    Section(index=1, level=2, title="1.1 Data", page=2, first_block=2, parent=0),
)


def block(index: int, head: str, section: int | None) -> Block:
    return Block(index=index, kind=BlockKind.TEXT, text=f"{head}. Words.", page=1, section=section, head=head)


def test_heads_of_paragraphs_stand_a_level_below_their_section() -> None:
    lines = contents(SECTIONS, [block(1, "Tasks", 0), block(3, "Labels", 1), block(9, "", 1)])
    assert [(line.level, line.title, line.run_in) for line in lines] == [
        (1, "1 Setup", False),
        (2, "Tasks", True),
        (2, "1.1 Data", False),
        (3, "Labels", True),
    ]


def test_without_sections_they_are_the_contents() -> None:
    assert [(line.level, line.block) for line in contents((), [block(4, "Tasks", None)])] == [(1, 4)]


def test_labels_of_examples_are_left_out() -> None:
    blocks = [block(at, "QUESTION", 1) for at in range(3, 9)] + [block(9, "Results", 1)]
    assert [line.title for line in contents(SECTIONS, blocks) if line.run_in] == ["Results"]


def test_a_head_that_the_outline_has_already_stands_once() -> None:
    sections = (*SECTIONS, Section(index=2, level=3, title="Labels", page=2, first_block=3, parent=1))
    assert [line.title for line in contents(sections, [block(3, "Labels", 2)])] == ["1 Setup", "1.1 Data", "Labels"]
