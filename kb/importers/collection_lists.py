"""Collections of another program as reading lists of the reader's own: one file each, its works in their order."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from kb.errors import KbError, UsageError
from kb.library.names import plain
from kb.models.paper import PaperDraft
from kb.models.reading_list import Entry, ReadingList
from kb.sources.list_files import read_list
from kb.storage.whole_file import write_whole
from kb.workspace import Workspace

_SOURCE = "a collection of another program, taken in with kb import"
_MOST = 100
"""Collections whose names come to one id, such as ``A/B`` and ``A B``, after which it is no mistake any more."""


class CollectionLists:
    """Gathers what is in which collection while works come in, and writes the lists at the end."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._gathered: dict[str, dict[str, PaperDraft]] = {}

    def put(self, collections: Iterable[str], paper: str, draft: PaperDraft) -> None:
        """Note that a paper is in these collections; nothing without a paper."""
        for name in collections if paper else ():
            self._gathered.setdefault(name, {})[paper] = draft

    def write(self) -> Iterator[tuple[str, str]]:
        """Make each collection a list; one that came before keeps what it had. Yields names of those that failed."""
        for name, works in self._gathered.items():
            try:
                self._write(name, works)
            except (KbError, OSError) as error:
                yield name, f"its list could not be written: {error}"

    def _write(self, name: str, works: dict[str, PaperDraft]) -> None:
        file, before = self._file(name)
        had = {entry.id for entry in before}
        added = [(paper, draft) for paper, draft in works.items() if paper not in had]
        entries = [*before, *(_entry(paper, draft, len(before) + at) for at, (paper, draft) in enumerate(added, 1))]
        made = ReadingList(id=file.stem, title=name, edition="", source=_SOURCE, entries=tuple(entries))
        if added:
            _put(file, made)
        self._workspace.reading_lists.sync(made)
        for paper in works:
            self._workspace.reading_lists.attach(made.id, paper, paper)

    def _file(self, name: str) -> tuple[Path, tuple[Entry, ...]]:
        """The list's file, with the entries that it has already; a list of another name is never written over."""
        base = f"my-{plain(name) or 'collection'}"
        for number in range(1, _MOST):
            file = self._workspace.home.lists / f"{base if number == 1 else f'{base}-{number}'}.yaml"
            if not file.exists():
                return file, ()
            known = read_list(file)
            if known.title == name and known.source == _SOURCE:
                return file, known.entries
        raise UsageError(f"no id is free for the collection {name}", next="kb lists")


def _put(file: Path, made: ReadingList) -> None:
    rows = {**made.model_dump(mode="json", exclude_defaults=True), "edition": made.edition}
    write_whole(file, yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=120))


def _entry(paper: str, draft: PaperDraft, order: int) -> Entry:
    return Entry(
        id=paper,
        order=order,
        title=draft.title,
        kind=draft.kind,
        authors=draft.authors,
        year=draft.year,
        arxiv_id=draft.arxiv_id,
        url=draft.url,
    )
