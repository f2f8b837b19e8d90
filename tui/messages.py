"""What screens and workers tell one another; payloads are frozen values, so nothing is shared between threads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from kb.errors import KbError
    from tui.data.search_queries import Like
    from tui.engine_port import EngineReply


@dataclass
class OpenPaper(Message):
    """Show this paper in the reader, at a block where one is given; ``back`` is the mode that escape returns to."""

    paper: str
    block: int | None = None
    quote: str = ""
    back: str = "library"
    bears_on: str = ""
    """The claim that it is read for, which notes that are written then bear on unless the reader says otherwise."""


@dataclass
class FindSimilar(Message):
    """Show in the search what is like something; escape then comes back to the place named ``back``."""

    like: "Like"
    back: str


@dataclass
class RecordChanged(Message):
    """Something in the record is not what it was, so screens that show it read it again."""

    what: Literal["notes", "papers", "beliefs"]
    paper: str | None = None
    version: str = ""
    """The version whose text is another now, where one is."""


@dataclass
class Said(Message):
    """Something to tell the reader in one line."""

    text: str
    severity: Literal["information", "warning", "error"] = "information"


@dataclass
class Failed(Message):
    """Something did not work; it is shown with its reason and the next step."""

    error: "KbError"


@dataclass
class Answered(Message):
    """A reply of the engine, brought over from its thread; screens drop the ones they no longer wait for."""

    reply: "EngineReply"
