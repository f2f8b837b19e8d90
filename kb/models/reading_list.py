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
    form: str = ""
    """What the source calls it, where that says more than its kind: ``book-chapter``, ``essay``, ``report``."""
    authors: tuple[str, ...] = ()
    authors_complete: bool = True
    """False where the list of authors is cut short."""
    authors_checked: bool = True
    """False where the authors were not confirmed against a bibliography; what arXiv says is better then."""
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
    further_in: tuple[str, ...] = ()
    """Editions in which a core entry is only a suggestion."""
    minutes: int | None = None
    """What the list's source says that it takes, or its length; the portion only, where one is named."""
    pages: float | None = None
    """Pages of its main text, up to the references, where somebody counted them."""
    words: int | None = None
    """Words of its main text, up to the references, where they were counted."""
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
    duplicate_of: str = ""
    """Id of the entry that lists the same work before this one."""
    note: str = ""
    primer: str = ""
    """The primer of this program that it is, by the name of its file."""
    reproduction: str = ""
    """The small experiment of this program that it is, by its id."""


class Edition(Value):
    """One state of a list."""

    id: str
    about: str = ""
    weeks: tuple[int, ...] = ()
    """The weeks of which it is known, where those are not all that the list has."""


class ReadingList(Value):
    """A curated list with its source."""

    id: str
    title: str
    edition: str
    """The editions that its entries are from, in short."""
    editions: tuple[Edition, ...] = ()
    """Every edition that entries name, oldest first."""
    source: str
    date: str = ""
    about: str = ""
    extends: str = ""
    """The list with whose entries it begins, by id."""
    entries: tuple[Entry, ...]
