"""Annotations read out of a PDF with the text under them, and highlights written into a copy."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kb.errors import ItemFailedError
from kb.models.text import Box
from kb.reading.marks import MarksWritten, MarkToWrite, PdfMark
from kb.reading.pdf.characters import Character, Rectangle, characters, find, rectangles, under, words
from kb.reading.pdf.library import load
from kb.reading.pdf.opening import open_pdf
from kb.reading.structure.mend import join

Answer = dict[str, Any]

KINDS = {
    "Highlight": "highlight",
    "Underline": "underline",
    "Squiggly": "squiggly",
    "StrikeOut": "strikeout",
    "Text": "note",
    "FreeText": "text",
}
ON_TEXT = {"highlight", "underline", "squiggly", "strikeout"}
SILENT = {"Link", "Popup", "Widget", "FileAttachment", "Movie", "Sound", "Screen", "PrinterMark", "TrapNet"}
"""Annotations that carry nothing that a reader wrote."""


def marks(path: Path, request: Answer) -> Iterator[Answer]:
    """All marks in the file, in the order of the pages."""
    document = open_pdf(path)
    found: list[PdfMark] = []
    for number in range(1, document.page_count + 1):
        try:
            found += _page_marks(document.load_page(number - 1), number)
        except (RuntimeError, ValueError, load().mupdf.FzErrorBase):
            continue
    yield {"done": {"marks": [mark.model_dump(mode="json") for mark in found]}}


def _page_marks(page: Any, number: int) -> list[PdfMark]:
    """One page's marks; replies go to what they answer."""
    if page.first_annot is None:
        return []
    if page.rotation:
        page.remove_rotation()
    text = words(characters(page))
    found: dict[int, PdfMark] = {}
    replies: list[tuple[int, str]] = []
    for annotation in page.annots():
        kind = annotation.type[1]
        info = annotation.info
        if kind in SILENT:
            continue
        if annotation.irt_xref and info["content"].strip():
            replies.append((annotation.irt_xref, f"{info['title'] or 'reply'}: {info['content'].strip()}"))
            continue
        mark = _mark(annotation, KINDS.get(kind, kind.lower()), text, number)
        found[annotation.xref] = mark
    for xref, reply in replies:
        if xref in found:
            comment = f"{found[xref].comment}\n{reply}".strip()
            found[xref] = found[xref].model_copy(update={"comment": comment})
    return list(found.values())


def _mark(annotation: Any, kind: str, text: Sequence[Sequence[Character]], page: int) -> PdfMark:
    """One annotation as a mark."""
    info = annotation.info
    places = _places(annotation, kind)
    lines = under(text, places) if kind in ON_TEXT else []
    return PdfMark(
        kind=kind,
        page=page,
        quote=join(lines),
        raw="\n".join(lines),
        comment=info["content"].strip(),
        author=info["title"].strip(),
        colour=_hex(annotation.colors),
        created=info["creationDate"] or info["modDate"],
        boxes=tuple(
            Box(page=page, x0=round(x0, 2), y0=round(y0, 2), x1=round(x1, 2), y1=round(y1, 2))
            for x0, y0, x1, y1 in places
        ),
    )


def _places(annotation: Any, kind: str) -> list[Rectangle]:
    """The marked lines; the whole rectangle where the file does not tell them apart."""
    corners = annotation.vertices or []
    if kind not in ON_TEXT or len(corners) < 4:
        return [tuple(annotation.rect)]
    quads = [corners[at : at + 4] for at in range(0, len(corners) - 3, 4)]
    return [
        (min(x for x, _ in quad), min(y for _, y in quad), max(x for x, _ in quad), max(y for _, y in quad))
        for quad in quads
    ]


def _hex(colours: Answer) -> str:
    """The mark's colour."""
    parts = colours.get("stroke") or colours.get("fill") or ()
    if len(parts) == 1:
        parts = (*parts, *parts, *parts)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts) if len(parts) == 3 else ""


def write_marks(path: Path, request: Answer) -> Iterator[Answer]:
    """Highlight the quotes in a copy of the file; the file itself stays as it is."""
    target = Path(request["target"])
    if target.exists() and target.samefile(path):
        raise ItemFailedError(
            f"{path.name} was not marked", "the copy would overwrite it", "choose another name for the copy"
        )
    document = open_pdf(path)
    wanted = [MarkToWrite.model_validate(mark) for mark in request["marks"]]
    pages: dict[int, list[Character]] = {}
    missing = [at for at, mark in enumerate(wanted) if not _write(document, mark, pages)]
    unfinished = target.with_name(target.name + ".part")
    document.save(unfinished)
    unfinished.replace(target)
    yield {"done": MarksWritten(written=len(wanted) - len(missing), missing=tuple(missing)).model_dump(mode="json")}


def _write(document: Any, mark: MarkToWrite, pages: dict[int, list[Character]]) -> bool:
    """Highlight one quote where it stands: on its page, across to the next, else on the first page that has it."""
    numbers = list(range(1, document.page_count + 1))
    if mark.page in numbers:
        numbers.sort(key=lambda number: abs(number - (mark.page or 0)))
    for number in numbers:
        marked = find(_characters(document, number, pages), mark.quote)
        if marked:
            _highlight(document.load_page(number - 1), marked, mark)
            return True
    return any(_write_across(document, number, mark, pages) for number in numbers if number < document.page_count)


def _write_across(document: Any, number: int, mark: MarkToWrite, pages: dict[int, list[Character]]) -> bool:
    """Highlight a quote that starts on this page and ends on the next."""
    first = _characters(document, number, pages)
    lines = 1 + max((each.line for each in first), default=0)
    second = [each._replace(line=each.line + lines) for each in _characters(document, number + 1, pages)]
    marked = find([*first, *second], mark.quote)
    if not marked:
        return False
    _highlight(document.load_page(number - 1), [each for each in marked if each.line < lines], mark)
    _highlight(document.load_page(number), [each for each in marked if each.line >= lines], mark)
    return True


def _characters(document: Any, number: int, pages: dict[int, list[Character]]) -> list[Character]:
    """The page's characters, read once."""
    if number not in pages:
        pages[number] = characters(document.load_page(number - 1))
    return pages[number]


def _highlight(page: Any, marked: Sequence[Character], mark: MarkToWrite) -> None:
    """Add the annotation."""
    pymupdf = load()
    quads = [pymupdf.Rect(rectangle).quad for rectangle in rectangles(marked)]
    if not quads:
        return
    annotation = page.add_highlight_annot(quads)
    annotation.set_info(title=mark.author, content=mark.comment)
    annotation.set_colors(stroke=tuple(int(mark.colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    annotation.update()
