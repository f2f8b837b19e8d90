"""What a reading summary holds, gathered from the library and ready to be laid out; also the shape of its JSON."""

from typing import Literal

from kb.models.anchor import AnchorState
from kb.models.base import Value
from kb.models.note import LinkKind, Note
from kb.models.paper import Paper

SUMMARY_SCHEMA = "insideview/summary/1"
"""Changes when a program that reads the JSON would have to change."""


class Quote(Value):
    """A passage of a paper that a note rests on, and where it stands."""

    text: str
    section: str = ""
    page: int | None = None
    state: AnchorState = AnchorState.EXACT
    found: str = ""
    """What stands there now, where it differs."""
    version: str = ""
    """Label of the version that was read, where the paper has several."""


class NotePart(Value):
    """A note in a summary: with its quotes placed, and with what bears on it."""

    note: Note
    headline: str
    quotes: tuple[Quote, ...] = ()
    support: tuple["Support", ...] = ()
    """Notes that were linked to this one as speaking for it, against it, or about it."""

    @property
    def mine(self) -> bool:
        """Whether it is the reader's own assertion, rather than something that the paper says."""
        speaker = getattr(self.note.fields, "asserted_by", "").strip().lower()
        return speaker in {"me", "i", "myself"} or (not speaker and self.note.paper is None)


class Support(Value):
    """One link as seen from the note that it points to."""

    link: LinkKind
    strength: float
    doubt: str = ""
    part: NotePart
    paper: str = ""
    """Title of the other paper, where the note was made on another one."""
    told_above: bool = False
    """Whether the note was already given in full under another one."""


class PaperPart(Value):
    """One paper in a summary with all that was noted on it, each kind in the order of the paper's pages."""

    paper: Paper
    versions: tuple[str, ...] = ()
    """Labels of the versions in the library, newest first."""
    summaries: tuple[NotePart, ...] = ()
    claims: tuple[NotePart, ...] = ()
    """What the paper, or somebody in it, asserts."""
    methods: tuple[NotePart, ...] = ()
    evidence: tuple[NotePart, ...] = ()
    """Observations that are not given under a claim."""
    positions: tuple[NotePart, ...] = ()
    """The reader's own claims."""
    lessons: tuple[NotePart, ...] = ()
    questions: tuple[NotePart, ...] = ()
    ideas: tuple[NotePart, ...] = ()
    terms: tuple[NotePart, ...] = ()
    highlights: tuple[NotePart, ...] = ()
    bibtex: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was noted."""
        return not any(getattr(self, name) for name in PART_NAMES)


PART_NAMES = (
    "summaries",
    "claims",
    "methods",
    "evidence",
    "positions",
    "lessons",
    "questions",
    "ideas",
    "terms",
    "highlights",
)
"""The fields of a :class:`PaperPart` that hold notes."""


class Waiting(Value):
    """Something on the list that has no notes yet."""

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    level: str = ""
    minutes: int | None = None
    url: str = ""


class Summary(Value):
    """A reading summary of one paper, a list or a week of it, or an agenda."""

    schema_id: str = SUMMARY_SCHEMA
    about: Literal["paper", "list", "agenda"]
    id: str
    """Id of the paper, list or agenda."""
    week: int | None = None
    title: str
    papers: tuple[PaperPart, ...] = ()
    thoughts: PaperPart | None = None
    waiting: tuple[Waiting, ...] = ()
    bibtex: str = ""
    """All papers of the summary, in one bibliography."""
    notice: str = ""
    """What the reader of the summary should know about how it was made."""
