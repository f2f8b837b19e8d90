"""What the engine says of its own accord, and what its work means for the screens."""

from typing import TYPE_CHECKING, Any

from tui.messages import RecordChanged, Said

if TYPE_CHECKING:
    from tui.app import InsideView
    from tui.engine_port import EngineReply

ANSWERED_IN_PLACE = {"search", "like", "sides", "saved"}
"""Questions whose answers, and failures, are shown by the screen that asked."""
BRINGS_PAPERS = {"add", "fetch", "repair"}
STAGES = {"download": "fetching", "parse": "reading", "layout": "reading the layout", "meaning": "learning meaning"}


class EngineStatus:
    """Turns replies into one short line at the top, and into changes that screens take up."""

    def __init__(self, app: "InsideView") -> None:
        self._app = app
        self.is_ready = False
        """Whether searches by meaning are answered at once."""
        self.line = ""
        self.is_gone = False
        """Whether the engine has ended, so that nothing will be answered."""
        self._is_begun = False

    def begin(self) -> None:
        """The engine is being started."""
        self._is_begun = True
        self._tell("")

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
            place.bar.news = self.line
