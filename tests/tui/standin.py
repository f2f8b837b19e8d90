"""An engine in the same process, for tests that are about the screen and not about the engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """A reply as the screen takes it."""

    id: int
    kind: str
    payload: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    final: bool = True


class StandIn:
    """Keeps what it is asked; the test says when and what is answered."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, str, dict[str, Any]]] = []
        self.stopped = False
        self._on_reply: Callable[[Any], None] | None = None

    def start(self, on_reply: Callable[[Any], None]) -> None:
        """Take requests from now on."""
        self._on_reply = on_reply

    def submit(self, kind: str, **payload: Any) -> int:
        """Keep a request."""
        self.asked.append((len(self.asked) + 1, kind, payload))
        return len(self.asked)

    def stop(self) -> None:
        """Say that it was ended."""
        self.stopped = True

    def answer(self, reply: Answer) -> None:
        """Send a reply to the screen."""
        assert self._on_reply is not None, "the screen has not started the engine"
        self._on_reply(reply)
