"""The line above the keys: what just happened, and where the reader is."""

from typing import Literal

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.render.colors import color
from tui.text.plain import plain

Severity = Literal["information", "warning", "error"]
SHOWN_FOR = {"information": 6.0, "warning": 10.0, "error": 20.0}
"""Seconds that a notice stays."""
COLOR_OF = {"information": "plain", "warning": "match", "error": "error"}


class Notices(Widget):
    """A notice on the left until it has been there long enough; the place on the right."""

    notice: reactive[str] = reactive("")
    place: reactive[str] = reactive("")
    severity: reactive[Severity] = reactive("information")

    def say(self, text: str, severity: Severity = "information") -> None:
        """Show a notice; the newest one stands."""
        self.severity = severity
        self.notice = text
        self.set_timer(SHOWN_FOR[severity], lambda: self._clear(text))

    def _clear(self, text: str) -> None:
        if self.notice == text:
            self.notice = ""

    def render(self) -> Text:
        """One line."""
        place = plain(self.place)
        if self.notice and len(self.notice) + len(place) + 4 > self.size.width:
            place = place.partition(" · ")[2] or place  # the section gives way to what just happened
        style = color(self.app, COLOR_OF[self.severity])
        line = Text(f" {plain(self.notice)}", style, no_wrap=True, end="")
        line.truncate(max(0, self.size.width - len(place) - 2), overflow="ellipsis", pad=True)
        line.append(f" {place} ", color(self.app, "dim"))
        return line
