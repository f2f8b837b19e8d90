"""Reading lists and their entries, as the YAML files in ``reading_lists/lists`` state them."""

from typing import Literal

from kb.models.base import Value
from kb.models.paper import PaperKind


class Entry(Value):
    """One item of a list; it points to a paper, and knows where in the list it stands."""

    id: str
    order: int
    title: str
    kind: PaperKind = PaperKind.PAPER
    authors: tuple[str, ...] = ()
    year: int | None = None
    arxiv_id: str | None = None
    """The entry is this arXiv paper."""
    paper_arxiv_id: str | None = None
    """The arXiv paper behind a listed post, talk or video."""
    paper_title: str = ""
    url: str | None = None
    week: int | None = None
    stage: str = ""
    section: str = ""
    subsection: str = ""
    level: Literal["core", "further"] = "core"
    minutes: int | None = None
    portion: str = ""
    option_group: str = ""
    why: str = ""
    agendas: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    source: str = ""
    """Where this entry's facts were seen, when that is not the list's own source."""
    checked: bool = True
    """False where the title was not seen beside its id or URL, or its membership is known only at second hand."""
    note: str = ""


class ReadingList(Value):
    """A curated list with its source."""

    id: str
    title: str
    edition: str
    source: str
    date: str = ""
    about: str = ""
    entries: tuple[Entry, ...]
