"""The screen's one way to the record and the texts: every call runs on one thread of its own, never on the screen's."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kb.config import Home
    from kb.insight.insight import Insight
    from kb.library.anchor_report import PlacedQuote
    from kb.library.quote_candidates import QuoteCandidate
    from kb.library.record import Record
    from kb.models.note import Note, NoteContent
    from kb.models.reading import Bookmark, Ranges
    from kb.recall.texts import Texts
    from kb.search.typeahead import TypeAheadSearch
    from tui.data.view_models import NoteListRow, OpenedPaper, Overview, SelectedQuote

Result = TypeVar("Result")


class LibraryClient:
    """The library, asked from coroutines. Heavy imports happen at the first question, on the shelf's own thread."""

    def __init__(self, home: "Home") -> None:
        self.home = home
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="shelf")
        self._record: Record | None = None
        self._texts: Texts | None = None
        self._at_once: TypeAheadSearch | None = None

    async def _ask(self, question: Callable[[], Result]) -> Result:
        """What was asked is done, also where the reader leaves before its turn comes: it may be a note to be saved."""
        asked = self._thread.submit(question)
        try:
            return await asyncio.wrap_future(asked)
        except asyncio.CancelledError:
            if asked.cancelled():
                self._thread.submit(question)
            raise

    async def _read(self, question: Callable[[], Result]) -> Result:
        """Nobody needs the answer any more where the reader leaves before its turn comes."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    def record(self) -> "Record":
        """The open record; only to be called on the shelf's thread."""
        if self._record is None:
            from kb.library.record import Record

            self._record = Record.open(self.home)
        return self._record

    def texts(self) -> "Texts":
        """The open texts; only to be called on the shelf's thread."""
        if self._texts is None:
            from kb.recall.texts import Texts

            self._texts = Texts(self.home.texts)
        return self._texts

    async def overview(self) -> "Overview":
        """Lists and papers with their states."""
        from tui.data.library_overview import overview

        return await self._read(lambda: overview(self))

    async def open_paper(self, paper: str) -> "OpenedPaper":
        """A paper's text and notes; raises NotFoundError."""
        from tui.data import paper_queries

        return await self._read(lambda: paper_queries.open_paper(self, paper))

    async def notes_of(self, paper: str) -> "tuple[Note, ...]":
        """The notes of a paper, in no particular order."""
        from tui.data import paper_queries

        return await self._read(lambda: paper_queries.notes_of(self, paper))

    async def all_notes(self) -> "tuple[NoteListRow, ...]":
        """Every note with its paper's title, newest first."""
        from tui.data import note_queries

        return await self._read(lambda: note_queries.all_notes(self))

    async def insight(self, question: "Callable[[Insight], Result]") -> Result:
        """Anything that is asked of agendas, credences, evidence and notes, or changed in them."""

        def asked() -> Result:
            from kb.insight.insight import Insight

            return question(Insight(self.home, self.record()))

        return await self._ask(asked)

    async def troubled_quotes(self) -> "tuple[PlacedQuote, ...]":
        """Quotes that are not found as they were."""
        from kb.library.anchor_report import AnchorReport

        return await self._read(lambda: AnchorReport(self.record()).placed())

    async def places_of(self, quote: "PlacedQuote") -> "tuple[QuoteCandidate, ...]":
        """Where a quote may stand in the text that is there now, the likeliest place first."""
        from tui.data import note_queries

        return await self._read(lambda: note_queries.places_of(self, quote))

    async def ask(self, question: "Callable[[LibraryClient], Result]") -> Result:
        """Anything that has no name of its own here; the question is asked on the shelf's thread."""
        return await self._ask(lambda: question(self))

    def at_once(self) -> "TypeAheadSearch":
        """Search by words; only to be called on the shelf's thread."""
        if self._at_once is None:
            from kb.search.typeahead import TypeAheadSearch

            self._at_once = TypeAheadSearch(self.home)
        return self._at_once

    async def agendas(self) -> tuple[str, ...]:
        """Everything that a note can bear on, to complete from."""
        from tui.data import note_queries

        return await self._read(lambda: note_queries.names(self))

    async def concepts(self) -> tuple[str, ...]:
        """Every concept, to complete from."""
        from tui.data import note_queries

        return await self._read(lambda: note_queries.concepts(self))

    async def save_note(self, content: "NoteContent", quote: "SelectedQuote | None", note: str | None = None) -> "Note":
        """Write a note, or a new revision of one; the quote becomes its anchor."""
        from tui.data import commands

        return await self._ask(lambda: commands.save_note(self, content, quote, note))

    async def trash_note(self, note: str) -> "Note":
        """Put a note into the trash."""
        from tui.data import commands

        return await self._ask(lambda: commands.trash_note(self, note))

    async def undo(self) -> tuple[str | None, str]:
        """Undo the last change to any note: the paper that it belongs to, and what was undone."""
        from tui.data import commands

        return await self._ask(lambda: commands.undo(self))

    async def set_state(self, paper: str, state: str) -> str:
        """Say how far the reader has come; returns the paper's title."""
        from tui.data import commands

        return await self._ask(lambda: commands.set_state(self, paper, state))

    async def keep_reading(self, paper: str, block: int, ranges: "Ranges", seconds: int) -> None:
        """Keep where the reader stopped, what they went over, and how long it took."""
        from tui.data import commands

        await self._ask(lambda: commands.keep_reading(self, paper, block, ranges, seconds))

    async def tally(self) -> tuple[dict[str, int], int]:
        """How many notes of each kind there are, and how many credences were given."""
        from tui.data.library_overview import tally

        return await self._read(lambda: tally(self))

    def keep_at_the_end(self, paper: str, block: int, ranges: "Ranges", seconds: int) -> None:
        """The same when the application ends, and nobody can wait: ``settle`` does."""
        from tui.data import commands

        self._thread.submit(lambda: commands.keep_reading(self, paper, block, ranges, seconds))

    async def toggle_bookmark(self, paper: str, block: int, words: str, page: int) -> "tuple[Bookmark, ...]":
        """Put a bookmark at a block, or take it away; returns those that there are now."""
        from tui.data import commands

        return await self._ask(lambda: commands.toggle_bookmark(self, paper, block, words, page))

    def settle(self) -> None:
        """Finish what was asked, the last writes above all, and let go of the files."""
        self._thread.submit(self._let_go)
        self._thread.shutdown(wait=True)

    def _let_go(self) -> None:
        if self._record is not None:
            self._record.close()
        if self._texts is not None:
            self._texts.close()
        if self._at_once is not None:
            self._at_once.close()
