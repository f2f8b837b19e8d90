"""Collections of another program as reading lists of the reader's own: one list each, its works in their order."""

from collections.abc import Iterable

from kb.library.names import plain
from kb.library.reading_lists import ReadingLists
from kb.models.paper import PaperDraft
from kb.models.reading_list import Entry, ReadingList

_SOURCE = "imported collection"


class CollectionLists:
    """Gathers what is in which collection while works come in, and writes the lists at the end."""

    def __init__(self, lists: ReadingLists) -> None:
        self._lists = lists
        self._gathered: dict[str, dict[str, PaperDraft]] = {}

    def put(self, collections: Iterable[str], paper: str, draft: PaperDraft) -> None:
        """Note that a paper is in these collections; nothing without a paper."""
        for name in collections if paper else ():
            self._gathered.setdefault(name, {})[paper] = draft

    def write(self) -> None:
        """Make each collection a list; one that came before keeps what it had, and gets what is new."""
        known = {one.list: one for one in self._lists.all()}
        for name, works in self._gathered.items():
            list_id = f"my-{plain(name) or 'collection'}"
            before = list(self._lists.entries(list_id)) if list_id in known else []
            had = {entry.id for entry in before}
            added = [(paper, draft) for paper, draft in works.items() if paper not in had]
            entries = [*before, *(_entry(paper, draft, len(before) + at) for at, (paper, draft) in enumerate(added, 1))]
            self._lists.sync(ReadingList(id=list_id, title=name, edition="", source=_SOURCE, entries=tuple(entries)))
            for paper, _ in added:
                self._lists.attach(list_id, paper, paper)


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
        source=_SOURCE,
    )
