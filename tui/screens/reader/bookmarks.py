"""Bookmarks of the paper that is open: shown in the margin, put and taken away, listed, and gone to."""

from functools import partial
from typing import TYPE_CHECKING

from tui.data import commands
from tui.screens.reader.host import NO_PAPER_OPEN
from tui.text.marks import find_quote
from tui.text.reflow import TextPosition

if TYPE_CHECKING:
    from kb.models.reading import Bookmark
    from tui.screens.reader.host import ReaderHost

WORDS_KEPT = 80
"""Characters by which a bookmark is known again."""


class Bookmarks:
    """The places that the reader marked to come back to."""

    def __init__(self, reader: "ReaderHost") -> None:
        self._reader = reader
        self._bookmarks: tuple[Bookmark, ...] = ()

    def show(self, bookmarks: "tuple[Bookmark, ...]") -> None:
        """Show these in the margin."""
        self._bookmarks = bookmarks
        self._reader.text.show_bookmarks(frozenset(self._position_of(one) for one in bookmarks))

    def _position_of(self, bookmark: "Bookmark") -> TextPosition:
        """Where a bookmark's words stand now."""
        assert self._reader.opened is not None
        row = self._reader.opened.row_of(bookmark.block)
        found = find_quote(bookmark.words, self._reader.text.page.texts, row) if bookmark.words else None
        return found[0] if found else TextPosition(row, 0)

    def toggle(self) -> None:
        """Put a bookmark at the paragraph under the cursor, or take it away."""
        opened, text = self._reader.opened, self._reader.text
        if opened is None or not opened.blocks:
            self._reader.say(NO_PAPER_OPEN, "warning")
            return
        here = next((one for one in self._bookmarks if self._position_of(one).block == text.cursor.block), None)
        block = opened.blocks[text.cursor.block]
        start = text.chosen[0].offset
        index = here.block if here else block.index
        words = here.words if here else block.text[start : start + WORDS_KEPT]
        self._reader.view.run_in_background(partial(self._keep, index, words, block.page), "write")

    async def _keep(self, block: int, words: str, page: int) -> None:
        assert self._reader.opened is not None
        before, paper = len(self._bookmarks), self._reader.opened.paper.id
        self.show(await self._reader.view.library.write(commands.toggle_bookmark, paper, block, words, page))
        is_new = len(self._bookmarks) > before
        self._reader.say("Bookmark put here; ' lists them" if is_new else "Bookmark taken away")

    def pick(self) -> None:
        """List the bookmarks, and go to the one that is chosen."""
        from tui.dialogs.bookmark_list import BookmarkList

        if not self._bookmarks:
            self._reader.say("No bookmarks in this paper: B puts one at the cursor", "warning")
            return

        def chosen(bookmark: "Bookmark | None") -> None:
            if bookmark is not None:
                self._reader.text.jump(self._position_of(bookmark))

        self._reader.view.push_screen(BookmarkList(self._bookmarks), chosen)
