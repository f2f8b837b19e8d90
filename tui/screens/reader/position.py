"""Where the reader is in the open paper: said, remembered with what was gone over and the time, and bookmarked."""

import time
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.timer import Timer

from kb.models.reading import WHOLE, joined
from tui.data import commands
from tui.data.view_models import OpenedPaper
from tui.runtime.reading_time import ReadingClock
from tui.screens.reader.find import TextSearch
from tui.text.marks import find_quote
from tui.text.progress import Measure, shares
from tui.text.reflow import TextPosition
from tui.widgets.section_tree import SectionTree

if TYPE_CHECKING:
    from kb.models.reading import Bookmark, Ranges

REMEMBER_AFTER = 1.0
"""Seconds of rest after which the place is kept."""
WORDS_KEPT = 80
"""Characters by which a bookmark is known again."""


class PlaceKeeping(TextSearch):
    """The part of the reader that remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = ReadingClock()
        self._rest: Timer | None = None
        self._measure = Measure(())
        self._seen: Ranges = ()
        self._fresh: list[tuple[int, int]] = []
        """What was gone over since it was last kept."""
        self._was = TextPosition(0, 0)
        self._sections: list[tuple[int, int]] = []
        """The part of the text that each section has, in thousandths."""
        self.bookmarks: tuple[Bookmark, ...] = ()

    @property
    def section_tree(self) -> SectionTree:
        """The sections beside the text."""
        return self.query_one(SectionTree)

    def begin_place(self, opened: OpenedPaper, at: TextPosition) -> None:
        """Another text is shown, with the cursor at a place."""
        self._measure = Measure([block.text for block in opened.blocks])
        self._sections = self._measure.spans([(line.level, self.row_of(line.block)) for line in opened.contents])
        self._seen, self._fresh, self._was = opened.seen, [], at
        self.clock.leave()
        self.set_bookmarks(opened.bookmarks)
        self.show_progress()

    def go_over(self, position: TextPosition, jumped: bool) -> None:
        """The cursor moved on: what lies between counts as read, unless the reader jumped."""
        text, before = self.text, self._was
        self._was = position
        self.clock.press(time.monotonic())
        if jumped or before.block >= len(text.page.texts) or not before < position:
            return
        if text.page.line_of(position) - text.page.line_of(before) <= text.size.height:
            self._fresh = [*joined([*self._fresh, self._measure.between(before, position)])]
            self.show_progress()

    def show_progress(self) -> None:
        """Say in the section tree how much of each section was gone over."""
        if self.opened is not None:
            self.section_tree.set_shares(shares(joined([*self._seen, *self._fresh]), self._sections))

    @property
    def share_read(self) -> float:
        """How much of the whole text was gone over."""
        return sum(end - start for start, end in joined([*self._seen, *self._fresh])) / WHOLE

    def remember_soon(self) -> None:
        """Keep the place once the reader rests."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REMEMBER_AFTER, self.keep_place)

    def keep_place(self) -> None:
        """Remember where the reader stopped, what they went over, and how long it took."""
        if self._rest is not None:
            self._rest.stop()
        if (kept := self._taken()) is not None:
            self.view.run_in_background(partial(self.library.write, commands.keep_reading, *kept), "place")
            self.show_progress()

    def _taken(self) -> "tuple[str, int, Ranges, int] | None":
        """What is to be kept: paper, block, what was gone over since the last time, and seconds."""
        if self.opened is None or not self.opened.blocks:
            return None
        fresh, self._fresh = joined(self._fresh), []
        self._seen = joined([*self._seen, *fresh])
        block = self.opened.blocks[min(self._was.block, len(self.opened.blocks) - 1)].index
        return self.opened.paper.id, block, fresh, self.clock.take()

    def on_unmount(self) -> None:
        """The application ends; the place is kept all the same."""
        if (kept := self._taken()) is not None:
            self.library.write_at_the_end(commands.keep_reading, *kept)

    def on_key(self, event: events.Key) -> None:
        """Every key says that somebody reads."""
        self.clock.press(time.monotonic())

    def on_screen_suspend(self) -> None:
        """Another place is shown."""
        self.clock.leave()

    def set_bookmarks(self, bookmarks: "tuple[Bookmark, ...]") -> None:
        """Show these bookmarks in the margin."""
        self.bookmarks = bookmarks
        self.text.show_bookmarks(frozenset(self.place_of(one) for one in bookmarks))

    def place_of(self, bookmark: "Bookmark") -> TextPosition:
        """Where a bookmark's words stand now."""
        row = self.row_of(bookmark.block)
        found = find_quote(bookmark.words, self.text.page.texts, row) if bookmark.words else None
        return found[0] if found else TextPosition(row, 0)

    def action_bookmark(self) -> None:
        """Put a bookmark at this paragraph, or take it away."""
        opened, cursor = self.opened, self.text.cursor
        if opened is None or not opened.blocks:
            self.say("Open a paper first: 1 shows the library", "warning")
            return
        here = next((one for one in self.bookmarks if self.place_of(one).block == cursor.block), None)
        block = opened.blocks[cursor.block]
        start = self.text.chosen[0].offset
        index = here.block if here else block.index
        words = here.words if here else block.text[start : start + WORDS_KEPT]
        self.view.run_in_background(partial(self._toggle_bookmark, index, words, block.page), "write")

    async def _toggle_bookmark(self, block: int, words: str, page: int) -> None:
        assert self.opened is not None
        before = len(self.bookmarks)
        self.set_bookmarks(await self.library.write(commands.toggle_bookmark, self.opened.paper.id, block, words, page))
        self.say("Bookmark put here; ' lists them" if len(self.bookmarks) > before else "Bookmark taken away")

    def action_bookmarks(self) -> None:
        """List the bookmarks of this paper, and go to one."""
        from tui.dialogs.bookmark_list import BookmarkList

        if not self.bookmarks:
            self.say("No bookmarks in this paper: B puts one at the cursor", "warning")
            return

        def chosen(bookmark: "Bookmark | None") -> None:
            if bookmark is not None:
                self.text.jump(self.place_of(bookmark))

        self.app.push_screen(BookmarkList(self.bookmarks), chosen)
