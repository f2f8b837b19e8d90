"""Pages of lines in, a structured document out: the road that every file takes through this package."""

from dataclasses import dataclass, field

from kb.models.text import BlockKind, ParsedDocument, ParseReport
from kb.reading.structure import bibliography, blocks, captions, flow, front, furniture, headings, quality
from kb.reading.structure.chunking import Regions, chunks_of
from kb.reading.structure.figures import complete
from kb.reading.structure.gathering import gather
from kb.reading.structure.kinds import classify
from kb.reading.structure.mend import vocabulary
from kb.reading.structure.outline import OutlineEntry, lay_over
from kb.reading.structure.page import Page
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.style import Style, body_style


@dataclass
class RawContent:
    """What was read out of a file."""

    sha256: str
    pages: list[Page]
    outline: list[OutlineEntry] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    regions: Regions | None = None
    """What a layout model sees on each page; without it, typography alone decides."""


def assemble(source: RawContent, parser: str) -> ParsedDocument:
    """The document, with everything but its passages."""
    first_page = [line for page in source.pages[:1] for line in page.lines]
    empty = sum(not page.lines for page in source.pages)
    furniture.drop(source.pages)
    raw_words = quality.words(source.pages)
    words = vocabulary(line.text for page in source.pages for line in page.lines)
    style = body_style(source.pages)
    chunks = chunks_of(source.pages, style, source.regions or {})
    metadata = front.stamps(first_page, front.mark(chunks, words, style))
    origin, fitting = _headings(chunks, source, style)
    chunks = flow.reunite(captions.tie(complete(gather(bibliography.mark(chunks)))))
    built, sections = blocks.build(chunks, words)
    covered, garbled = quality.coverage(built, raw_words), quality.garbled(source.pages)
    report = ParseReport(
        stage=1 if source.regions is None else 2,
        parser=parser,
        pages=len(source.pages),
        warnings=(*source.warnings, *quality.warnings(garbled, covered, fitting)),
        coverage=covered,
        outline=origin,
        outline_found=None if fitting is None else round(fitting, 3),
        empty_pages=empty,
        garbled_pages=len(garbled),
        recognised_pages=sum(page.recognised for page in source.pages),
    )
    return ParsedDocument(
        sha256=source.sha256,
        report=report,
        metadata=metadata,
        blocks=built,
        sections=sections,
        references=bibliography.references(built),
    )


def _headings(chunks: list[Chunk], source: RawContent, style: Style) -> tuple[str, float | None]:
    """Tell the chunks' kinds, headings by the outline where there is one.

    Returns where the headings came from, and the share of the outline that the text has; None without an outline.
    """
    for chunk in chunks:
        if chunk.kind is BlockKind.TEXT and not headings.stands_out(chunk, style):
            chunk.kind = classify(chunk, style)
    headings.mark(chunks, style)
    if chunks and len(source.outline) > 1:
        return "embedded", lay_over(chunks, source.outline)
    if any(chunk.kind is BlockKind.HEADING for chunk in chunks):
        return ("typography" if source.regions is None else "layout"), None
    return "none", None
