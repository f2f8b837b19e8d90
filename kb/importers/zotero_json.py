"""A Zotero library as Better BibTeX writes it (BetterBibTeX JSON): items with attachments, annotations and notes."""

import json
from collections.abc import Iterator
from typing import Any

from kb.errors import UsageError
from kb.importers.files import Folders
from kb.importers.foreign_work import ForeignMark, ForeignWork, Unreadable, whole_number, written
from kb.importers.html_text import text_of_html
from kb.importers.zotero_item import NOT_WORKS, draft_of_item

_MARKED = ("highlight", "underline")


def read_zotero_json(text: str, folders: Folders) -> Iterator[ForeignWork | Unreadable]:
    """The works of an export; raises UsageError for a file that is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("the file is no JSON", str(error).splitlines()[0], _HOW) from error
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise UsageError("the file has no items of a Zotero library", "", _HOW)
    for number, item in enumerate(items, 1):
        yield from _item(item, number, folders)


_HOW = "in Zotero: Export Library…, format BetterBibTeX JSON"


def _item(item: Any, number: int, folders: Folders) -> Iterator[ForeignWork | Unreadable]:
    if not isinstance(item, dict):
        yield Unreadable(name=f"item {number}", why="it is no item")
        return
    kind = str(item.get("itemType", ""))
    if kind in NOT_WORKS:
        yield Unreadable(name=_name(item, number), why=f"a {kind} that belongs to no work")
        return
    fields = {name: value for name, value in item.items() if isinstance(value, str)}
    key = fields.get("citationKey") or fields.get("citekey") or ""
    if not fields.get("title", "").strip():
        yield Unreadable(name=_name(item, number), why="it has no title")
        return
    attachments = [one for one in _listed(item, "attachments") if isinstance(one, dict)]
    found = [folders.pdf(path, str(one.get("key", ""))) for one in attachments if (path := _path(one))]
    yield ForeignWork(
        name=key or fields["title"],
        key=key,
        draft=draft_of_item(kind, fields, _authors(item), _tags(item), fields["title"]),
        files=tuple(one for one in found if not isinstance(one, str)),
        problems=tuple(one for one in found if isinstance(one, str)),
        marks=tuple(mark for one in attachments for mark in _marks(one)),
        notes=tuple(filter(None, map(text_of_html, _note_texts(item)))),
    )


def _name(item: dict[str, Any], number: int) -> str:
    told = written([item.get("citationKey"), item.get("title"), item.get("key")])
    return told[0][:200] if told else f"item {number}"


def _listed(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _path(attachment: dict[str, Any]) -> str:
    """Where a PDF lies; snapshots of pages and links have none that is taken."""
    path = attachment.get("localPath") or attachment.get("path")
    kind = str(attachment.get("contentType", ""))
    is_pdf = kind == "application/pdf" or (not kind and str(path).lower().endswith(".pdf"))
    return path if isinstance(path, str) and is_pdf else ""


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """Authors, or who stands in their place."""
    people = [one for one in _listed(item, "creators") if isinstance(one, dict)]
    chosen = [one for one in people if one.get("creatorType", "author") == "author"] or people
    names = (" ".join(written([one.get("firstName"), one.get("lastName")])) or one.get("name") for one in chosen)
    return written(names)


def _tags(item: dict[str, Any]) -> tuple[str, ...]:
    return written(tag.get("tag") if isinstance(tag, dict) else tag for tag in _listed(item, "tags"))


def _note_texts(item: dict[str, Any]) -> tuple[str, ...]:
    return written(note.get("note") if isinstance(note, dict) else note for note in _listed(item, "notes"))


def _marks(attachment: dict[str, Any]) -> Iterator[ForeignMark]:
    """What was marked in a PDF, in reading order; pictures and ink have no text."""
    found = [one for one in _listed(attachment, "annotations") if isinstance(one, dict)]
    for one in sorted(found, key=lambda mark: str(mark.get("annotationSortIndex", ""))):
        is_quote = one.get("annotationType", "highlight") in _MARKED
        quote, comment = (str(one.get(name) or "") for name in ("annotationText", "annotationComment"))
        mark = ForeignMark(
            quote=text_of_html(quote) if is_quote else "",
            comment=text_of_html(comment) or ("" if is_quote else text_of_html(quote)),
            page=_page(one),
            colour=str(one.get("annotationColor") or ""),
        )
        if mark.quote or mark.comment:
            yield mark


def _page(mark: dict[str, Any]) -> int | None:
    """The page in the file: the label is what is printed, which may begin elsewhere."""
    index = whole_number(str(mark.get("annotationSortIndex", "")).partition("|")[0])
    return index + 1 if index is not None else whole_number(mark.get("annotationPageLabel"))
