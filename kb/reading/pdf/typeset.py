"""HTML laid out as a PDF with an embedded outline, page numbers and metadata."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.reading.pdf.library import load

Answer = dict[str, Any]
Rect = tuple[float, float, float, float]

PAGE = (0.0, 0.0, 595.0, 842.0)
TEXT = (88.0, 84.0, 507.0, 750.0)
WIDE_PAGE = (0.0, 0.0, 842.0, 595.0)
WIDE_TEXT = (56.0, 56.0, 786.0, 525.0)
_TWO_LINES = 30.0
"""Points."""
STYLE = """
body { font-family: serif; font-size: 10.5pt; line-height: 1.42; }
h1 { font-size: 19pt; line-height: 1.2; text-align: center; margin: 0 0 6pt 0; }
h2 { font-size: 13.5pt; margin: 16pt 0 4pt 0; }
h3 { font-size: 11.5pt; margin: 12pt 0 3pt 0; }
h4 { font-size: 10.5pt; font-style: italic; margin: 10pt 0 2pt 0; }
p { margin: 0 0 6pt 0; text-align: justify; }
li { margin: 0 0 3pt 0; }
code, pre { font-family: monospace; font-size: 9.5pt; }
pre { margin: 4pt 0 8pt 12pt; }
blockquote { margin: 4pt 18pt 8pt 18pt; font-style: italic; }
td, th { padding: 2pt 6pt 2pt 6pt; font-size: 9.5pt; }
.authors { text-align: center; margin: 0 0 14pt 0; }
.abstract-head { text-align: center; font-weight: bold; font-size: 10.5pt; margin: 0 0 3pt 0; }
.abstract { margin: 0 26pt 14pt 26pt; font-size: 9.8pt; }
"""


def typeset(path: Path, request: Answer) -> Iterator[Answer]:
    """Lay the HTML out and save it; the file appears whole or not at all."""
    headings: list[list[Any]] = []
    document = load().open("pdf", _layout(request, headings))
    document.set_toc(_nested(headings))
    document.set_metadata(
        {"title": request["title"], "author": ", ".join(request["authors"]), "creator": "Inside View"}
    )
    _number(document)
    document.subset_fonts()
    unfinished = path.with_name(path.name + ".part")
    document.save(unfinished, garbage=3, deflate=True)
    unfinished.replace(path)
    yield {"done": {"pages": document.page_count}}


def _layout(request: Answer, headings: list[list[Any]]) -> bytes:
    """The pages as PDF bytes; the headings are noted with the page on which each came to stand."""
    pymupdf = load()
    story = pymupdf.Story(html=_twice_escaped(request["html"]), user_css=request.get("style") or STYLE)
    paper, text = (WIDE_PAGE, WIDE_TEXT) if request.get("wide") else (PAGE, TEXT)
    written = io.BytesIO()
    writer = pymupdf.DocumentWriter(written)
    more, page = True, 0
    while more:
        page += 1
        device = writer.begin_page(pymupdf.Rect(paper))
        more = _place(story, text)
        story.element_positions(lambda found: _note(found, headings), {"page": page})
        story.draw(device)
        writer.end_page()
    writer.close()
    return written.getvalue()


def _twice_escaped(html: str) -> str:
    """The library reads entities in text twice, so that an ampersand must be written for both times."""
    return re.sub(r">[^<]+", lambda text: text.group().replace("&amp;", "&amp;amp;"), html)


def _place(story: Any, text: Rect) -> bool:
    """Fill a page; a heading with less than two lines below it goes over to the next. Returns whether there is more."""
    x0, top, x1, foot = text
    more, _ = story.place(load().Rect(text))
    found: list[Any] = []
    story.element_positions(lambda one: found.append(one), {})
    spans = [(one.rect[1], one.rect[3]) for one in found if one.open_close & 1 and one.heading]
    for begin, end in reversed(spans):
        if not more or end < foot - _TWO_LINES or begin <= top + _TWO_LINES:
            break
        foot = begin - 1
    if foot < text[3]:
        more, _ = story.place(load().Rect(x0, top, x1, foot))
    return bool(more)


def _note(found: Any, headings: list[list[Any]]) -> None:
    """Add a heading to the outline; the title itself is not part of it."""
    if found.open_close & 1 and found.heading > 1 and found.text:
        headings.append([found.heading - 1, found.text.strip(), found.page])


def _nested(headings: list[list[Any]]) -> list[list[Any]]:
    """The outline with no level left out, which PDF does not allow."""
    nested: list[list[Any]] = []
    for level, title, page in headings:
        deepest = nested[-1][0] + 1 if nested else 1
        nested.append([min(level, deepest), title, page])
    return nested


def _number(document: Any) -> None:
    """Page numbers at the foot."""
    pymupdf = load()
    for page in document:
        foot = pymupdf.Rect(0, page.rect.height - 60, page.rect.width, page.rect.height - 38)
        page.insert_textbox(foot, str(page.number + 1), fontsize=9, fontname="tiro", align=pymupdf.TEXT_ALIGN_CENTER)
