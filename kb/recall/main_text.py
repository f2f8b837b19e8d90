"""How long a work's main text is: its words and pages up to the references, which is what a reader reads."""

import re
from collections.abc import Iterator, Sequence

from kb.models.text import Block, BlockKind

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_END = re.compile(r"(?:\d+\.?\s*|[A-Z]\.?\s+)?(?:references|bibliography|literature cited)\s*", re.IGNORECASE)
_OPENING_PAGES = 2
"""A heading on the first pages, such as one in a table of contents, does not end the text."""


def main_words(blocks: Sequence[Block]) -> int:
    """Words up to the references; all of them where there are none."""
    return sum(len(_WORD.findall(block.text)) for block in _main(blocks))


def main_pages(blocks: Sequence[Block]) -> int:
    """The page on which the main text ends."""
    return max((block.page for block in _main(blocks)), default=0)


def _main(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks up to the references."""
    last = max((block.page for block in blocks), default=0)
    for block in blocks:
        late = block.page > _OPENING_PAGES or last < 2 * _OPENING_PAGES
        if late and (block.kind is BlockKind.REFERENCE or _END.fullmatch(block.text.strip())):
            return
        yield block
