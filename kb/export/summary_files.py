"""A summary in some format, with the pictures that lie beside its file."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.document import Document, ExportFormat
from kb.models.summary import NotePart, Picture, Summary

if TYPE_CHECKING:
    from kb.workspace import Workspace


def summary_document(
    workspace: "Workspace", summary: Summary, form: ExportFormat, to: Path | None, *, pictures: bool = True
) -> Document:
    """The summary in a format; a file named ``week.md`` has its pictures in ``week-pictures`` beside it."""
    assert form.summary is not None, f"{form.name} writes no summaries"
    own = workspace.home.templates
    if pictures and form.pictures != "none":
        from kb.export.illustrate import illustrated

        summary = illustrated(workspace, summary)
    if form.pictures != "beside" or to is None or not pictures:
        return Document(data=form.summary(summary, own, {}), kind=form.kind)
    folder = to.with_name(f"{to.stem}-pictures")
    files = _files_of(summary)
    places = {name: f"{folder.name}/{file}" for name, (file, _) in files.items()}
    return Document(data=form.summary(summary, own, places), kind=form.kind, folder=folder, files=dict(files.values()))


def _files_of(summary: Summary) -> Mapping[str, tuple[str, bytes]]:
    """The file name and the bytes of each picture, by the picture's name."""
    return {one.name: (_file_name(one), one.png) for one in _pictures(summary) if one.png}


def _file_name(picture: Picture) -> str:
    """A name that LaTeX, browsers and file systems take, and that changes with the picture."""
    plain = "".join(character if character.isalnum() and character.isascii() else "-" for character in picture.name)
    return f"{plain[:80]}-{hashlib.sha256(picture.png).hexdigest()[:8]}.png"


def _pictures(summary: Summary) -> list[Picture]:
    found: list[Picture] = [run.picture for run in summary.runs if run.picture]
    for part in (*summary.papers, summary.thoughts):
        found += [run.picture for run in getattr(part, "runs", ()) if run.picture]
        for name in type(summary.thoughts).model_fields:
            found += [picture for note in getattr(part, name) for picture in _of_note(note)]
    return found


def _of_note(note: NotePart) -> list[Picture]:
    return [*note.pictures, *(picture for support in note.support for picture in _of_note(support.part))]
