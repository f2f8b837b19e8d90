"""A part of a paper's page as a picture in a file, for what text cannot show: formulas, figures, tables."""

from pathlib import Path

from kb.errors import ItemFailedError
from kb.models.paper import VersionKind
from kb.models.text import Box
from kb.storage.whole_file import write_whole
from kb.workspace import Workspace

MAX_DPI = 600


def crop(workspace: Workspace, sha256: str, page: int, box: Box | None = None, *, dpi: int = 150) -> Path:
    """The picture of the box, or of the whole page, as PNG; made once, and again when ``derived`` was deleted."""
    version = workspace.papers.version(sha256)
    if version is None:
        raise ItemFailedError(f"no version has the sha256 {sha256}", next="kb papers")
    if version.kind is not VersionKind.PDF:
        raise ItemFailedError("a web page has no pages to show a picture of", next=f"kb show {version.paper} --text")
    dpi = max(1, min(dpi, MAX_DPI))
    target = workspace.home.crops / f"{sha256[:16]}-{_name(page, box)}-{dpi}.png"
    if not target.exists():
        picture = workspace.parser.crop(workspace.home.paper_file(sha256, "pdf"), page, box, dpi=dpi)
        write_whole(target, picture)
    return target


def _name(page: int, box: Box | None) -> str:
    """What tells one crop of a file from another, in tenths of a point."""
    if box is None:
        return f"p{page}"
    return "-".join([f"p{page}", *(str(round(edge * 10)) for edge in (box.x0, box.y0, box.x1, box.y1))])
