"""What is done with the open paper as a whole: how far it was read, and what leaves the reader of it."""

from typing import TYPE_CHECKING

from tui.commands.clipboard import as_link, as_quotation, open_outside
from tui.commands.notes_and_states import ask_state, export_summary
from tui.commands.passes import ask_pass
from tui.commands.similar import of_quote
from tui.messages import FindSimilar
from tui.screens.reader.host import NO_PAPER_OPEN

if TYPE_CHECKING:
    from tui.data.view_models import SelectedQuote
    from tui.screens.reader.host import ReaderHost


class PaperActions:
    """Passes, states, summaries, quotations and links of the paper that is open."""

    def __init__(self, reader: "ReaderHost") -> None:
        self._reader = reader

    def ask_pass(self) -> None:
        """Ask for a pass over the paper: skim, read or study."""
        if self._reader.opened is None:
            self._reader.say(NO_PAPER_OPEN, "warning")
        else:
            ask_pass(self._reader.view, self._reader.opened.paper)

    def ask_state(self) -> None:
        """Ask how far the reader has come with it."""
        if self._reader.opened is not None:
            paper = self._reader.opened.paper
            ask_state(self._reader.view, (paper.id,), paper.title, paper.state.value)

    def export(self) -> None:
        """Write a summary of it with all its notes."""
        export_summary(self._reader.view, self._reader.opened.paper.id if self._reader.opened else None)

    def find_similar(self, quote: "SelectedQuote | None") -> None:
        """Look for more like a passage of it."""
        if quote is None or self._reader.opened is None:
            self._reader.say("There is no text here to find more like", "warning")
            return
        self._reader.text.select(None)
        self._reader.view.post_message(FindSimilar(of_quote(quote, self._reader.opened.paper.id), "reader"))

    def copy(self, quote: "SelectedQuote | None") -> None:
        """Copy a passage of it with its reference."""
        if quote is not None and self._reader.opened is not None:
            self._reader.view.copy_to_clipboard(as_quotation(quote, self._reader.opened.paper))
            self._reader.text.select(None)
            self._reader.say("Copied with its reference")

    def copy_link(self) -> None:
        """Copy a Markdown link to it."""
        if self._reader.opened is not None:
            self._reader.view.copy_to_clipboard(as_link(self._reader.opened.paper))
            self._reader.say("Copied a link to the paper")

    def open_outside(self) -> None:
        """Open its file in the system's own viewer."""
        version = self._reader.opened.version if self._reader.opened else None
        if version is not None:
            file = self._reader.view.home.paper_file(version.sha256, version.kind.value)
            self._reader.say(open_outside(file))
