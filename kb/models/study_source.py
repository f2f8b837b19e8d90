"""What explains an idea, and the work that it comes from: with minutes, and with where title and address were seen."""

import re
from typing import Annotated, Literal

from pydantic import Field

from kb.models.base import Value

Line = Annotated[str, Field(min_length=1, pattern=r"^[^\n]+$")]
Minutes = Annotated[int, Field(ge=1)]

SourceKind = Literal["chapter", "notes", "post", "paper", "video", "exercise", "primer"]

MinutesFrom = Literal["words", "length", "course", "rule", "estimate"]
"""Counted words, the length of a recording, what a course assigns, 33 minutes for a conference paper, or a guess."""

ABSTRACT_PAGE = "https://arxiv.org/abs/"
_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}")

GUESSES: frozenset[str] = frozenset({"rule", "estimate"})
"""Minutes from these are shown as a guess."""


class StudySource(Value):
    """Something that explains an idea: a whole page, or the section of it that does."""

    title: Line
    section: str = ""
    """The part that is meant; empty where it is the whole."""
    url: Line
    """Where it is; ``primer:ID`` for a primer that comes with the program."""
    kind: SourceKind
    minutes: Minutes
    minutes_from: MinutesFrom = "estimate"
    open: bool = True
    """Whether anybody can read it without paying."""
    seen: str = ""
    """Where title and address were seen together."""

    @property
    def primer(self) -> str:
        """The primer's id; empty where it is none."""
        return self.url.removeprefix("primer:") if self.url.startswith("primer:") else ""

    @property
    def cite(self) -> str:
        """The arXiv id where the address is a page of arXiv, else the address."""
        return self.url.removeprefix(ABSTRACT_PAGE)

    @property
    def place(self) -> tuple[str, str]:
        """What makes it the same reading wherever it is named."""
        return self.url, self.section


class CanonicalWork(Value):
    """The work that an idea comes from, or that later work builds on."""

    cite: Line
    """An arXiv id, the id of a list entry, or an address."""
    title: Line
    authors: Annotated[tuple[Line, ...], Field(min_length=1)]
    year: int
    where: str = ""
    """The portion that carries the idea; empty where it is the whole."""
    minutes: Minutes
    minutes_from: MinutesFrom = "rule"
    open: bool = True
    seen: str = ""
    """Where id and title were seen together, for a work that is on no list and among no cited works."""

    @property
    def url(self) -> str:
        """Its address; empty for the id of a list entry, whose address the list has."""
        if _ARXIV.fullmatch(self.cite):
            return f"{ABSTRACT_PAGE}{self.cite}"
        return self.cite if "://" in self.cite else ""


class CheckQuestion(Value):
    """Something to answer, with its answer."""

    question: Line
    answer: Line
