"""The line above the keys: what just happened, and where the reader is."""

from typing import ClassVar, Literal

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.plain import plain
from tui.widgets.parts import part_style

Severity = Literal["information", "warning", "error"]
SHOWN_FOR = {"information": 6.0, "warning": 10.0, "error": 20.0}
"""Seconds that a notice stays."""


class Notices(Widget):
    """A notice on the left until it has been there long enough; the place on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "notices--information",
        "notices--warning",
        "notices--error",
        "notices--place",
    }

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
        style = part_style(self, f"notices--{self.severity}")
        line = Text(f" {plain(self.notice)}", style, no_wrap=True, end="")
        line.truncate(max(0, self.size.width - len(place) - 2), overflow="ellipsis", pad=True)
        line.append(f" {place} ", part_style(self, "notices--place"))
        return line
