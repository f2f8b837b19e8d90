"""What the screen and the engine say to one another: one JSON object a line, over the engine's standard streams."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field

from kb.errors import KbError
from kb.models.base import Value

Kind = Literal[
    "search", "like", "sides", "saved", "index", "layout", "add", "fetch", "crop", "sync", "repair", "warm", "stop",
    "export", "reasons", "reproductions", "reproduction", "reproduce", "sweep", "halt", "attach",
]  # fmt: skip
Steps = Iterator[dict[str, Any]]
"""What a job tells as it goes, one part of its answer after the other."""
UNASKED = 0
"""The id of what the engine says of its own accord, such as the progress of indexing."""


class Request(Value):
    """Something to do. A search goes before everything else."""

    id: int
    kind: Kind
    payload: dict[str, Any] = Field(default_factory=dict)


class EngineError(Value):
    """What went wrong, in the shape of every error: what, why, next."""

    what: str
    why: str = ""
    next: str = ""

    @classmethod
    def of(cls, error: KbError) -> Self:
        """An error as it travels."""
        return cls(what=error.what, why=error.why, next=error.next)

    def __str__(self) -> str:
        """One line for a notice."""
        return ". ".join(part for part in (f"{self.what}: {self.why}" if self.why else self.what, self.next) if part)


class Reply(Value):
    """An answer, or a part of one: the last one to a request is final."""

    id: int
    kind: str
    payload: dict[str, Any] = Field(default_factory=dict)
    error: EngineError | None = None
    final: bool = False
