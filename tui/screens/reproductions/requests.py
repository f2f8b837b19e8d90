"""What this screen asks of the engine: of each kind only the newest request counts."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.engine_port import EngineReply
    from tui.screens.reproductions.host import ReproductionsHost


class EngineRequests:
    """Knows the newest request of each kind, so that answers to older ones are dropped."""

    def __init__(self, screen: "ReproductionsHost") -> None:
        self._screen = screen
        self._newest: dict[str, int] = {}

    def submit(self, kind: str, **payload: Any) -> int:
        """Ask the engine; 0 where it is not there yet."""
        engine = self._screen.view.engine
        self._newest[kind] = engine.submit(kind, **payload) if engine is not None else 0
        return self._newest[kind]

    def is_awaited(self, reply: "EngineReply") -> bool:
        """Whether a reply belongs to the newest request of its kind."""
        return bool(reply.id) and reply.id == self._newest.get(reply.kind)
