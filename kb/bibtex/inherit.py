"""What an entry takes from others of its file: all fields of its xdata, and from its crossref what it lacks."""

from collections.abc import Iterable, Mapping

from kb.bibtex.scan import RawEntry

DATA = "xdata"
"""Entries of this type only hold fields for others, and are no works."""
_WITHIN = frozenset({"inproceedings", "conference", "incollection", "inbook", "suppbook", "inreference"})
"""Parts of a larger work: the parent's title is that of the whole."""
_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_OWN = frozenset({"ids", "crossref", "xref", "xdata", "entryset", "shorttitle", "sorttitle", "related", "relatedtype",
                  "keywords", "abstract", "note", "label", "options", "pages", "file"})  # fmt: skip
"""Fields that say something of the parent alone."""
_DEEPEST = 8
"""Steps from child to parent after which entries refer to each other in a circle."""


class Parents:
    """The entries of a file that others refer to, by their keys, which BibTeX compares without case."""

    def __init__(self, entries: Iterable[RawEntry]) -> None:
        self._by_key: dict[str, RawEntry] = {}
        for entry in entries:
            self._by_key.setdefault(entry.key.casefold(), entry)

    def with_data(self, entry: RawEntry) -> RawEntry:
        """The entry with the fields of its xdata in place of their names, since these are no works to refer to."""
        if DATA not in entry.fields:
            return entry
        own = {name: value for name, value in entry.fields.items() if name != DATA}
        return entry.model_copy(update={"fields": {**self._data(entry.fields[DATA], _DEEPEST), **own}})

    def resolved(self, entry: RawEntry, depth: int = _DEEPEST) -> RawEntry:
        """The entry with what it takes from its parent, to be read; what it states itself stands."""
        parent = self._by_key.get(entry.fields.get("crossref", "").strip().casefold())
        if parent is None or parent is entry or not depth:
            return entry
        whole = self.resolved(self.with_data(parent), depth - 1)
        return entry.model_copy(update={"fields": {**_handed_down(entry, whole.fields), **entry.fields}})

    def _data(self, names: str, depth: int) -> dict[str, str]:
        fields: dict[str, str] = {}
        for name in names.split(",") if depth else ():
            held = self._by_key.get(name.strip().casefold())
            if held is None or held.type != DATA:
                continue
            fields = {**self._data(held.fields.get(DATA, ""), depth - 1), **held.fields, **fields}
        return {name: value for name, value in fields.items() if name != DATA}


def _handed_down(child: RawEntry, parent: Mapping[str, str]) -> dict[str, str]:
    """A part has its own title and people; anything else that only refers lacks everything but them."""
    is_part = child.type in _WITHIN
    given = {name: value for name, value in parent.items() if name not in _OWN}
    if not is_part:
        return {name: value for name, value in given.items() if name not in ("title", "subtitle", "author")}
    renamed = {ours: given[theirs] for theirs, ours in _RENAMED.items() if theirs in given and "booktitle" not in given}
    return {
        **{name: value for name, value in given.items() if name not in (*_RENAMED, "author", "doi", "url")},
        **renamed,
    }
