"""Every page as chunks in reading order: paragraphs from its lines, and one chunk for each float."""

from collections.abc import Collection, Mapping, Sequence

from kb.models.text import BlockKind
from kb.reading.structure.columns import columns
from kb.reading.structure.page import Line, Page
from kb.reading.structure.paragraphs import Chunk, split
from kb.reading.structure.regions import Float, LayoutRegion, Sorted, sort
from kb.reading.structure.style import Style

Regions = Mapping[int, Sequence[LayoutRegion]]


def chunks_of(pages: Sequence[Page], style: Style, regions: Regions) -> list[Chunk]:
    """All chunks; the regions' running heads are taken out of the pages."""
    found: list[Chunk] = []
    for page in pages:
        sorted_page = sort(page, regions.get(page.number, ()), style.size)
        found += _page(page, sorted_page, style)
    return found


def _page(page: Page, found: Sorted, style: Style) -> list[Chunk]:
    """One page's chunks."""
    chunks: list[Chunk] = []
    items: list[Line | Float] = [*found.running, *found.floats]
    for column in columns(items):
        chunks += _column(column, page, style, found.items)
    return chunks


def _column(column: Sequence[Line | Float], page: Page, style: Style, items: Collection[int]) -> list[Chunk]:
    """One column's chunks: its floats, and the paragraphs between them."""
    chunks: list[Chunk] = []
    lines: list[Line] = []
    for piece in column:
        if isinstance(piece, Line):
            lines.append(piece)
            continue
        chunks += split(lines, page, style, items)
        lines = []
        chunks.append(_float(piece, page))
    return chunks + split(lines, page, style, items)


def _float(piece: Float, page: Page) -> Chunk:
    """A float as a chunk; its kind is settled."""
    kind = BlockKind.PICTURE if not piece.lines else piece.kind
    return Chunk(piece.lines, page, kind=kind, region=piece.region)
