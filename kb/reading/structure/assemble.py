"""Pages of lines in, a structured document out: the road that every file takes through this package."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport
from kb.reading.structure import bibliography, blocks, captions, flow, front, furniture, headings
from kb.reading.structure.chunking import Regions, chunks_of
from kb.reading.structure.kinds import classify
from kb.reading.structure.mend import vocabulary
from kb.reading.structure.outline import Entry, lay_over
from kb.reading.structure.page import Page
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.style import Style, body_style


@dataclass
class Source:
    """What was read out of a file."""

    sha256: str
    pages: list[Page]
    outline: list[Entry] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    regions: Regions | None = None
    """What a layout model sees on each page; without it, typography alone decides."""


def assemble(source: Source, parser: str) -> ParsedDocument:
    """The document, with everything but its passages."""
    first_page = [line for page in source.pages[:1] for line in page.lines]
    furniture.drop(source.pages)
    raw_words = _words(source.pages)
    words = vocabulary(line.text for page in source.pages for line in page.lines)
    style = body_style(source.pages)
    chunks = chunks_of(source.pages, style, source.regions or {})
    metadata = front.stamps(first_page, front.mark(chunks, words, style))
    origin = _headings(chunks, source, style)
    chunks = flow.reunite(captions.tie(bibliography.mark(chunks)))
    built, sections = blocks.build(chunks, words)
    report = ParseReport(
        stage=1 if source.regions is None else 2,
        parser=parser,
        pages=len(source.pages),
        warnings=tuple(source.warnings),
        coverage=coverage(built, raw_words),
        outline=origin,
    )
    return ParsedDocument(
        sha256=source.sha256,
        report=report,
        metadata=metadata,
        blocks=built,
        sections=sections,
        references=bibliography.references(built),
    )


def _headings(chunks: list[Chunk], source: Source, style: Style) -> str:
    """Tell the chunks' kinds, headings by the outline where there is one; returns where the headings came from."""
    for chunk in chunks:
        if chunk.kind is BlockKind.TEXT and not headings.stands_out(chunk, style):
            chunk.kind = classify(chunk, style)
    headings.mark(chunks, style)
    if chunks and len(source.outline) > 1:
        lay_over(chunks, source.outline)
        return "embedded"
    if any(chunk.kind is BlockKind.HEADING for chunk in chunks):
        return "typography" if source.regions is None else "layout"
    return "none"


def _words(pages: Sequence[Page]) -> int:
    """How many words the pages hold."""
    return sum(len(line.text.split()) for page in pages for line in page.lines)


def coverage(built: Sequence[Block], words: int) -> float | None:
    """Share of the words outside furniture that stand in some block."""
    kept = sum(len((block.raw or block.text).split()) for block in built)
    return round(min(kept / words, 1.0), 4) if words else None
