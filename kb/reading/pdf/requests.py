"""What the child can be asked to do with a file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kb.errors import ItemFailedError
from kb.reading.pdf.annotations import marks, write_marks
from kb.reading.pdf.bombs import TooMuchContentError
from kb.reading.pdf.crops import crop
from kb.reading.pdf.extract import read_page
from kb.reading.pdf.layout import layout
from kb.reading.pdf.library import load
from kb.reading.pdf.opening import damaged, open_pdf
from kb.reading.pdf.outlines import outline
from kb.reading.pdf.typeset import typeset
from kb.reading.structure.assemble import RawContent, assemble
from kb.reading.structure.page import Page
from kb.reading.structure.regions import LayoutRegion

Answer = dict[str, Any]

MAX_CHARACTERS = 20_000_000
"""A book of 1,000 pages has some 3 million."""
SPLIT = "leave it out, or split it"
PAGES_A_STEP = 10


def inspect(path: Path, request: Answer) -> Iterator[Answer]:
    """How many pages, and what the first two say of the paper."""
    document = open_pdf(path)
    source = RawContent(sha256="", pages=[])
    for number in range(1, min(document.page_count, 2) + 1):
        _read(document, number, source)
    parsed = assemble(source, parser="")
    warnings = [*source.warnings, *_repair_warning(document), *_scan_warning(source, document.page_count)]
    yield {"done": {"pages": document.page_count, "metadata": parsed.metadata.model_dump(), "warnings": warnings}}


def parse(path: Path, request: Answer) -> Iterator[Answer]:
    """The text: by typography alone, or with the regions that the layout model saw before."""
    document = open_pdf(path)
    source = RawContent(sha256=request["sha256"], pages=[], outline=outline(document))
    total, characters = document.page_count, 0
    ocr = bool(request.get("ocr"))
    seen = request.get("regions")
    if seen is not None:
        source.regions = {
            int(page): [LayoutRegion.model_validate(region) for region in found or ()] for page, found in seen.items()
        }
        source.warnings += _unseen_warning(seen)
    for number in range(1, total + 1):
        _read(document, number, source, ocr=ocr)
        characters += sum(len(line.text) for line in source.pages[-1].lines)
        if characters > MAX_CHARACTERS:
            raise too_much_text(path)
        if (ocr or number % PAGES_A_STEP == 0) and number < total:
            yield {"pages": number, "total": total}
    source.warnings += [*_repair_warning(document), *_scan_warning(source, total)]
    yield {"pages": total, "total": total}
    yield {"done": assemble(source, request["parser"])}


def _read(document: Any, number: int, source: RawContent, *, ocr: bool = False) -> None:
    """Add one page to the source; a page that cannot be read is a warning, and the others go on."""
    try:
        source.pages.append(read_page(document, number, ocr=ocr))
    except TooMuchContentError:
        source.warnings.append(f"page {number} unpacks into more than a page can have; it was left out")
        source.pages.append(Page(number, 612, 792))
    except (RuntimeError, ValueError, load().mupdf.FzErrorBase) as error:
        source.warnings.append(f"page {number} could not be read ({' '.join(str(error).split())[:120]})")
        source.pages.append(Page(number, 612, 792))


def _unseen_warning(seen: dict[str, Any]) -> list[str]:
    """What to say of pages that were too much for the layout model."""
    unseen = sorted(int(page) for page, found in seen.items() if found is None)
    if not unseen:
        return []
    where = f"page {unseen[0]}" if len(unseen) == 1 else f"{len(unseen)} pages, from page {unseen[0]}"
    return [f"too much for the layout model: {where}; its parts were told by typography alone"]


def _repair_warning(document: Any) -> list[str]:
    """What to say of a file that was damaged and could be mended in part."""
    if not document.is_repaired:
        return []
    return [
        "the file is damaged, as after a broken download; what could be read of it was read, and some may be missing"
    ]


def _scan_warning(source: RawContent, pages: int) -> list[str]:
    """What to say of pages without text."""
    recognised = sum(page.recognised for page in source.pages)
    if recognised:
        return [f"{recognised} of {pages} pages were recognised from pictures; expect mistakes"]
    empty = [page for page in source.pages if not page.lines]
    if not empty:
        return []
    if len(empty) < len(source.pages):
        return [f"{len(empty)} of {pages} pages have no text"]
    if any(page.images for page in empty):
        return ["no text layer: the pages are pictures, with nothing to search or quote. Next: kb reindex PAPER --ocr"]
    return ["no text: the pages are empty"]


def over_memory(path: Path) -> ItemFailedError:
    """The file needs more memory than one file may take."""
    return ItemFailedError(
        f"{path.name} is over the limit",
        "reading it takes more memory than one file may use",
        "leave it out, or split it",
    )


def too_much_text(path: Path) -> ItemFailedError:
    """The file unpacks into more text than any paper has."""
    return ItemFailedError(
        f"{path.name} is over the limit",
        f"it unpacks into more than {MAX_CHARACTERS:,} characters",
        "leave it out, or split it",
    )


def unreadable(path: Path, error: Exception) -> ItemFailedError:
    """Something failed inside the PDF library."""
    if "malloc" in str(error):
        return over_memory(path)
    if not path.exists():
        return ItemFailedError(f"{path.name} could not be written", str(error), "kb doctor")
    return damaged(path, error)


TABLE: dict[str, Callable[[Path, Answer], Iterator[Answer]]] = {
    "inspect": inspect,
    "parse": parse,
    "layout": layout,
    "typeset": typeset,
    "crop": crop,
    "marks": marks,
    "write_marks": write_marks,
}
