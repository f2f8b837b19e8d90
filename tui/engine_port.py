"""What the screen needs from the engine, so that tests can stand in for the other process."""

from collections.abc import Callable
from typing import Any, Protocol


class EngineReply(Protocol):
    """One answer: partial while ``final`` is false; ``error`` says what went wrong, in words."""

    @property
    def id(self) -> int:
        """The request that this answers."""

    @property
    def kind(self) -> str:
        """What was asked: ``search``, ``index`` or ``layout``."""

    @property
    def payload(self) -> dict[str, Any]:
        """The answer, as plain data."""

    @property
    def error(self) -> Any:
        """What went wrong, or nothing."""

    @property
    def final(self) -> bool:
        """Whether this is the last reply to the request."""


class Engine(Protocol):
    """Slow work in another process. Replies come on another thread."""

    def start(self, on_reply: Callable[[Any], None]) -> None:
        """Begin to take requests; must be called before the app runs."""

    def submit(self, kind: str, **payload: Any) -> int:
        """Ask for something; returns the request's id at once."""

    def stop(self) -> None:
        """End the other process."""
