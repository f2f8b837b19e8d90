"""Opening a file, or saying plainly why it cannot be read."""

from pathlib import Path
from typing import Any

from kb.errors import ItemFailedError
from kb.reading.pdf.library import load

MAX_PAGES = 5000
HEADER_WITHIN = 1024
"""A PDF's header stands in its first KiB; readers accept garbage before it."""


def open_pdf(path: Path) -> Any:
    """The opened document; raises ItemFailedError with what is wrong and what to do about it."""
    _check_bytes(path)
    document = _open(path)
    if document.needs_pass:
        raise ItemFailedError(
            f"{path.name} is encrypted",
            "it opens only with a password",
            f"save a copy without the password, then kb add that copy of {path.name}",
        )
    pages = _count(document, path)
    if pages > MAX_PAGES:
        raise ItemFailedError(
            f"{path.name} is over the limit",
            f"it has {pages} pages, and {MAX_PAGES} is the most",
            "split it, then add the parts",
        )
    return document


def _check_bytes(path: Path) -> None:
    """Whether there is a file, and whether it is a PDF at all."""
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_WITHIN)
    except FileNotFoundError:
        raise ItemFailedError(f"{path} does not exist", "there is no such file", "check the path") from None
    except IsADirectoryError:
        raise ItemFailedError(f"{path} is a folder", "one file is read at a time", f"kb add {path}") from None
    except OSError as error:
        raise ItemFailedError(f"{path} cannot be read", error.strerror or str(error), "check its permissions") from None
    if not head:
        raise ItemFailedError(f"{path.name} is empty", "the file has no bytes", "fetch or copy it again")
    if b"%PDF-" in head:
        return
    if head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise ItemFailedError(
            f"{path.name} is not a PDF",
            "it is a web page that was saved under a PDF's name, often a server's error page",
            "open the link in a browser, save the PDF itself, then kb add it",
        )
    raise ItemFailedError(f"{path.name} is not a PDF", "it has no %PDF header", "check that it is the right file")


def _open(path: Path) -> Any:
    """The document as PyMuPDF opens it, repaired where that is possible."""
    pymupdf = load()
    try:
        return pymupdf.open(path, filetype="pdf")
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise damaged(path, error) from error


def _count(document: Any, path: Path) -> int:
    """The number of pages; none at all is an error of its own."""
    pymupdf = load()
    try:
        pages = int(document.page_count)
        if pages:
            document.load_page(0)
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise damaged(path, error) from error
    if pages:
        return pages
    if not _complete(path):
        raise cut_short(path)
    raise ItemFailedError(
        f"{path.name} has no pages", "the PDF says that it holds 0 pages", "look at it in a PDF viewer"
    )


def cut_short(path: Path) -> ItemFailedError:
    """The error for a file whose end is missing."""
    why = "its end is missing and no page can be reached, as after a broken download"
    return ItemFailedError(f"{path.name} is cut short", why, "fetch it again")


def _complete(path: Path) -> bool:
    """Whether the file ends as a PDF does."""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(file.tell() - 2048, 0))
        return b"%%EOF" in file.read()


def damaged(path: Path, error: Exception) -> ItemFailedError:
    """The error for a file that PyMuPDF cannot make sense of."""
    if not _complete(path):
        return cut_short(path)
    why = " ".join(str(error).replace(str(path), path.name).split())[:200] or type(error).__name__
    return ItemFailedError(f"{path.name} is damaged", f"it cannot be opened as a PDF ({why})", "fetch or copy it again")
