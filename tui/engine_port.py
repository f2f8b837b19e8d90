"""What the screen needs from the engine, so that tests can stand in for the other process."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from kb.config import Home
    from kb.engine.client import EngineClient


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


class LateEngine:
    """The real engine, imported and started only after the first papers are on the screen."""

    def __init__(self, home: "Home") -> None:
        self._home = home
        self._client: EngineClient | None = None

    def start(self, on_reply: Callable[[Any], None]) -> None:
        """Start the other process."""
        from kb.engine.client import EngineClient

        client = EngineClient(self._home)
        client.start(on_reply)
        self._client = client

    def submit(self, kind: str, **payload: Any) -> int:
        """Ask for something; 0, the id that nothing is asked under, while the engine is not there yet."""
        return self._client.submit(kind, **payload) if self._client else 0

    def stop(self) -> None:
        """End the other process, if it was started."""
        if self._client is not None:
            self._client.stop()
