"""A page's text with fonts and places, by the fastest road that PyMuPDF has: MuPDF writes it as JSON itself."""

import json
from typing import Any

from kb.reading.pdf.library import load
from kb.reading.structure.fonts import describe
from kb.reading.structure.lines import group
from kb.reading.structure.page import Page, Span

SCALE = 100
"""MuPDF writes whole numbers; this many to a point keep two decimals."""
MAX_PAGE_BYTES = 4_000_000
"""A page of text has some 20 kB; one with far more is an attack or a mistake."""


class TooMuchTextError(Exception):
    """A page holds more text than any page can."""


def read_page(document: Any, number: int) -> Page:
    """The page's lines in the order in which the file draws them; ``number`` counts from 1."""
    mupdf = load().mupdf
    page = upright(document, number)
    width, height = page.rect.width, page.rect.height
    content = json.loads(_as_json(page, mupdf))
    spans = [_span(line) for block in content["blocks"] if block["type"] == "text" for line in block["lines"]]
    images = 0 if spans else len(page.get_images())
    return Page(number, width, height, group(spans), images)


def upright(document: Any, number: int) -> Any:
    """The page as displayed, without what people wrote on it: that comes in as marks, not as the paper's text."""
    page = document.load_page(number - 1)
    if page.rotation:
        page.remove_rotation()
    annotation = page.first_annot
    while annotation:
        annotation = page.delete_annot(annotation)
    return page


def _as_json(page: Any, mupdf: Any) -> bytes:
    """MuPDF's structured text of the page; one entry for each run of one font."""
    pymupdf = load()
    flags = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES & ~pymupdf.TEXT_PRESERVE_LIGATURES
    textpage = page.get_textpage(flags=flags | mupdf.FZ_STEXT_PRESERVE_SPANS)
    buffer = mupdf.fz_new_buffer(65536)
    output = mupdf.FzOutput(buffer)
    mupdf.fz_print_stext_page_as_json(output, textpage.this, float(SCALE))
    output.fz_close_output()
    found = buffer.fz_buffer_extract()
    if len(found) > MAX_PAGE_BYTES:
        raise TooMuchTextError
    return bytes(found)


def _span(line: dict[str, Any]) -> Span:
    """One run of one font."""
    box, font = line["bbox"], line["font"]
    x0, y0 = box["x"] / SCALE, box["y"] / SCALE
    x1, y1 = x0 + box["w"] / SCALE, y0 + box["h"] / SCALE
    described = describe(font["name"], font["weight"] == "bold", font["style"] == "italic")
    return Span(line["text"], x0, y0, x1, y1, line["y"] / SCALE, font["size"] / SCALE, described)
