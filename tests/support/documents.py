"""Parsed documents by hand, so that these tests need no PDF."""

import hashlib
from collections.abc import Sequence

from kb.models.text import Block, BlockKind, ParsedDocument, ParsedMetadata, ParseReport, Passage, Section


def document(
    name: str, texts: Sequence[str], *, heading: str = "Introduction", title: str = "", searchable: bool = True
) -> ParsedDocument:
    """A version of one section, with a block and a passage for each text."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return ParsedDocument(
        sha256=sha256,
        report=ParseReport(stage=1, parser="by hand 1", pages=1),
        metadata=ParsedMetadata(title=title or name),
        blocks=tuple(
            Block(index=index, kind=BlockKind.TEXT, text=text, page=1, section=0) for index, text in enumerate(texts)
        ),
        sections=(Section(index=0, level=1, title=heading, page=1, first_block=0),),
        passages=tuple(
            Passage(
                id=f"{sha256[:16]}:{index}",
                index=index,
                text=text,
                section=0,
                section_title=heading,
                page=1,
                first_block=index,
                last_block=index,
                tokens=len(text.split()),
                searchable=searchable,
            )
            for index, text in enumerate(texts)
        ),
    )
