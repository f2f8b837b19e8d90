"""The line at the top: where the reader is, and what is going on beside."""

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.inks import ink
from tui.text.plain import plain

PLACES = (("library", "1", "Library"), ("reader", "2", "Reader"), ("search", "3", "Find"), ("notes", "4", "Notes"))


class TopBar(Widget):
    """The modes with the key of each, the title of what is open, and the engine's news on the right."""

    title: reactive[str] = reactive("")
    news: reactive[str] = reactive("")

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def render(self) -> Text:
        """One line, the title cut to what is left."""
        bar = Text(no_wrap=True, end="")
        for mode, key, label in PLACES:
            bar.append(f" {key} {label} ", ink(self.app, "here" if mode == self._mode else "dim"))
        news = plain(self.news)
        room = self.size.width - bar.cell_len - len(news) - 4
        title = Text(f"  {plain(self.title)}")
        title.truncate(max(0, room), overflow="ellipsis", pad=True)
        bar.append_text(title)
        bar.append(f"  {news} ", ink(self.app, "match"))
        return bar
