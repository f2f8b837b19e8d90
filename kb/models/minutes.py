"""How long a work takes to read or watch: one rule, and always what it goes by and how far it is off.

Papers: words of the main text, up to the references, by 150 a minute. Courses that give minutes for parts of papers
assign 156 words a minute over eight parts that can be counted (99 to 298). Posts: 230 words a minute. Without the
text: 3.7 minutes for each page of main text (median error 11 % against the words of 30 papers), 1.94 for each page
of the file (34 %, since appendices are half of the pages), else what works of its kind mostly take. What a list says
of a part of a work stands as it is. A reader's own pace takes the place of the words a minute, once it is known.
"""

from enum import StrEnum
from typing import NamedTuple

from kb.models.base import Value
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry


class Basis(StrEnum):
    """What a number of minutes goes by, the surest first."""

    TEXT = "text"
    LIST = "list"
    PAGES = "pages"
    KIND = "kind"


class TextLength(NamedTuple):
    """How long a text is that is here."""

    words: int = 0
    """Up to the references; 0 where they were not counted."""
    pages: int = 0
    """Of the whole file."""


class WorkLength(NamedTuple):
    """What is known of a work from a list, as far as its minutes depend on it."""

    kind: str = PaperKind.PAPER
    form: str = ""
    minutes: int | None = None
    portion: str = ""
    pages: float | None = None
    words: int | None = None


class Minutes(Value):
    """How long it takes, what that goes by, and how far such a number is off."""

    value: int
    basis: Basis
    error: int | None = None
    """Median error in percent, where it was measured."""
    own_pace: bool = False
    """Whether it is for the reader's own pace."""

    @property
    def is_rough(self) -> bool:
        """Whether it is a guess, rather than counted or given."""
        return self.basis in (Basis.PAGES, Basis.KIND)

    @property
    def short(self) -> str:
        """``40 min``, or ``~33 min`` for a guess."""
        return f"{'~' if self.is_rough else ''}{self.value} min"

    @property
    def told(self) -> str:
        """With what it goes by: ``~33 min (by its kind, ±16 %)``."""
        parts = [_BASIS[self.basis], f"±{self.error} %" if self.error else "", "at your pace" if self.own_pace else ""]
        said = ", ".join(filter(None, parts))
        return f"{self.short} ({said})" if said else self.short


_BASIS = {
    Basis.TEXT: "by its words",
    Basis.LIST: "",
    Basis.PAGES: "by its pages",
    Basis.KIND: "by its kind",
}
WORDS_A_MINUTE = {PaperKind.POST: 230, PaperKind.SITE: 230, PaperKind.COURSE: 230}
"""For light text; 150 for everything else."""
STUDY_WORDS_A_MINUTE = 150
PER_MAIN_PAGE, MAIN_PAGE_ERROR = 3.7, 11
PER_PAGE, PAGE_ERROR = 1.94, 34
BY_KIND: dict[str, tuple[int, int | None]] = {
    PaperKind.PAPER: (33, 16),
    PaperKind.POST: (15, 40),
    PaperKind.BOOK: (600, None),
    PaperKind.COURSE: (600, None),
    PaperKind.TALK: (30, None),
    PaperKind.VIDEO: (20, 67),
    PaperKind.PODCAST: (60, None),
    PaperKind.SITE: (10, 39),
    PaperKind.PRIMER: (10, None),
    PaperKind.EXERCISE: (60, None),
}
"""Minutes and median error in percent for works of which nothing else is known.

For papers against the words of 30; for posts, sites and videos the medians of 65, 30 and 32 whose minutes lists give.
"""
CHAPTER = 120
"""For a chapter of a book."""
A_TEXT = 300
"""Words from which a file is the work itself: fewer are an abstract, a scan, or a page that is filled by scripts."""
READ_KINDS = frozenset(
    {PaperKind.PAPER, PaperKind.POST, PaperKind.BOOK, PaperKind.COURSE, PaperKind.SITE, PaperKind.PRIMER}
)
"""Kinds that are read, so that words and the reader's pace count; the others last as long as they last."""


def minutes_of(work: WorkLength, text: TextLength | None = None, pace: float | None = None) -> Minutes:
    """How long a work takes; ``text`` is its own text where it is here, ``pace`` the reader's time against the rule's.

    The text of the whole work says nothing of a portion.
    """
    found = _by_rule(work, None if work.portion else text)
    if pace is None or work.kind not in READ_KINDS:
        return found
    return found.model_copy(update={"value": _whole(found.value * pace), "own_pace": True})


def work_of(entry: Entry) -> WorkLength:
    """What the minutes of an entry depend on."""
    return WorkLength(entry.kind, entry.form, entry.minutes, entry.portion, entry.pages, entry.words)


def words_a_minute(kind: str) -> int:
    """How many words of such a work are read in a minute."""
    return WORDS_A_MINUTE.get(PaperKind(kind), STUDY_WORDS_A_MINUTE)


def _by_rule(work: WorkLength, text: TextLength | None) -> Minutes:
    if text and text.words >= A_TEXT and work.kind in READ_KINDS:
        return Minutes(value=_whole(text.words / words_a_minute(work.kind)), basis=Basis.TEXT)
    if work.minutes:
        return Minutes(value=work.minutes, basis=Basis.LIST)
    if work.words and not work.portion:
        return Minutes(value=_whole(work.words / words_a_minute(work.kind)), basis=Basis.TEXT)
    if work.pages and not work.portion:
        return Minutes(value=_whole(work.pages * PER_MAIN_PAGE), basis=Basis.PAGES, error=MAIN_PAGE_ERROR)
    if text and text.pages > 1 and not text.words and work.kind == PaperKind.PAPER:
        return Minutes(value=_whole(text.pages * PER_PAGE), basis=Basis.PAGES, error=PAGE_ERROR)
    value, error = BY_KIND[PaperKind(work.kind)]
    if work.form == "book-chapter":
        value, error = CHAPTER, None
    return Minutes(value=value, basis=Basis.KIND, error=None if work.portion else error)


def _whole(minutes: float) -> int:
    return max(1, round(minutes))
