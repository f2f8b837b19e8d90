"""The formats of a summary, and what each of them is made of: text or bytes, and pictures beside them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kb.export.forms import Format
from kb.export.seal import Kind
from kb.models.summary import NotePart, Picture, Summary

if TYPE_CHECKING:
    from kb.workspace import Workspace


_SUFFIXES = {
    **dict.fromkeys((".html", ".htm"), Format.HTML),
    ".pdf": Format.PDF,
    ".tex": Format.LATEX,
    ".txt": Format.TEXT,
    ".json": Format.JSON,
}
_WITH_FILES = (Format.MARKDOWN, Format.LATEX)
_ILLUSTRATED = (*_WITH_FILES, Format.HTML, Format.PDF)


@dataclass(frozen=True)
class Document:
    """A summary in some format."""

    data: str | bytes
    kind: Kind
    folder: Path | None = None
    """Where the pictures go that it refers to."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Those pictures by file name."""


def format_of(form: str | None, to: Path | None) -> Format:
    """The format that was asked for, or else the one that the file's name stands for."""
    return Format(form) if form else _SUFFIXES.get(to.suffix.lower() if to else "", Format.MARKDOWN)


def document(
    workspace: "Workspace", summary: Summary, form: Format, to: Path | None, *, pictures: bool = True
) -> Document:
    """The summary in a format; a file named ``week.md`` has its pictures in ``week-pictures`` beside it."""
    own = workspace.home.templates
    if pictures and form in _ILLUSTRATED:
        from kb.export.illustrate import illustrated

        summary = illustrated(workspace, summary)
    if form not in _WITH_FILES or to is None or not pictures:
        return Document(data=_rendered(summary, form, own, {}), kind=form.value)
    folder = to.with_name(f"{to.stem}-pictures")
    named = {picture.name: _file_name(picture) for picture in _pictures(summary) if picture.png}
    places = {name: f"{folder.name}/{file}" for name, file in named.items()}
    files = {named[picture.name]: picture.png for picture in _pictures(summary) if picture.png}
    return Document(data=_rendered(summary, form, own, places), kind=form.value, folder=folder, files=files)


def _rendered(summary: Summary, form: Format, own: Path, files: dict[str, str]) -> str | bytes:
    match form:
        case Format.JSON:
            from kb.export.json import summary_data, to_json

            return to_json(summary_data(summary))
        case Format.HTML:
            from kb.export.html import render_html

            return render_html(summary, own)
        case Format.PDF:
            from kb.export.pdf_page import render_pdf

            return render_pdf(summary, own)
        case Format.LATEX:
            from kb.export.latex_page import render_latex

            return render_latex(summary, own, files)
        case Format.TEXT:
            from kb.export.text import render_text

            return render_text(summary, own)
        case Format.MARKDOWN:
            from kb.export.markdown import render_markdown

            return render_markdown(summary, own, lambda picture: files.get(picture.name, ""))


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
