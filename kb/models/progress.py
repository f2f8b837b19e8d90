"""Slow work reports itself in these: the command line prints them, the engine forwards them, tests list them."""

from typing import Literal

from kb.errors import KbError
from kb.models.base import Value


class Failure(Value):
    """Why one item of a batch failed, in the shape that ``--json`` prints."""

    source: str
    code: int
    message: str
    next: str = ""

    @classmethod
    def of(cls, source: str, error: KbError) -> "Failure":
        """The failure of one item, from the error that it raised."""
        message = f"{error.what}: {error.why}" if error.why else error.what
        return cls(source=source, code=int(error.code), message=message, next=error.next)


Stage = Literal["find", "download", "check", "parse", "words", "layout", "meaning", "note", "export"]


class Progress(Value):
    """One small step done. ``done`` of ``total`` counts the stage's own unit: bytes, pages, passages or items."""

    what: Literal["start", "step", "done", "skipped", "failed"]
    stage: Stage
    source: str = ""
    """What the reader asked for: a path, an id, a URL."""
    paper: str = ""
    title: str = ""
    version: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    failure: Failure | None = None
