"""A part of a page as a picture: what cannot be read as text can be looked at."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.errors import ItemFailedError
from kb.models.text import Box
from kb.reading.pdf.library import load
from kb.reading.pdf.opening import open_pdf

Answer = dict[str, Any]
MAX_PIXELS = 16_000_000
MARGIN = 3.0
"""Points around the box, so that no stroke at its edge is cut."""


def crop(path: Path, request: Answer) -> Iterator[Answer]:
    """The box, or the whole page, as PNG, without what people wrote on it."""
    document = open_pdf(path)
    number = request["page"]
    if not 1 <= number <= document.page_count:
        raise ItemFailedError(
            f"{path.name} has no page {number}", f"it has {document.page_count} pages", f"kb show {path.name}"
        )
    page = document.load_page(number - 1)
    pymupdf = load()
    clip = page.rect
    if request["box"]:
        box = Box.model_validate(request["box"])
        clip &= pymupdf.Rect(box.x0 - MARGIN, box.y0 - MARGIN, box.x1 + MARGIN, box.y1 + MARGIN)
    if clip.is_empty:
        raise ItemFailedError(
            f"page {number} of {path.name} has nothing there", "the box is outside the page", "kb reindex"
        )
    scale = min(request["dpi"] / 72, (MAX_PIXELS / (clip.width * clip.height)) ** 0.5)
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=clip, annots=False)
    yield {"done": {"png": base64.b64encode(pixmap.tobytes("png")).decode("ascii")}}
