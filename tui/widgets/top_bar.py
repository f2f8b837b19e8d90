"""The line at the top: where the reader is, and what is going on beside."""

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.render.colors import color
from tui.text.plain import plain

PLACES = (
    ("library", "1", "Library"), ("reader", "2", "Reader"), ("search", "3", "Find"), ("notes", "4", "Notes"),
    ("agendas", "5", "Agendas"), ("reproductions", "6", "Reproductions"), ("review", "7", "Review"),
)  # fmt: skip
ROOM_FOR_NAMES = 100
"""Columns from which every place is named; below, only where the reader is."""


class TopBar(Widget):
    """The modes with the key of each, the title of what is open, and what the engine does on the right."""

    title: reactive[str] = reactive("")
    engine_status: reactive[str] = reactive("")

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def render(self) -> Text:
        """One line, the title cut to what is left."""
        bar = Text(no_wrap=True, end="")
        is_wide = self.size.width >= ROOM_FOR_NAMES
        for mode, key, label in PLACES:
            is_here = mode == self._mode
            bar.append(
                f" {key} {label} " if is_here or is_wide else f" {key} ", color(self.app, "here" if is_here else "dim")
            )
        status = plain(self.engine_status)
        room = self.size.width - bar.cell_len - len(status) - 4
        title = Text(f"  {plain(self.title)}")
        title.truncate(max(0, room), overflow="ellipsis", pad=True)
        bar.append_text(title)
        bar.append(f"  {status} ", color(self.app, "match"))
        return bar
