"""Quotes that are not found as they were: what was quoted beside what stands there now, and what to do about it."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import bindings
from tui.data import note_queries
from tui.dialogs.breakpoints import BREAKPOINTS
from tui.messages import OpenPaper, RecordChanged
from tui.widgets.key_line import KeyLine
from tui.widgets.line_view import LineView
from tui.widgets.quotes import PlaceList, QuoteList

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.insight.insight import Insight
    from kb.library.anchor_report import PlacedQuote
    from kb.models.note import Note, NoteContent
    from tui.host import Host


class AnchorRepair(ModalScreen[None]):
    """The quotes on the left; on the right the one under the cursor, and where it may stand."""

    CSS_PATH = "../styles/anchors.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("quotes")]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    quotes = getters.query_one(QuoteList)
    places = getters.query_one(PlaceList)
    told = getters.query_one("#repair-title", Static)

    def __init__(self, view: "Host", quotes: "tuple[PlacedQuote, ...]") -> None:
        super().__init__()
        self._view = view
        self._start = quotes

    def compose(self) -> ComposeResult:
        """Title, quotes, places, keys."""
        with Vertical(id="repair"):
            yield Static("", id="repair-title", markup=False)
            with Horizontal(id="repair-body"):
                yield QuoteList(id="repair-quotes")
                yield PlaceList(id="repair-places")
            yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the most pressing one."""
        self.quotes.focus()
        self._show(self._start)

    def _show(self, quotes: "tuple[PlacedQuote, ...]") -> None:
        count = f"{len(quotes)} quote{'s' * (len(quotes) != 1)} to check" if quotes else "No quote is left to check"
        self.told.update(f"{count}    escape closes")
        self.quotes.fill(quotes)
        if not quotes:
            self.places.fill(None, ())

    @on(LineView.Moved, "#repair-quotes")
    def look_up(self) -> None:
        """Where the quote under the cursor may stand."""
        if (quote := self.quotes.chosen) is not None:
            self._view.run_in_background(partial(self._look_up, quote), "places", latest=True)

    async def _look_up(self, quote: "PlacedQuote") -> None:
        places = await self._view.library.read(note_queries.places_of, quote)
        if self.is_mounted and self.quotes.chosen == quote:
            self.places.fill(quote, places)

    @on(LineView.Chosen, "#repair-quotes")
    @on(LineView.Chosen, "#repair-places")
    def take(self) -> None:
        """Take the words of the place under the cursor for the quote."""
        from kb.library.quote_repair import with_quote

        quote, place = self.quotes.chosen, self.places.chosen
        if quote is not None and place is not None:
            self._save(quote, lambda note: with_quote(note, quote.position, place.anchor), "The quote is mended")

    def action_keep(self) -> None:
        """Leave the quote as it is, and ask no more."""
        from kb.library.quote_repair import with_quote_kept

        if (quote := self.quotes.chosen) is not None:
            self._save(quote, lambda note: with_quote_kept(note, quote.position), "The quote stays as it is")

    def _save(self, quote: "PlacedQuote", change: "Callable[[Note], NoteContent]", said: str) -> None:
        self._view.run_in_background(partial(self._written, quote, change, said), "write")

    async def _written(self, quote: "PlacedQuote", change: "Callable[[Note], NoteContent]", said: str) -> None:
        from kb.library.notes import Notes

        def write(maps: "Insight") -> None:
            notes = Notes(maps.record)
            notes.edit(quote.note, change(notes.get(quote.note)))

        await self._view.library.insight(write)
        self._view.say(f"{said}; u takes it back")
        self._view.post_message(RecordChanged("notes", quote.paper))
        left = await self._view.library.read(note_queries.troubled_quotes)
        if self.is_mounted:
            self._show(left)

    async def action_open(self) -> None:
        """Open the paper at the place under the cursor."""
        quote, place = self.quotes.chosen, self.places.chosen
        if quote is not None and quote.paper is not None:
            anchor = place.anchor if place else quote.anchor
            self.dismiss(None)
            self._view.post_message(OpenPaper(quote.paper, anchor.first_block or 0, anchor.quote, back="notes"))

    def action_next_pane(self) -> None:
        """From the quotes to the places and back."""
        (self.places if self.quotes.has_focus else self.quotes).focus()

    def action_close(self) -> None:
        """Back to where the reader came from."""
        self.dismiss(None)


async def repair_quotes(view: "Host") -> None:
    """Open the screen, or say that there is nothing to mend."""
    found = await view.library.read(note_queries.troubled_quotes)
    if found:
        view.push_screen(AnchorRepair(view, found))
    else:
        view.say("Every quote is found where it was")
