"""Searching in the paper that is open."""

from textual import getters, on
from textual.widgets import Input

from tui.screens.reader.annotate import NoteWriting
from tui.text.finding import find_all, first_after
from tui.text.reflow import TextPosition


class TextSearch(NoteWriting):
    """The part of the reader that finds words in the text, and goes from place to place."""

    find_box = getters.query_one("#find", Input)

    def action_find(self) -> None:
        """Search in this paper."""
        self.find_box.display = True
        self.find_box.focus()

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """Show every place that has what is typed."""
        self.text.show_hits(find_all(self.text.page.texts, event.value))
        self.find_box.border_subtitle = f"{len(self.text.hits)} places" if event.value else ""
        if self.text.hits:
            start = first_after([hit[0] for hit in self.text.hits], self.text.cursor, inclusive=True)
            self.text.go(start or self.text.hits[0][0])

    @on(Input.Submitted, "#find")
    def leave_find(self) -> None:
        """Back to the text, at the place that was found."""
        self.find_box.display = False
        self.text.focus()

    def action_next_hit(self) -> None:
        """To the next place that was found, round the end."""
        starts = [hit[0] for hit in self.text.hits]
        self._to_hit(first_after(starts, self.text.cursor) or (starts[0] if starts else None))

    def action_previous_hit(self) -> None:
        """To the place before, round the start."""
        starts = [hit[0] for hit in self.text.hits]
        before = [start for start in starts if start < self.text.cursor]
        self._to_hit(before[-1] if before else starts[-1] if starts else None)

    def _to_hit(self, position: TextPosition | None) -> None:
        if position is None:
            self.say("Nothing is searched for: / and then words of this paper", "warning")
        else:
            self.text.jump(position)
