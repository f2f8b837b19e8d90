"""One home with everything that works on it, each part opened when it is first needed."""

from collections.abc import Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from kb.config import Home
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.outbox import Outbox
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.library.record import Record

if TYPE_CHECKING:
    from kb.reading.parser import ParserChild
    from kb.recall.embed import Embedder
    from kb.recall.texts import Texts


class Workspace:
    """What a command, the engine or a test works with; close it when done."""

    def __init__(self, home: Home, *, embedder: "Embedder | None" = None, ocr: bool = False) -> None:
        """``ocr``: pictures of text are recognised, where Tesseract is installed."""
        self.home = home
        self._ocr = ocr
        if embedder is not None:
            self.embedder = embedder

    @cached_property
    def record(self) -> Record:
        """The record."""
        return Record.open(self.home)

    @cached_property
    def papers(self) -> Papers:
        """The papers and their versions."""
        return Papers(self.record)

    @cached_property
    def notes(self) -> Notes:
        """The reader's notes."""
        return Notes(self.record)

    @cached_property
    def links(self) -> Links:
        """Links between notes."""
        return Links(self.record)

    @cached_property
    def reading_lists(self) -> ReadingLists:
        """The reading lists."""
        return ReadingLists(self.record)

    @cached_property
    def outbox(self) -> Outbox:
        """What the index of meaning has still to take in."""
        return Outbox(self.record)

    @cached_property
    def texts(self) -> "Texts":
        """Parsed texts with their full-text index."""
        from kb.recall.texts import Texts

        return Texts(self.home.texts)

    @cached_property
    def embedder(self) -> "Embedder":
        """The embedding model."""
        from kb.recall.embed import load_embedder

        return load_embedder(self.home.settings, self.home)

    @cached_property
    def parser(self) -> "ParserChild":
        """The limited child process that opens PDFs."""
        from kb.reading.parser import ParserChild

        return ParserChild(scratch=self.home.derived / "layout", ocr=self._ocr)

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Where the model's tokens stand in a text; what passages are measured with."""
        return self.embedder.spans(text)

    def close(self) -> None:
        """Let go of everything that was opened."""
        for name in ("parser", "texts", "record"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    def __enter__(self) -> "Workspace":
        """The workspace itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close on the way out."""
        self.close()
