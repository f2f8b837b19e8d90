"""Where the reader is in the open paper: said, kept once they rest, with what was gone over and the time it took."""

import time
from functools import partial
from typing import TYPE_CHECKING

from kb.models.reading import WHOLE, joined
from tui.data import commands
from tui.runtime.reading_time import ReadingClock
from tui.text.progress import Measure, shares
from tui.text.reflow import TextPosition

if TYPE_CHECKING:
    from textual.timer import Timer

    from kb.models.reading import Ranges
    from tui.data.view_models import OpenedPaper
    from tui.screens.reader.host import ReaderHost

SAVE_AFTER = 1.0
"""Seconds of rest after which the position is kept."""


class ReadingPosition:
    """Follows the cursor: what lies between two places counts as read, unless the reader jumped."""

    def __init__(self, reader: "ReaderHost") -> None:
        self._reader = reader
        self.clock = ReadingClock()
        self._save_timer: Timer | None = None
        self._measure = Measure(())
        self._saved: Ranges = ()
        """What was gone over and kept."""
        self._unsaved: list[tuple[int, int]] = []
        """What was gone over since it was last kept."""
        self._last = TextPosition(0, 0)
        self._sections: list[tuple[int, int]] = []
        """The part of the text that each section has, in thousandths."""

    def begin(self, opened: "OpenedPaper", at: TextPosition) -> None:
        """Another text is shown, with the cursor at a place."""
        self._measure = Measure([block.text for block in opened.blocks])
        self._sections = self._measure.spans([(line.level, opened.row_of(line.block)) for line in opened.contents])
        self._saved, self._unsaved, self._last = opened.seen, [], at
        self.clock.leave()
        self._show_progress()

    def move_to(self, position: TextPosition, *, jumped: bool) -> None:
        """The cursor moved on."""
        text, before = self._reader.text, self._last
        self._last = position
        self.press()
        if jumped or before.block >= len(text.page.texts) or not before < position:
            return
        if text.page.line_of(position) - text.page.line_of(before) <= text.size.height:
            self._unsaved = [*joined([*self._unsaved, self._measure.between(before, position)])]
            self._show_progress()

    def press(self) -> None:
        """A key, or a movement: somebody reads."""
        self.clock.press(time.monotonic())

    def pause(self) -> None:
        """Another place is shown: the time until the reader comes back does not count."""
        self.clock.leave()

    def location(self) -> str:
        """Section, page, and how far through the text the cursor is, for the foot of the screen."""
        text, sections, opened = self._reader.text, self._reader.sections, self._reader.opened
        assert opened is not None
        at = text.cursor
        share = round(100 * text.page.line_of(at) / max(1, len(text.page.lines) - 1))
        section = "" if sections.display else sections.title_at(at.block)[:30]
        return " · ".join(filter(None, [section, f"p. {opened.blocks[at.block].page}", f"{share} %"]))

    @property
    def _read(self) -> "Ranges":
        return joined([*self._saved, *self._unsaved])

    def _show_progress(self) -> None:
        """Say in the section tree how much of each section was gone over."""
        if self._reader.opened is not None:
            self._reader.sections.set_shares(shares(self._read, self._sections))

    @property
    def share_read(self) -> float:
        """How much of the whole text was gone over."""
        return sum(end - start for start, end in self._read) / WHOLE

    def save_soon(self) -> None:
        """Keep the position once the reader rests."""
        self._stop_timer()
        self._save_timer = self._reader.set_timer(SAVE_AFTER, self.save)

    def save(self) -> None:
        """Keep where the reader stopped, what they went over, and how long it took."""
        self._stop_timer()
        if (unsaved := self._take_unsaved()) is not None:
            view = self._reader.view
            view.run_in_background(partial(view.library.write, commands.keep_reading, *unsaved), "place")
            self._show_progress()

    def save_at_exit(self) -> None:
        """The application ends; the position is kept all the same."""
        if (unsaved := self._take_unsaved()) is not None:
            self._reader.view.library.write_at_the_end(commands.keep_reading, *unsaved)

    def _stop_timer(self) -> None:
        if self._save_timer is not None:
            self._save_timer.stop()

    def _take_unsaved(self) -> "tuple[str, int, Ranges, int] | None":
        """What is to be kept: paper, block, what was gone over since the last time, and seconds."""
        opened = self._reader.opened
        if opened is None or not opened.blocks:
            return None
        fresh, self._unsaved = joined(self._unsaved), []
        self._saved = joined([*self._saved, *fresh])
        block = opened.blocks[min(self._last.block, len(opened.blocks) - 1)].index
        return opened.paper.id, block, fresh, self.clock.take()
