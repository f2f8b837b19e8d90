"""Text recognised from pictures, where Tesseract is installed; only when it is asked for."""

import shutil
from typing import Any

from kb.reading.pdf.library import load

DPI = 300
"""What Tesseract's documentation advises for scanned text."""


def tessdata() -> str | None:
    """Tesseract's language files; None where Tesseract is not installed."""
    if shutil.which("tesseract") is None:
        return None
    try:
        return str(load().get_tessdata())
    except RuntimeError:
        return None


def recognise(page: Any, flags: int) -> Any:
    """The page's text as Tesseract reads it; None where it cannot."""
    languages = tessdata()
    if languages is None:
        return None
    return page.get_textpage_ocr(flags=flags, dpi=DPI, full=True, tessdata=languages)
