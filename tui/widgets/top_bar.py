"""The line at the top: where the reader is, and what is going on beside."""

from typing import ClassVar

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.text.plain import plain
from tui.widgets.parts import part_style

PLACES = (("library", "1", "Library"), ("reader", "2", "Reader"), ("search", "3", "Find"))


class TopBar(Widget):
    """The modes with the key of each, the title of what is open, and the engine's news on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--here", "bar--away", "bar--news"}

    title: reactive[str] = reactive("")
    news: reactive[str] = reactive("")

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def render(self) -> Text:
        """One line, the title cut to what is left."""
        bar = Text(no_wrap=True, end="")
        for mode, key, label in PLACES:
            name = "here" if mode == self._mode else "away"
            bar.append(f" {key} {label} ", part_style(self, f"bar--{name}"))
        news = plain(self.news)
        room = self.size.width - bar.cell_len - len(news) - 4
        title = Text(f"  {plain(self.title)}")
        title.truncate(max(0, room), overflow="ellipsis", pad=True)
        bar.append_text(title)
        bar.append(f"  {news} ", part_style(self, "bar--news"))
        return bar
