"""What the engine says of its own accord, and what its work means for the screens."""

from functools import partial
from typing import TYPE_CHECKING, Any

from tui.messages import Answered, RecordChanged, Said

if TYPE_CHECKING:
    from tui.engine_port import Engine, EngineReply
    from tui.host import Host

ANSWERED_IN_PLACE = {"search", "like", "sides", "saved"}
"""Questions whose answers, and failures, are shown by the screen that asked."""
BRINGS_PAPERS = {"add", "fetch", "repair"}
STAGES = {"download": "fetching", "parse": "reading", "layout": "reading the layout", "meaning": "learning meaning"}


class EngineStatus:
    """Turns replies into one short line at the top, and into changes that screens take up."""

    def __init__(self, app: "Host") -> None:
        self._app = app
        self.is_ready = False
        """Whether searches by meaning are answered at once."""
        self.line = ""
        self.is_gone = False
        """Whether the engine has ended, so that nothing will be answered."""
        self._is_begun = False

    def start(self, engine: "Engine") -> None:
        """Start the engine, once; its replies come on its own thread and go on as messages."""
        if not self._is_begun:
            self._is_begun = True
            self._tell("")
            self._app.run_worker(partial(engine.start, self._replied), thread=True, group="engine")

    def _replied(self, reply: "EngineReply") -> None:
        self._app.post_message(Answered(reply))

    def take(self, reply: "EngineReply") -> None:
        """Called for every reply, on the screen's own thread."""
        if reply.kind == "warm" and reply.payload.get("ready"):
            self.is_ready = True
            self._tell("")
        elif reply.kind == "sync":
            if reply.payload.get("changed"):
                self._app.post_message(RecordChanged("papers"))
        elif reply.kind == "engine":
            self.is_gone = True
            self._tell("words only")
            self._app.post_message(Said(str(reply.error), "error"))
        elif reply.error and reply.kind not in ANSWERED_IN_PLACE:
            self._tell("")
            self._app.post_message(Said(str(reply.error), "error"))
        elif reply.kind == "export" and reply.payload:
            self._app.post_message(Said(f"Summary {reply.payload['outcome']}: {reply.payload['path']}"))
        elif reply.kind not in ANSWERED_IN_PLACE:
            self._progress(reply)

    def _progress(self, reply: "EngineReply") -> None:
        event: dict[str, Any] = reply.payload
        if reply.final:
            self._tell("")
        elif event.get("what") == "failed" and event.get("failure"):
            failure = event["failure"]
            self._app.post_message(Said(". ".join(filter(None, [failure["message"], failure.get("next")])), "error"))
        elif event.get("what") in ("done", "skipped") and reply.kind in BRINGS_PAPERS | {"layout"}:
            self._app.post_message(RecordChanged("papers", event.get("paper") or None, event.get("version", "")))
        elif event.get("what") in ("start", "step"):
            total = event.get("total") or 0
            share = f" {100 * (event.get('done') or 0) // total} %" if total else ""
            self._tell(f"{STAGES.get(str(event.get('stage')), 'working')}{share}")

    def _tell(self, line: str) -> None:
        self.line = line or ("" if self.is_ready or not self._is_begun else "getting search ready…")
        for place in self._app.places:
            place.show_engine_status(self.line)
