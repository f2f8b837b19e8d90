"""What the screens show, as frozen values: made by the shelf away from the screen, handed over whole."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kb.models.reading_state import STATES

if TYPE_CHECKING:
    from kb.insight.contents import ContentsLine
    from kb.models.note import Note
    from kb.models.paper import Paper, Version
    from kb.models.reading import Bookmark, Ranges
    from kb.models.text import Block, Section

SIGNS = {state.value: spec.sign for state, spec in STATES.items()}
"""The sign of each reading state in lists."""


@dataclass(frozen=True)
class PaperRow:
    """One line of the library: a paper, or an entry of a list whose paper is not here yet."""

    title: str
    paper: str | None = None
    authors: str = ""
    year: int | None = None
    state: str = "unread"
    notes: int = 0
    abstract: str = ""
    readable: bool = False
    """Whether there is a text to open."""
    list_id: str = ""
    entry: str = ""
    """Which entry of that list it stands for."""
    week: int | None = None
    section: str = ""
    core: bool = True
    takes: str = ""
    """How long it takes, with what that goes by."""
    why: str = ""
    kind: str = "paper"
    source: str = ""
    """What to fetch it by, such as ``arxiv:1706.03741`` or ``primer:NAME``; empty where it only comes as a file."""
    url: str = ""
    """Where anyone can look at it."""
    agendas: tuple[str, ...] = ()
    """Agendas that lists and notes tie it to."""
    lists: tuple[str, ...] = ()
    seconds: int = 0
    """How long it was read."""
    share: float = 0.0
    """How much of its text was gone over."""

    @property
    def address(self) -> str:
        """Its page on the web, where one is known."""
        scheme, _, number = self.source.partition(":")
        return self.url or (f"https://arxiv.org/abs/{number}" if scheme == "arxiv" else "")

    @property
    def search_text(self) -> str:
        """What a filter looks at, in lower case."""
        return f"{self.title} {self.authors} {self.year or ''} {self.state if self.paper else 'missing'}".lower()


@dataclass(frozen=True)
class ListRow:
    """One line of the list tree: everything, a list, or a week or section of a list."""

    title: str
    list_id: str = ""
    week: int | None = None
    section: str = ""
    depth: int = 0
    total: int = 0
    read: int = 0
    here: int = 0
    """How many have a text in the library."""


@dataclass(frozen=True)
class Overview:
    """All that the library screen shows."""

    lists: tuple[ListRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    entries: dict[str, tuple[PaperRow, ...]] = field(default_factory=dict)
    """Rows of each list by its id."""
    last: str | None = None
    """The paper that was open last."""
    last_title: str = ""

    def rows(self, choice: ListRow | None) -> tuple[PaperRow, ...]:
        """The papers behind one line of the list tree."""
        if choice is None or not choice.list_id:
            return self.papers
        rows = self.entries.get(choice.list_id, ())
        if choice.depth == 0:
            return rows
        return tuple(row for row in rows if row.week == choice.week and row.section == choice.section)


@dataclass(frozen=True)
class NoteLink:
    """A link as one of its two notes sees it."""

    link: str
    kind: str
    other: str
    """The other note's id, and below what it says."""
    says: str
    is_said: bool
    """Whether this note says it of the other, rather than the other of this one."""
    strength: float = 1.0
    doubt: str = ""

    @property
    def words(self) -> str:
        """The link in one line, as it reads beside this note."""
        facts = [f"strength {self.strength:.2g}" if self.strength < 1 else "", self.doubt and f"doubt: {self.doubt}"]
        told = "; ".join(fact for fact in facts if fact)
        line = f"{self.kind} “{self.says}”" if self.is_said else f"“{self.says}” {self.kind} this"
        return f"{line} ({told})" if told else line


@dataclass(frozen=True)
class NoteListRow:
    """A note with the title of its paper, what a filter looks at, and how it stands to other notes."""

    note: "Note"
    title: str = ""
    search_text: str = ""
    ties: tuple[NoteLink, ...] = ()
    held: str = ""
    """The credence in it, in words."""
    flags: tuple[str, ...] = ()
    """What the evidence that is linked to it lacks."""

    @property
    def is_troubled(self) -> bool:
        """Whether a quote of it is not found as it was, and the reader has not said that it shall stay so."""
        return any(anchor.state.value != "exact" and not anchor.kept for anchor in self.note.anchors)


@dataclass(frozen=True)
class OpenedPaper:
    """A paper with its text and notes, ready to be read."""

    paper: "Paper"
    version: "Version | None" = None
    blocks: "tuple[Block, ...]" = ()
    sections: "tuple[Section, ...]" = ()
    notes: "tuple[Note, ...]" = ()
    place: int = 0
    stage: int = 0
    warnings: tuple[str, ...] = ()
    """Why there is no text, where there is none."""
    seen: "Ranges" = ()
    """The parts of the text that were gone over before."""
    bookmarks: "tuple[Bookmark, ...]" = ()

    @cached_property
    def contents(self) -> "tuple[ContentsLine, ...]":
        """Sections, and below them the heads of paragraphs."""
        from kb.insight.contents import contents

        return contents(self.sections, self.blocks)

    def row_of(self, index: int) -> int:
        """Where the block of this index stands among those that are shown."""
        if index < len(self.blocks) and self.blocks[index].index == index:
            return index
        return next((row for row, block in enumerate(self.blocks) if block.index >= index), 0)


@dataclass(frozen=True)
class SelectedQuote:
    """A selected piece of a paper, with what stands around it."""

    text: str
    prefix: str = ""
    suffix: str = ""
    block: int = 0
    page: int | None = None
    version: str = ""
