"""What a reading summary holds, gathered from the library and ready to be laid out; also the shape of its JSON."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from kb.models.anchor import AnchorState
from kb.models.base import Value
from kb.models.credence import Credence
from kb.models.note import LinkKind, Note
from kb.models.paper import Paper

_THE_READER = frozenset({"me", "i", "myself"})


class SummaryQuote(Value):
    """A passage of a paper that a note rests on, and where it stands."""

    text: str
    section: str = ""
    page: int | None = None
    state: AnchorState = AnchorState.EXACT
    found: str = ""
    """What stands there now, where it differs."""
    version: str = ""
    """Label of the version that was read, where a newer one is there."""


class Picture(Value):
    """A figure or table of a paper that a note refers to, or the plot of a run."""

    name: str
    """What its file is called, without a suffix; no two pictures of a summary share it."""
    label: str
    """``Figure 2``; empty for a plot."""
    caption: str = ""
    page: int | None = None
    png: bytes = Field(default=b"", exclude=True, repr=False)
    """The picture itself, which JSON leaves out; empty where it could not be made."""


class RunPart(Value):
    """A run of a small experiment as a summary tells it."""

    run: str
    reproduction: str
    title: str
    claim: str
    """What the paper claims, as the experiment puts it."""
    verdict: str
    why: str
    effect: str = ""
    """The main number with its interval, and what was claimed."""
    scaled_down: str = ""
    """How it differs from what the paper did."""
    at: datetime
    picture: Picture | None = None


class Move(Value):
    """How the reader's credence in something changed within a period."""

    statement: str
    before: Credence | None = None
    now: Credence


class NotePart(Value):
    """A note in a summary, with its quotes placed and with what bears on it."""

    note: Note
    headline: str
    quotes: tuple[SummaryQuote, ...] = ()
    support: tuple["Support", ...] = ()
    """Notes that were linked to this one: for it, against it, or about it."""
    rests_on: tuple["Support", ...] = ()
    """Notes that this one depends on."""
    credence: Credence | None = None
    """How probable the reader holds it to be now, if they have said so."""
    pictures: tuple[Picture, ...] = ()
    """Figures that it or its quotes refer to; each stands at the first note that does."""

    @property
    def mine(self) -> bool:
        """Whether the reader asserts it, rather than a paper: said so, or made on no paper."""
        speaker = str(getattr(self.note.fields, "asserted_by", "")).strip().lower()
        return speaker in _THE_READER or (not speaker and self.note.paper is None)


class Support(Value):
    """One link, as seen from the note at its other end."""

    link: LinkKind
    strength: float
    doubt: str = ""
    part: NotePart
    paper_title: str = ""
    """Title of the other note's paper, where it is another one."""
    brief: bool = False
    """Whether the other note is given in full somewhere else, so that its headline is enough here."""


class NoteGroups(Value):
    """Notes by what they are for, each group in the order of the paper's pages."""

    summaries: tuple[NotePart, ...] = ()
    claims: tuple[NotePart, ...] = ()
    """What the paper, or somebody in it, asserts."""
    methods: tuple[NotePart, ...] = ()
    evidence: tuple[NotePart, ...] = ()
    """Observations that are not already given under a claim."""
    positions: tuple[NotePart, ...] = ()
    """The reader's own claims."""
    lessons: tuple[NotePart, ...] = ()
    questions: tuple[NotePart, ...] = ()
    ideas: tuple[NotePart, ...] = ()
    terms: tuple[NotePart, ...] = ()
    highlights: tuple[NotePart, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was noted."""
        return not any(getattr(self, name) for name in NoteGroups.model_fields)


class PaperPart(NoteGroups):
    """One paper in a summary, with all that was noted on it."""

    paper: Paper
    versions: tuple[str, ...] = ()
    """Labels of the versions in the library, newest first."""
    bibtex: str = ""
    runs: tuple[RunPart, ...] = ()
    """The newest run of each small experiment that tests it."""


class Waiting(Value):
    """An entry of a list on which nothing was noted yet."""

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    level: str = ""
    minutes: int | None = None
    url: str = ""


class Summary(Value):
    """A reading summary of one paper, of a list or a week of it, of an agenda, or of a period."""

    about: Literal["paper", "list", "agenda", "period"]
    id: str
    """Id of the paper, list or agenda; the first and last day of a period."""
    week: int | None = None
    title: str
    credence: Credence | None = None
    """How probable the reader holds it that the agenda would work."""
    papers: tuple[PaperPart, ...] = ()
    thoughts: NoteGroups = NoteGroups()
    """Notes of the reader's own that were made on no paper."""
    moves: tuple[Move, ...] = ()
    """What the reader came to believe more or less, within a period."""
    runs: tuple[RunPart, ...] = ()
    """Runs that belong to none of the papers."""
    waiting: tuple[Waiting, ...] = ()
    bibtex: str = ""
    """All papers of the summary in one bibliography."""
    notice: str = ""
    """What its reader should know about how it was made."""
