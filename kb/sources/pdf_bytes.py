"""Whether bytes are a whole PDF, told without opening it: servers send web pages with status 200, and lose the end."""

import re
from pathlib import Path

from kb.errors import ItemFailedError
from kb.sources.retry import UnavailableError

HEAD = 1024
TAIL = 8192


def check_pdf_bytes(path: Path, url: str) -> None:
    """Raise ItemFailedError for something else than a PDF, UnavailableError for one whose end is missing."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read()
    if b"%PDF" not in head:
        raise ItemFailedError(f"{url} is not a PDF", _what_it_is(head), "open it in a browser, save it, kb add that")
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnavailableError(f"the end of {url} is missing", "the PDF broke off on its way")


def _what_it_is(head: bytes) -> str:
    """What came instead."""
    if not head:
        return "the answer is empty"
    if re.search(rb"<!doctype html|<html|<head|<script", head, re.IGNORECASE):
        return "the server sent a web page, such as a robot check, a login or a consent page"
    return "it does not begin with %PDF"
