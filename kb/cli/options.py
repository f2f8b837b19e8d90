"""Options that many commands share, and the library that they work on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.workspace import Workspace

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text of scanned pages; needs Tesseract.")]


@contextmanager
def workspace(*, ocr: bool = False) -> "Iterator[Workspace]":
    """The home that ``--home`` or ``KB_HOME`` names; with ``ocr``, raises UsageError without Tesseract."""
    from kb.config import open_home
    from kb.workspace import Workspace

    if ocr:
        from kb.ingest.ocr_check import require_tesseract

        require_tesseract()
    with Workspace(open_home(), ocr=ocr) as opened:
        yield opened
