"""A paper's contents: its sections, and below each the bold words that open its paragraphs as heads of their own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.models.text import Block, Section

LABEL_FROM = 3
"""Words that open this many paragraphs of one section label its examples, and say nothing of where one is."""


class ContentsLine(NamedTuple):
    """One line of the contents."""

    level: int
    title: str
    page: int
    block: int
    """Where it starts."""
    run_in: bool = False
    """Whether it opens a paragraph, and is no heading of a section."""


def contents(sections: Sequence[Section], blocks: Sequence[Block]) -> tuple[ContentsLine, ...]:
    """Sections and run-in heads in the order of the text."""
    lines = [ContentsLine(section.level, section.title, section.page, section.first_block) for section in sections]
    return tuple(sorted([*lines, *_run_in(sections, blocks)], key=lambda line: (line.block, line.run_in)))


def _run_in(sections: Sequence[Section], blocks: Sequence[Block]) -> Iterator[ContentsLine]:
    headed = [block for block in blocks if block.head]
    times = Counter((block.section, block.head) for block in headed)
    opened = {(section.first_block, _plain(section.title)) for section in sections}
    for block in headed:
        level = 1 + (sections[block.section].level if block.section is not None else 0)
        is_label = times[block.section, block.head] >= LABEL_FROM
        if not is_label and (block.index, _plain(block.head)) not in opened:
            yield ContentsLine(level, block.head, block.page, block.index, run_in=True)


def _plain(title: str) -> str:
    return "".join(filter(str.isalpha, title.lower()))
