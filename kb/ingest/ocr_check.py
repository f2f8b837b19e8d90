"""Text recognised from pictures: possible only where Tesseract is installed, and only done when it is asked for."""

import shutil

from kb.errors import UsageError


def can_recognise() -> bool:
    """Whether Tesseract is there."""
    return shutil.which("tesseract") is not None


def require_tesseract() -> None:
    """Raise UsageError, with what to install, where Tesseract is missing."""
    if not can_recognise():
        raise UsageError(
            "Tesseract is not installed",
            "--ocr reads the pictures of a scan with it",
            "apt install tesseract-ocr (Debian, Ubuntu) or brew install tesseract (macOS), then the same command again",
        )
