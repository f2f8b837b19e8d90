"""A Zotero library as Better BibTeX writes it (BetterBibTeX JSON): items with attachments, annotations and notes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.errors import UsageError
from kb.importers.files import Folders
from kb.importers.foreign_work import (
    ForeignMark,
    ForeignWork,
    Unreadable,
    collection_path,
    moment_of,
    tagged,
    whole_number,
    written,
)
from kb.importers.html_text import text_of_html
from kb.importers.zotero_item import NOT_WORKS, draft_of_item, title_of

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
    collections = _collections(data.get("collections"))
    for number, item in enumerate(items, 1):
        yield from _item(item, number, folders, collections)


_HOW = "in Zotero: Export Library…, format BetterBibTeX JSON"


def _collections(data: Any) -> dict[object, tuple[str, ...]]:
    """The collections that each item is in, by the item's number, as paths of their names."""
    known = {str(key): one for key, one in data.items() if isinstance(one, dict)} if isinstance(data, dict) else {}
    names = {key: " ".join(str(one.get("name") or "a collection").split())[:200] for key, one in known.items()}
    around = {key: str(one.get("parent") or "") for key, one in known.items()}
    found: dict[object, tuple[str, ...]] = {}
    for key, one in known.items():
        for item in _listed(one, "items"):
            if isinstance(item, int | str):
                found[item] = (*found.get(item, ()), collection_path(key, names, around))
    return found


def _item(
    item: Any, number: int, folders: Folders, collections: Mapping[object, tuple[str, ...]]
) -> Iterator[ForeignWork | Unreadable]:
    if not isinstance(item, dict):
        yield Unreadable(name=f"item {number}", why="it is no item")
        return
    kind = str(item.get("itemType", ""))
    if kind in NOT_WORKS:
        yield Unreadable(name=_name(item, number), why=_WITHOUT_WORK[kind])
        return
    fields = {name: value for name, value in item.items() if isinstance(value, str)}
    fields |= {"extra": "\n".join(written(_listed(item, "extra")))} if "extra" not in fields else {}
    key = (fields.get("citationKey") or fields.get("citekey") or "").strip()
    title = title_of(fields) or key
    if not title:
        yield Unreadable(name=_name(item, number), why="it has no title")
        return
    attachments = [one for one in _listed(item, "attachments") if isinstance(one, dict)]
    found = [folders.pdf(path, str(one.get("key", ""))) for one in attachments if (path := _path(one))]
    yield ForeignWork(
        name=key or title,
        key=key,
        draft=draft_of_item(kind, fields, _authors(item), _tags(item), title),
        files=tuple(one for one in found if not isinstance(one, str)),
        problems=tuple(one for one in found if isinstance(one, str)),
        marks=tuple(mark for one in attachments for mark in _marks(one)),
        notes=tuple(filter(None, map(text_of_html, _note_texts(item)))),
        left_out=tuple(_left_out(attachments)),
        collections=next((collections[one] for one in _numbers(item) if one in collections), ()),
    )


_WITHOUT_WORK = {
    "attachment": "a file that belongs to no work; kb add takes a PDF in by itself",
    "note": "a note that belongs to no work",
    "annotation": "a mark that belongs to no file",
}


def _numbers(item: dict[str, Any]) -> Iterator[object]:
    return (one for name in ("itemID", "itemKey", "key") if isinstance(one := item.get(name), int | str))


def _left_out(attachments: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What has no text to take: pictures cut out of a page, drawings, and copies of web pages."""
    kinds = Counter(
        kind
        for one in attachments
        for mark in _listed(one, "annotations")
        if isinstance(mark, dict) and (kind := str(mark.get("annotationType"))) in ("image", "ink")
    )
    for kind, count in sorted(kinds.items()):
        yield f"{count} {kind} mark{'s' if count != 1 else ''}, which {'have' if count != 1 else 'has'} no words"
    for one in attachments:
        if one.get("contentType") == "text/html" and (one.get("path") or one.get("localPath")):
            yield f"{str(one.get('title') or 'a snapshot')[:120]}: a copy of a web page is not taken in"


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
            comment=tagged(text_of_html(comment) or ("" if is_quote else text_of_html(quote)), _tags(one)),
            page=_page(one),
            colour=str(one.get("annotationColor") or ""),
            at=moment_of(one.get("dateAdded") or one.get("dateModified")),
        )
        if mark.quote or mark.comment:
            yield mark


def _page(mark: dict[str, Any]) -> int | None:
    """The page in the file: the label is what is printed, which may begin elsewhere."""
    index = whole_number(str(mark.get("annotationSortIndex", "")).partition("|")[0])
    return index + 1 if index is not None else whole_number(mark.get("annotationPageLabel"))
