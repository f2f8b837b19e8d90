"""A papis library: a folder for each document, with an info.yaml, its files and its notes."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kb.errors import NotFoundError
from kb.importers.files import Folders
from kb.importers.foreign_work import MOST, ForeignWork, Unreadable, entry_of, written, year_in
from kb.importers.html_text import plain_title
from kb.importers.zotero_item import draft_of_item

_INFO = ("info.yaml", "info.yml")
_OURS = frozenset({"title", "author", "author_list", "year", "date", "doi", "url", "abstract", "journal", "booktitle",
                   "eprint", "archiveprefix", "eprinttype", "ref", "tags", "type"})  # fmt: skip
_INTERNAL = frozenset({"files", "notes", "papis_id", "time-added", "citations", "doc_url", "_note_", "marks"})


def read_papis(folder: Path) -> Iterator[ForeignWork | Unreadable]:
    """The documents of a library; raises NotFoundError for a folder that has none."""
    inside = folder.resolve()
    found = (path for name in _INFO for path in folder.rglob(name))
    infos = sorted(path for path in found if path.resolve().is_relative_to(inside))
    if not infos:
        raise NotFoundError(f"{folder} has no info.yaml in it", "a papis library has one for each document")
    for info in infos:
        yield _document(info, str(info.parent.relative_to(folder)))


def _document(info: Path, name: str) -> ForeignWork | Unreadable:
    try:
        if info.stat().st_size > MOST:
            return Unreadable(name=name, why="its info.yaml is larger than a megabyte")
        data = yaml.safe_load(info.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        return Unreadable(name=name, why=f"its info.yaml cannot be read: {str(error).splitlines()[0]}")
    if not isinstance(data, dict):
        return Unreadable(name=name, why="its info.yaml holds no document")
    said = {str(key).lower(): value for key, value in data.items()}
    told = {key: str(value) for key, value in said.items() if isinstance(value, str | int | float | date)}
    title = plain_title(told.get("title", ""))
    if not title:
        return Unreadable(name=name, why="it has no title")
    found = [_file(info.parent, one) for one in _names(said.get("files"))]
    notes = [_note(info.parent, one) for one in _names(said.get("notes"))]
    return ForeignWork(
        name=told.get("ref") or name,
        key=told.get("ref", ""),
        draft=_draft(said, told, title),
        files=tuple(one for one in found if isinstance(one, Path)),
        problems=tuple(one for one in found if isinstance(one, str)) + tuple(why for text, why in notes if why),
        notes=tuple(text for text, why in notes if text),
    )


def _draft(said: dict[str, Any], told: dict[str, str], title: str) -> Any:
    fields = {
        "date": told.get("year") or told.get("date", ""),
        "DOI": told.get("doi", ""),
        "url": told.get("url", ""),
        "publicationTitle": told.get("journal") or told.get("booktitle", ""),
        "abstractNote": told.get("abstract", ""),
        "archiveID": told.get("eprint", ""),
    }
    kind = "book" if told.get("type") == "book" else ""
    draft = draft_of_item(kind, fields, _authors(said, told), (), title)
    extras = {name: value for name, value in told.items() if name not in _OURS | _INTERNAL}
    extras["keywords"] = ", ".join(_tags(said.get("tags")))
    own_type = told.get("type", "misc").lower()
    entry = entry_of(own_type if re.fullmatch(r"[a-z]+", own_type) else "misc", extras)
    return draft.model_copy(update={"bibtex": entry, "year": draft.year or year_in(told.get("date"))})


def _authors(said: dict[str, Any], told: dict[str, str]) -> tuple[str, ...]:
    """From the list with its parts, else from the line: ``Family, Given and Family, Given``."""
    listed = said.get("author_list")
    if isinstance(listed, list) and listed:
        people = [one for one in listed if isinstance(one, dict)]
        return written(" ".join(written([one.get("given"), one.get("family")])) for one in people)
    names = (name.strip() for name in re.split(r"\s+and\s+", told.get("author", "")))
    turned = (" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in names if name)
    return written(turned)


def _tags(value: Any) -> tuple[str, ...]:
    return written(value if isinstance(value, list) else re.split(r"[,\s]+", str(value or "")))


def _names(value: Any) -> tuple[str, ...]:
    return written(value if isinstance(value, list) else [value])


def _file(folder: Path, name: str) -> Path | str:
    if not name.lower().endswith(".pdf"):
        return f"{name[:120]} is no PDF"
    return Folders(folder).pdf(name)


def _note(folder: Path, name: str) -> tuple[str, str]:
    """A note's text, or why it cannot be read; like files, it must lie in the document's own folder."""
    path = folder / name
    try:
        real = path.resolve()
        if not real.is_relative_to(folder.resolve()):
            return "", f"{name[:120]} lies outside the document's folder"
        if not real.is_file():
            return "", f"{name[:120]} was not found"
        if real.stat().st_size > MOST:
            return "", f"{name[:120]} is larger than a megabyte"
        return real.read_text("utf-8").strip(), ""
    except (OSError, ValueError, RuntimeError) as error:
        return "", f"{name[:120]} cannot be read: {str(error).splitlines()[0]}"
