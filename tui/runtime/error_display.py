"""Showing what went wrong: what happened, why, and what to do now."""

from typing import TYPE_CHECKING, Any

from tui.text.plain import plain

if TYPE_CHECKING:
    from textual.app import App

    from kb.errors import KbError

SHOWN_FOR = 15.0
"""Seconds that a failure stays on the screen; meanwhile the same one is not shown again."""


class ErrorDisplay:
    """A box in the corner for each failure; the text in it is shown as it is."""

    def __init__(self, app: "App[Any]") -> None:
        self._app = app
        self._shown: set[str] = set()

    def show(self, error: "KbError") -> None:
        """Show a failure, unless the same one is shown already."""
        if error.what in self._shown:
            return
        self._shown.add(error.what)
        self._app.set_timer(SHOWN_FOR, lambda: self._shown.discard(error.what))
        reason = "\n".join(filter(None, [error.why, f"Next: {error.next}" if error.next else ""]))
        title, text = (error.what, reason) if reason else ("", error.what)
        self._app.notify(safe(text), title=plain(title), severity="error", timeout=SHOWN_FOR, markup=False)


def safe(text: str) -> str:
    """The text with its own line breaks, and nothing else that a terminal would obey."""
    return "\n".join(plain(line) for line in text.split("\n"))
