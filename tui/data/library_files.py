"""The record and the texts as the screen has them open, each opened when it is first asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.config import Home
    from kb.library.record import Record
    from kb.recall.texts import Texts
    from kb.search.typeahead import TypeAheadSearch


class LibraryFiles:
    """What queries and commands work on; everything is used on the client's own thread."""

    def __init__(self, home: "Home") -> None:
        self.home = home
        self._record: Record | None = None
        self._texts: Texts | None = None
        self._typeahead: TypeAheadSearch | None = None

    def record(self) -> "Record":
        """The record."""
        if self._record is None:
            from kb.library.record import Record

            self._record = Record.open(self.home)
        return self._record

    def texts(self) -> "Texts":
        """The parsed texts."""
        if self._texts is None:
            from kb.recall.texts import Texts

            self._texts = Texts(self.home.texts)
        return self._texts

    def typeahead(self) -> "TypeAheadSearch":
        """Search by words, while the reader types."""
        if self._typeahead is None:
            from kb.search.typeahead import TypeAheadSearch

            self._typeahead = TypeAheadSearch(self.home)
        return self._typeahead

    def close(self) -> None:
        """Let go of what was opened."""
        for opened in (self._record, self._texts, self._typeahead):
            if opened is not None:
                opened.close()
