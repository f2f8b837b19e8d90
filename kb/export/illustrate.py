"""A summary with its pictures: the figures that its notes refer to, cut out of the papers' pages."""

from functools import cache
from typing import TYPE_CHECKING

from kb.errors import KbError
from kb.export.figures import PaperFigure, figures_of
from kb.models.note import Note
from kb.models.paper import VersionKind
from kb.models.summary import NoteGroups, NotePart, PaperPart, Picture, Summary
from kb.models.text import Block

if TYPE_CHECKING:
    from kb.workspace import Workspace

_DPI = 170
_RIM = 8
"""Pixels of white that stay around a picture."""
_MOST = 12
"""Pictures of one paper; more would be a copy of it, not a summary."""


def illustrated(workspace: "Workspace", summary: Summary) -> Summary:
    """The summary with each figure at the first note that refers to it; says in its notice what could not be shown."""
    papers = []
    missing: list[str] = []
    for part in summary.papers:
        cutter = _Cutter(workspace, part)
        papers.append(cutter.part())
        missing += cutter.missing
    notice = " ".join(filter(None, [summary.notice, _missing(missing)]))
    return summary.model_copy(update={"papers": tuple(papers), "notice": notice})


def _missing(missing: list[str]) -> str:
    return f"Not shown, since its page could not be cut: {'; '.join(missing)}." if missing else ""


class _Cutter:
    """Cuts out the figures of one paper, each once."""

    def __init__(self, workspace: "Workspace", part: PaperPart) -> None:
        self._workspace = workspace
        self._paper = part
        self._done: set[str] = set()
        self.missing: list[str] = []
        self._blocks = cache(self._load)
        versions = workspace.papers.versions(part.paper.id)
        self._kinds = {version.sha256: version.kind for version in versions}
        self._current = versions[0].sha256 if versions else ""

    def part(self) -> PaperPart:
        """The paper's part with its pictures."""
        groups = {name: tuple(map(self._with_pictures, getattr(self._paper, name))) for name in NoteGroups.model_fields}
        return self._paper.model_copy(update=groups)

    def _with_pictures(self, part: NotePart) -> NotePart:
        pictures = tuple(self._pictures(part.note))
        support = tuple(
            one if one.brief or one.part.note.paper != self._paper.paper.id
            else one.model_copy(update={"part": self._with_pictures(one.part)})
            for one in part.support
        )  # fmt: skip
        return part.model_copy(update={"pictures": pictures, "support": support})

    def _pictures(self, note: Note) -> "list[Picture]":
        sha256 = next((anchor.version for anchor in note.anchors if anchor.version), self._current)
        if self._kinds.get(sha256) is not VersionKind.PDF:
            return []
        found = [one for one in figures_of(note, self._blocks(sha256)) if one.label not in self._done]
        pictures = []
        for figure in found[: max(0, _MOST - len(self._done))]:
            self._done.add(figure.label)
            pictures.append(self._picture(figure, sha256))
        return pictures

    def _picture(self, figure: PaperFigure, sha256: str) -> Picture:
        from kb.export.page_images import crop

        name = f"{self._paper.paper.id}-{figure.label.lower().replace(' ', '-')}"
        picture = Picture(name=name, label=figure.label, caption=figure.caption, page=figure.box.page)
        try:
            png = crop(self._workspace, sha256, figure.box.page, figure.box, dpi=_DPI).read_bytes()
        except KbError as error:
            self.missing.append(f"{figure.label} of {self._paper.paper.title} ({error.what})")
            return picture
        return picture.model_copy(update={"png": _trimmed(png)})

    def _load(self, sha256: str) -> tuple[Block, ...]:
        try:
            return self._workspace.texts.blocks(sha256)
        except KbError:
            return ()


def _trimmed(png: bytes) -> bytes:
    """The picture without the white around it; a picture of nothing but white stays as it is."""
    import io

    from PIL import Image, ImageChops

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    drawn = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    if drawn is None:
        return png
    left, top, right, bottom = drawn
    width, height = picture.size
    box = (max(0, left - _RIM), max(0, top - _RIM), min(width, right + _RIM), min(height, bottom + _RIM))
    trimmed = io.BytesIO()
    picture.crop(box).save(trimmed, format="PNG", optimize=True)
    return trimmed.getvalue()
