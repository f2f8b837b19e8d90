"""Showing what went wrong: what happened, why, and what to do now."""

from typing import TYPE_CHECKING

from tui.text.plain import plain

if TYPE_CHECKING:
    from kb.errors import KbError
    from tui.app import InsideView

SHOWN_FOR = 15.0
"""Seconds that a failure stays on the screen; meanwhile the same one is not shown again."""


def show(app: "InsideView", error: "KbError") -> None:
    """A box in the corner; the text in it is shown as it is."""
    told = "\n".join(filter(None, [error.why, f"Next: {error.next}" if error.next else ""]))
    if error.what in app.failures_shown:
        return
    app.failures_shown.add(error.what)
    app.set_timer(SHOWN_FOR, lambda: app.failures_shown.discard(error.what))
    title, text = (error.what, told) if told else ("", error.what)
    app.notify(safe(text), title=plain(title), severity="error", timeout=SHOWN_FOR, markup=False)


def safe(text: str) -> str:
    """The text with its own line breaks, and nothing else that a terminal would obey."""
    return "\n".join(plain(line) for line in text.split("\n"))
