"""PyMuPDF's own layout model: typed regions of a page, one page at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.reading.pdf import limiting
from kb.reading.pdf.extract import bare, turn_of
from kb.reading.pdf.library import load_layout
from kb.reading.pdf.opening import open_pdf
from kb.reading.structure.regions import LayoutRegion

Answer = dict[str, Any]
HEADROOM = 320 * 1024**2
"""What a page may take beyond the model itself; a page of thousands of pieces takes more, and is read without."""
TINY = 2.0
"""Regions narrower or lower than this many points are specks."""


def layout(path: Path, request: Answer) -> Iterator[Answer]:
    """The regions of the pages asked for, page by page, so that a reader can stop and go on later."""
    tools = load_layout().TOOLS
    limiting.allow(HEADROOM)
    document = open_pdf(path)
    for number in request["pages"]:
        found = _regions(document, number)
        yield {"page": number, "regions": None if found is None else [region.model_dump() for region in found]}
        tools.store_shrink(100)
    yield {"done": {}}


def _regions(document: Any, number: int) -> list[LayoutRegion] | None:
    """One page's regions; None where the page is too much for the model, and typography alone must tell its parts."""
    try:
        page = bare(document, number)
        _turn(page)
        page.get_layout(return_raw=True)
    except Exception:  # the model's libraries raise errors of their own kinds, and one page must not cost the others
        return None
    return [_region(group) for group in page.layout_information if _is_visible(group)]


def _turn(page: Any) -> None:
    """Turn the page so that its lines run to the right, as they do where its text is read."""
    turn = turn_of(page) if page.rotation else 0
    if turn and turn == page.rotation:
        page.remove_rotation()
    else:
        page.set_rotation(0)


def _is_visible(group: Answer) -> bool:
    """Whether the region is more than a speck."""
    x0, y0, x1, y1 = group["group_bbox"]
    return bool(x1 - x0 > TINY and y1 - y0 > TINY)


def _region(group: Answer) -> LayoutRegion:
    """One region in our own words."""
    x0, y0, x1, y1 = (round(float(edge), 2) for edge in group["group_bbox"])
    grid = group.get("table_grid")
    shares = [] if grid is None or grid.v_lines_norm is None else sorted(map(float, grid.v_lines_norm))
    columns = tuple(round(x0 + share * (x1 - x0), 2) for share in shares)
    return LayoutRegion(kind=group["class_name"], x0=x0, y0=y0, x1=x1, y1=y1, columns=columns)
