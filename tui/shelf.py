"""The screen's one way to the record and the texts: every call runs on one thread of its own, never on the screen's."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kb.config import Home
    from kb.insight.at_once import AtOnce
    from kb.insight.desk import Insight
    from kb.library.anchor_report import Placed
    from kb.library.candidates import Candidate
    from kb.library.record import Record
    from kb.models.note import Note, NoteContent
    from kb.models.reading import Bookmark, Ranges
    from kb.recall.texts import Texts
    from tui.rows import NoteRow, OpenedPaper, Overview, Quote

Result = TypeVar("Result")


class Shelf:
    """The library, asked from coroutines. Heavy imports happen at the first question, on the shelf's own thread."""

    def __init__(self, home: "Home") -> None:
        self.home = home
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="shelf")
        self._record: Record | None = None
        self._texts: Texts | None = None
        self._at_once: AtOnce | None = None

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
        from tui.overview import overview

        return await self._read(lambda: overview(self))

    async def open_paper(self, paper: str) -> "OpenedPaper":
        """A paper's text and notes; raises NotFoundError."""
        from tui import reads

        return await self._read(lambda: reads.open_paper(self, paper))

    async def notes_of(self, paper: str) -> "tuple[Note, ...]":
        """The notes of a paper, in no particular order."""
        from tui import reads

        return await self._read(lambda: reads.notes_of(self, paper))

    async def all_notes(self) -> "tuple[NoteRow, ...]":
        """Every note with its paper's title, newest first."""
        from tui import note_reads

        return await self._read(lambda: note_reads.all_notes(self))

    async def insight(self, question: "Callable[[Insight], Result]") -> Result:
        """Anything that is asked of agendas, credences, evidence and notes, or changed in them."""

        def asked() -> Result:
            from kb.insight.desk import Insight

            return question(Insight(self.home, self.record()))

        return await self._ask(asked)

    async def troubled_quotes(self) -> "tuple[Placed, ...]":
        """Quotes that are not found as they were."""
        from kb.library.anchor_report import AnchorReport

        return await self._read(lambda: AnchorReport(self.record()).placed())

    async def places_of(self, quote: "Placed") -> "tuple[Candidate, ...]":
        """Where a quote may stand in the text that is there now, the likeliest place first."""
        from tui import note_reads

        return await self._read(lambda: note_reads.places_of(self, quote))

    async def ask(self, question: "Callable[[Shelf], Result]") -> Result:
        """Anything that has no name of its own here; the question is asked on the shelf's thread."""
        return await self._ask(lambda: question(self))

    def at_once(self) -> "AtOnce":
        """Search by words; only to be called on the shelf's thread."""
        if self._at_once is None:
            from kb.insight.at_once import AtOnce

            self._at_once = AtOnce(self.home)
        return self._at_once

    async def agendas(self) -> tuple[str, ...]:
        """Everything that a note can bear on, to complete from."""
        from tui import note_reads

        return await self._read(lambda: note_reads.names(self))

    async def concepts(self) -> tuple[str, ...]:
        """Every concept, to complete from."""
        from tui import note_reads

        return await self._read(lambda: note_reads.concepts(self))

    async def save_note(self, content: "NoteContent", quote: "Quote | None", note: str | None = None) -> "Note":
        """Write a note, or a new revision of one; the quote becomes its anchor."""
        from tui import writes

        return await self._ask(lambda: writes.save_note(self, content, quote, note))

    async def trash_note(self, note: str) -> "Note":
        """Put a note into the trash."""
        from tui import writes

        return await self._ask(lambda: writes.trash_note(self, note))

    async def undo(self) -> tuple[str | None, str]:
        """Undo the last change to any note: the paper that it belongs to, and what was undone."""
        from tui import writes

        return await self._ask(lambda: writes.undo(self))

    async def set_state(self, paper: str, state: str) -> str:
        """Say how far the reader has come; returns the paper's title."""
        from tui import writes

        return await self._ask(lambda: writes.set_state(self, paper, state))

    async def keep_reading(self, paper: str, block: int, ranges: "Ranges", seconds: int) -> None:
        """Keep where the reader stopped, what they went over, and how long it took."""
        from tui import writes

        await self._ask(lambda: writes.keep_reading(self, paper, block, ranges, seconds))

    async def tally(self) -> tuple[dict[str, int], int]:
        """How many notes of each kind there are, and how many credences were given."""
        from tui.overview import tally

        return await self._read(lambda: tally(self))

    def keep_at_the_end(self, paper: str, block: int, ranges: "Ranges", seconds: int) -> None:
        """The same when the application ends, and nobody can wait: ``settle`` does."""
        from tui import writes

        self._thread.submit(lambda: writes.keep_reading(self, paper, block, ranges, seconds))

    async def toggle_bookmark(self, paper: str, block: int, words: str, page: int) -> "tuple[Bookmark, ...]":
        """Put a bookmark at a block, or take it away; returns those that there are now."""
        from tui import writes

        return await self._ask(lambda: writes.toggle_bookmark(self, paper, block, words, page))

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
