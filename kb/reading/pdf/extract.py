"""A page's text with fonts and places, by the fastest road that PyMuPDF has: MuPDF writes it as JSON itself."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic_core import from_json

from kb.reading.pdf.bombs import TooMuchContentError, check
from kb.reading.pdf.library import load
from kb.reading.pdf.ocr import recognise
from kb.reading.structure.fonts import describe, spelt
from kb.reading.structure.line_numbers import without_line_numbers
from kb.reading.structure.lines import group
from kb.reading.structure.page import Page, Span, rotated
from kb.reading.structure.quality import is_garbled

SCALE = 100
"""MuPDF writes whole numbers; this many to a point keep two decimals."""
MAX_PAGE_BYTES = 4_000_000
"""A page of text has some 20 kB; one with far more is an attack or a mistake."""


def read_page(document: Any, number: int, *, ocr: bool = False) -> Page:
    """The page's lines in the order in which the file draws them; ``number`` counts from 1.

    With ``ocr``, a page of pictures without text, or whose text cannot be read, is read by Tesseract, where that is
    installed.
    """
    page = bare(document, number)
    cropbox, rotation = page.cropbox, page.rotation
    width, height = cropbox.width, cropbox.height
    spans = _spans(page)
    turn = turn_of(page) if rotation or _mostly_rotated(spans) else 0
    if turn:
        spans = [turned(span, turn, width, height) for span in spans]
    if turn % 180:
        width, height = height, width
    images = 0 if spans else len(page.get_images())
    recognised = recognise(page, _flags()) if ocr and (images or is_garbled(span.text for span in spans)) else None
    if recognised is not None:
        spans = _spans(page, recognised)
    lines = group(without_line_numbers(spans, height))
    turn = (turn - rotation) % 360
    return Page(number, width, height, lines, turned=turn, images=images, recognised=recognised is not None)


def bare(document: Any, number: int) -> Any:
    """The page as displayed, without what people wrote on it: that comes in as marks, not as the paper's text."""
    page = document.load_page(number - 1)
    check(document, page)
    annotation = page.first_annot
    while annotation:
        annotation = page.delete_annot(annotation)
    return page


def turn_of(page: Any) -> int:
    """By how many degrees to turn the page as it was drawn clockwise so that most of its lines run to the right."""
    directions: Counter[int] = Counter()
    for block in page.get_text("dict", flags=load().TEXTFLAGS_TEXT)["blocks"]:
        for line in block.get("lines", ()):
            across, down = line["dir"]
            turn = (180 if across < 0 else 0) if abs(across) >= abs(down) else (90 if down < 0 else 270)
            directions[turn] += sum(len(span["text"].strip()) for span in line["spans"])
    return directions.most_common(1)[0][0] if directions else 0


def _mostly_rotated(spans: Sequence[Span]) -> bool:
    """Whether more characters run up or down the page than across it."""
    upright = sum([len(span.text) for span in spans if not rotated(span)])
    return upright < 0.5 * sum([len(span.text) for span in spans])


def _spans(page: Any, textpage: Any = None) -> list[Span]:
    """The page's runs of one font."""
    content = _decoded(_as_json(textpage or page.get_textpage(flags=_flags())))
    return [_span(line) for block in content["blocks"] if block["type"] == "text" for line in block["lines"]]


def _decoded(content: bytes) -> Any:
    """What JSON says; characters that no text may hold are let through by the slower of the two readers only."""
    try:
        return from_json(content)
    except ValueError:
        return json.loads(content)


def turned(span: Span, turn: int, width: float, height: float) -> Span:
    """The span on a page that is turned clockwise."""
    x0, y0, x1, y1 = span.x0, span.y0, span.x1, span.y1
    if turn == 90:
        return span._replace(x0=height - y1, y0=x0, x1=height - y0, y1=x1, base=span.origin)
    if turn == 180:
        return span._replace(x0=width - x1, y0=height - y1, x1=width - x0, y1=height - y0, base=height - span.base)
    return span._replace(x0=y0, y0=width - x1, x1=y1, y1=width - x0, base=width - span.origin)


def _flags() -> int:
    """What MuPDF is to do with a page's text: spell ligatures out, leave pictures out, keep fonts apart."""
    pymupdf = load()
    flags = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES & ~pymupdf.TEXT_PRESERVE_LIGATURES
    return int(flags | pymupdf.mupdf.FZ_STEXT_PRESERVE_SPANS)


def _as_json(textpage: Any) -> bytes:
    """MuPDF's structured text; one entry for each run of one font."""
    mupdf = load().mupdf
    buffer = mupdf.fz_new_buffer(65536)
    output = mupdf.FzOutput(buffer)
    mupdf.fz_print_stext_page_as_json(output, textpage.this, float(SCALE))
    output.fz_close_output()
    found = buffer.fz_buffer_extract()
    if len(found) > MAX_PAGE_BYTES:
        raise TooMuchContentError
    return bytes(found)


def _span(line: dict[str, Any]) -> Span:
    """One run of one font."""
    box, font = line["bbox"], line["font"]
    x0, y0 = box["x"] / SCALE, box["y"] / SCALE
    x1, y1 = x0 + box["w"] / SCALE, y0 + box["h"] / SCALE
    described = describe(font["name"], font["weight"] == "bold", font["style"] == "italic")
    text = line["text"]
    return Span(
        text if text.isprintable() else spelt(text),
        x0,
        y0,
        x1,
        y1,
        line["y"] / SCALE,
        font["size"] / SCALE,
        described,
        line["x"] / SCALE,
    )
