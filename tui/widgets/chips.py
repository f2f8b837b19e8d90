"""What the filters of a query were understood as, one chip each; a pressed chip goes away."""

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.render.colors import color
from tui.text.plain import plain

if TYPE_CHECKING:
    from kb.models.search import ReadFilter

CLOSE = " ×"
SPACE = 1


class Chips(Widget):
    """One line of chips; a filter that cannot be is shown with the reason."""

    filters: "reactive[tuple[ReadFilter, ...]]" = reactive(())
    like: reactive[str] = reactive("")
    """What more like it is shown of."""

    class Dropped(Message):
        """The reader wants a filter gone; none for what hits are like."""

        def __init__(self, dropped: "ReadFilter | None") -> None:
            super().__init__()
            self.dropped = dropped

    def watch_filters(self) -> None:
        """No line is spent where there is no chip."""
        self._show_line()

    def watch_like(self) -> None:
        """The same."""
        self._show_line()

    def _show_line(self) -> None:
        if self.is_attached:
            self.screen.set_class(bool(self.filters or self.like), "-chips")

    def render(self) -> Text:
        """Chips from the left, cut where the line ends."""
        line = Text(no_wrap=True, end="", overflow="ellipsis")
        for text, is_wrong in self._texts():
            line.append(" " * SPACE)
            line.append(text, color(self.app, "error" if is_wrong else "chip"))
        return line

    def _texts(self) -> list[tuple[str, bool]]:
        texts = [(f" like {self._short(self.like)}{CLOSE} ", False)] if self.like else []
        return texts + [(f" {self._short(told(each))}{CLOSE} ", bool(each.problem)) for each in self.filters]

    def _short(self, text: str) -> str:
        room = max(20, self.size.width // 2)
        return text if len(text) <= room else f"{text[: room - 1]}…"

    def on_click(self, event: events.Click) -> None:
        """The chip that was pressed."""
        at = 0
        owners: list[ReadFilter | None] = [None] if self.like else []
        for (text, _), owner in zip(self._texts(), [*owners, *self.filters], strict=True):
            at += SPACE + cell_len(text)
            if event.x < at:
                self.post_message(self.Dropped(owner))
                return


def told(each: "ReadFilter") -> str:
    """A filter in a few words."""
    if each.problem:
        return plain(f"{each.name}:{each.value}? {each.problem.partition('. ')[2].partition(';')[0]}".strip())
    no = "not " if each.excludes else ""
    return plain(f"{no}{each.name} {each.reading}")


def without(query: str, dropped: "ReadFilter") -> str:
    """The query without one of its filters."""
    value = re.escape(dropped.value)
    minus = "-" if dropped.excludes else "(?<!-)"
    word = re.compile(rf"{minus}\b{dropped.name}:(?:\"{value}\"?|{value}(?!\S))", re.IGNORECASE)
    return " ".join(word.sub(" ", query, count=1).split())
