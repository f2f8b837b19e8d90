"""Pages of lines in, a structured document out: the road that every file takes through this package."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport
from kb.reading.structure import bibliography, flow, front, furniture, headings
from kb.reading.structure import blocks as block_builder
from kb.reading.structure.columns import columns
from kb.reading.structure.kinds import classify
from kb.reading.structure.mend import vocabulary
from kb.reading.structure.outline import Entry, lay_over
from kb.reading.structure.page import Page
from kb.reading.structure.paragraphs import Chunk, split
from kb.reading.structure.style import Style, body_style


@dataclass
class Source:
    """What was read out of a file."""

    sha256: str
    pages: list[Page]
    outline: list[Entry] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def assemble(source: Source, parser: str) -> ParsedDocument:
    """The document as stage 1 reads it: by typography alone."""
    metadata_lines = [line for page in source.pages[:1] for line in page.lines]
    raw_words = sum(len(line.text.split()) for page in source.pages for line in page.lines)
    dropped = furniture.drop(source.pages)
    furniture_words = sum(len(line.text.split()) for lines in dropped.values() for line in lines)
    words = vocabulary(line.text for page in source.pages for line in page.lines)
    style = body_style(source.pages)
    chunks = _chunks(source.pages, style)
    metadata = front.stamps(metadata_lines, front.mark(chunks, words, style))
    origin = _headings(chunks, source, style)
    chunks = flow.reunite(bibliography.mark(chunks))
    blocks, sections = block_builder.build(chunks, words)
    report = ParseReport(
        stage=1,
        parser=parser,
        pages=len(source.pages),
        warnings=tuple(source.warnings),
        coverage=coverage(blocks, raw_words - furniture_words),
        outline=origin,
    )
    return ParsedDocument(
        sha256=source.sha256,
        report=report,
        metadata=metadata,
        blocks=blocks,
        sections=sections,
        references=bibliography.references(blocks),
    )


def _chunks(pages: Sequence[Page], style: Style) -> list[Chunk]:
    """All paragraphs in reading order."""
    return [chunk for page in pages for column in columns(page.lines) for chunk in split(column, page, style)]


def _headings(chunks: list[Chunk], source: Source, style: Style) -> str:
    """Mark headings, by the outline where there is one; returns where they came from."""
    for chunk in chunks:
        if chunk.kind is BlockKind.TEXT and not headings.stands_out(chunk, style):
            chunk.kind = classify(chunk, style)
    headings.mark(chunks, style)
    if chunks and len(source.outline) > 1:
        lay_over(chunks, source.outline)
        origin = "embedded"
    else:
        origin = "typography" if any(chunk.kind is BlockKind.HEADING for chunk in chunks) else "none"
    return origin


def coverage(blocks: Sequence[Block], words: int) -> float | None:
    """Share of the words outside furniture that stand in some block."""
    kept = sum(len((block.raw or block.text).split()) for block in blocks)
    return round(min(kept / words, 1.0), 4) if words else None
