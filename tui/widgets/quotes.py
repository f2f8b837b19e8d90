"""Quotes that are not found as they were, and the places where each may stand now."""

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.text.plain import plain
from tui.text.wrap import wrap
from tui.widgets.cells import fit
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.library.anchor_report import PlacedQuote
    from kb.library.quote_candidates import QuoteCandidate

SAID = {
    "moved": "the same words, on another page",
    "changed": "the words there are others now",
    "ambiguous": "the words stand in several places",
    "orphaned": "the words are not there any more",
}
"""What each state means."""


class QuoteList(LineView):
    """Two lines a quote: what is wrong with it, and the note that it belongs to."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.quotes: tuple[PlacedQuote, ...] = ()

    @property
    def row_count(self) -> int:
        """How many quotes need a look."""
        return len(self.quotes)

    @property
    def row_height(self) -> int:
        """State, and note."""
        return 2

    @property
    def chosen(self) -> "PlacedQuote | None":
        """The quote under the cursor."""
        return self.quotes[self.cursor] if self.cursor < len(self.quotes) else None

    def fill(self, quotes: "tuple[PlacedQuote, ...]") -> None:
        """Show these; the cursor stays where it was, which is on the next one after one was mended."""
        self.quotes = quotes
        self.rows_changed()

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """State and page; what the note says."""
        one = self.quotes[row]
        head = f" {one.anchor.state.value}"
        where = f" · p. {one.anchor.page or '?'}"
        return [
            [Segment(head, self.part("match")), Segment(fit(where, width - len(head)), self.part("dim"))],
            [Segment(" " + fit(one.headline, width - 2), self.part("plain"))],
        ]


class PlaceList(LineView):
    """The quote as it was, then each place where it may stand now; the cursor goes from place to place."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._quote: PlacedQuote | None = None
        self._places: tuple[QuoteCandidate, ...] = ()
        self._lines: list[tuple[int, list[tuple[str, str]]]] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @property
    def chosen(self) -> "QuoteCandidate | None":
        """The place under the cursor."""
        at = self._lines[self.cursor][0] if self.cursor < len(self._lines) else 0
        return self._places[at - 1] if 0 < at <= len(self._places) else None

    def fill(self, quote: "PlacedQuote | None", places: "tuple[QuoteCandidate, ...]") -> None:
        """Show a quote and its places."""
        self._quote, self._places = quote, places
        self._make()
        self.rows_changed(0)

    def can_stand_on(self, row: int) -> bool:
        """Only on the first line of a place."""
        return self._lines[row][0] > 0

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """One line."""
        return [[Segment(text, self.part(color)) for text, color in self._lines[row][1]]]

    def _measure(self) -> None:
        if self.size.width != self._width:
            self._make()
        super()._measure()

    def _make(self) -> None:
        self._width = self.size.width
        self._lines = []
        if self._quote is None:
            self._write("", "plain")
            self._write("Every quote is found where it was. Nothing to mend.", "plain")
            return
        anchor = self._quote.anchor
        self._write("", "plain")
        self._write(f"Your quote, p. {anchor.page or '?'}: {SAID.get(anchor.state.value, '')}", "heading")
        self._write(f"…{anchor.prefix}[{anchor.quote}]{anchor.suffix}…", "plain")
        self._write("", "plain")
        told = "Where it may stand now" if self._places else "Nothing in the text is like it: x keeps it as it is"
        self._write(told, "heading")
        for number, place in enumerate(self._places, 1):
            found = place.anchor
            self._lines.append((number, [(f" p. {found.page}", "accent"), (f"  {place.alike:.0f} % alike", "dim")]))
            self._write(f"…{found.prefix}[{found.quote}]{found.suffix}…", "plain")
            self._write("", "plain")

    def _write(self, text: str, color: str) -> None:
        room = max(10, self._width - 3)
        safe = plain(text)
        self._lines += [(0, [(f" {safe[start:end]}", color)]) for start, end in wrap(safe, room, room)]
