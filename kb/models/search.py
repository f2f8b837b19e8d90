"""What a search returns: hits over passages and notes, each saying what matched and where."""

from typing import Literal, NamedTuple

from kb.models.base import Value

Matched = Literal["words", "meaning"]
Mode = Literal["hybrid", "words", "meaning"]


class Candidate(NamedTuple):
    """One passage or note with its raw score from one way of searching; higher is better. A search makes hundreds."""

    what: Literal["passage", "note"]
    id: str
    score: float


class ReadFilter(Value):
    """What one filter of a query was understood as."""

    name: str
    value: str
    """As it was written."""
    excludes: bool = False
    reading: str = ""
    """What it stands for, such as the agenda that a tag belongs to."""
    problem: str = ""
    """Why it narrows nothing, and what is nearest to it; empty where it holds."""


class Hit(Value):
    """One answer, ready to be shown."""

    rank: int
    score: float
    what: Literal["passage", "note"]
    paper: str | None
    """Id of the paper."""
    title: str = ""
    section: str = ""
    page: int | None = None
    text: str
    snippet: str = ""
    """A window of the text around the matched words."""
    marks: tuple[tuple[int, int], ...] = ()
    """Character ranges of the matched words in the snippet."""
    note: str | None = None
    """Id of the note."""
    kind: str | None = None
    """Kind of the note."""
    block: int | None = None
    """First block of the passage, so that the reader can land on it."""
    matched: tuple[Matched, ...]
    id: str = ""
    """Id of the passage or the note, by which more like it can be asked for."""
    key: str = ""
    """Citation key of the paper."""
    by: str = ""
    """Whose paper it is, and of which year."""
    agendas: tuple[str, ...] = ()
    """What the note bears on."""
    colour: str = ""
    """The colour of a highlight."""
    headline: str = ""
    """The note in one line."""


class SearchResult(Value):
    """The hits of one query."""

    query: str
    took_ms: float
    hits: tuple[Hit, ...]
    notice: str = ""
    """What the reader should know, such as that meaning is not ready and only words answered."""
    filters: tuple[ReadFilter, ...] = ()
    """What the query's filters were understood as."""


class Sides(Value):
    """Both sides of a claim, each hit shown by the sentence that put it there."""

    claim: str
    supporting: tuple[Hit, ...]
    opposing: tuple[Hit, ...]
    notice: str = "Suggested by their words and by what they are near to; read them before you believe it."
