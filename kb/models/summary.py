"""What a reading summary holds, gathered from the library and ready to be laid out; also the shape of its JSON."""

from typing import Literal

from kb.models.anchor import AnchorState
from kb.models.base import Value
from kb.models.credence import Credence
from kb.models.note import LinkKind, Note
from kb.models.paper import Paper

_THE_READER = frozenset({"me", "i", "myself"})


class Quote(Value):
    """A passage of a paper that a note rests on, and where it stands."""

    text: str
    section: str = ""
    page: int | None = None
    state: AnchorState = AnchorState.EXACT
    found: str = ""
    """What stands there now, where it differs."""
    version: str = ""
    """Label of the version that was read, where a newer one is there."""


class NotePart(Value):
    """A note in a summary, with its quotes placed and with what bears on it."""

    note: Note
    headline: str
    quotes: tuple[Quote, ...] = ()
    support: tuple["Support", ...] = ()
    """Notes that were linked to this one: for it, against it, or about it."""
    rests_on: tuple["Support", ...] = ()
    """Notes that this one depends on."""
    credence: Credence | None = None
    """How probable the reader holds it to be now, if they have said so."""

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


class Waiting(Value):
    """An entry of a list on which nothing was noted yet."""

    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    level: str = ""
    minutes: int | None = None
    url: str = ""


class Summary(Value):
    """A reading summary of one paper, of a list or a week of it, or of an agenda."""

    about: Literal["paper", "list", "agenda"]
    id: str
    """Id of the paper, list or agenda."""
    week: int | None = None
    title: str
    credence: Credence | None = None
    """How probable the reader holds it that the agenda would work."""
    papers: tuple[PaperPart, ...] = ()
    thoughts: NoteGroups = NoteGroups()
    """Notes of the reader's own that were made on no paper."""
    waiting: tuple[Waiting, ...] = ()
    bibtex: str = ""
    """All papers of the summary in one bibliography."""
    notice: str = ""
    """What its reader should know about how it was made."""
