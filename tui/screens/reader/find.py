"""Finding words in the paper that is open, and going from one place that has them to the next."""

from typing import TYPE_CHECKING

from tui.text.finding import find_all, first_after

if TYPE_CHECKING:
    from tui.screens.reader.host import ReaderHost
    from tui.text.reflow import TextPosition


class TextFind:
    """The search box of the reader. What was found is kept by the text, which shows it."""

    def __init__(self, reader: "ReaderHost") -> None:
        self._reader = reader

    @property
    def has_focus(self) -> bool:
        """Whether words are being typed."""
        return self._reader.find_box.has_focus

    def open(self) -> None:
        """Take words."""
        self._reader.find_box.display = True
        self._reader.find_box.focus()

    def close(self) -> None:
        """Back to the text, at the place that was found."""
        self._reader.find_box.display = False
        self._reader.text.focus()

    def cancel(self) -> None:
        """Back to the text, with nothing searched for."""
        self._reader.find_box.value = ""
        self.close()

    def show_hits(self, words: str) -> None:
        """Show every place that has these words, and go to the nearest one behind the cursor."""
        text = self._reader.text
        text.show_hits(find_all(text.page.texts, words))
        self._reader.find_box.border_subtitle = f"{len(text.hits)} places" if words else ""
        if text.hits:
            start = first_after(self._starts, text.cursor, inclusive=True)
            text.go(start or text.hits[0][0])

    def next_hit(self) -> None:
        """To the next place that was found, round the end."""
        starts = self._starts
        self._go_to(first_after(starts, self._reader.text.cursor) or (starts[0] if starts else None))

    def previous_hit(self) -> None:
        """To the place before, round the start."""
        starts = self._starts
        before = [start for start in starts if start < self._reader.text.cursor]
        self._go_to(before[-1] if before else starts[-1] if starts else None)

    @property
    def _starts(self) -> "list[TextPosition]":
        return [start for start, _ in self._reader.text.hits]

    def _go_to(self, position: "TextPosition | None") -> None:
        if position is None:
            self._reader.say("Nothing is searched for: / and then words of this paper", "warning")
        else:
            self._reader.text.jump(position)
