"""A paper's text under a cursor: only the visible lines are drawn; selections and marks are character ranges."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.inks import ink
from tui.kinds import COLOUR_OF, SIGN_OF
from tui.text import motion
from tui.text.jumps import Jumps
from tui.text.marks import Mark
from tui.text.reflow import Page, Position, typeset
from tui.text.units import sentences, words
from tui.widgets.cells import legible
from tui.widgets.text_paint import Overlay, paint_line

if TYPE_CHECKING:
    from kb.models.text import Block

COLUMN = 76
"""Cells of a line of text at most: longer lines are hard to come back from."""
GUTTER = 4
"""Cells left of the text: the cursor's bar and the signs of notes."""
KEPT_IN_VIEW = 3
"""Lines above and below the cursor that stay visible while it moves."""
BLOCK_STYLES = {
    "title": "title", "authors": "dim", "abstract": "plain", "heading": "heading", "text": "plain",
    "list-item": "plain", "caption": "caption", "table": "formula", "formula": "formula",
    "picture": "dim", "footnote": "dim", "reference": "dim", "code": "formula",
}  # fmt: skip
BOOKMARK = "»"
"""The sign of a bookmark in the margin."""
EMPTY = Page((), (), (), ())
TOP = Position(0, 0)


class TextCanvas(ScrollView, can_focus=True, inherit_bindings=False):
    """The paper as lines of a readable width, with a cursor, a selection, and marks where notes are."""

    ALLOW_SELECT = False

    class Moved(Message):
        """The cursor stands on another character, or the selection is another."""

        def __init__(self, position: Position, *, jumped: bool = False) -> None:
            super().__init__()
            self.position = position
            self.jumped = jumped
            """Whether what lies between was passed over."""

    class Left(Message):
        """The reader asked to go back, with nothing selected."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.page = EMPTY
        self.cursor = Position(0, 0)
        self._blocks: Sequence[Block] = ()
        self._marks: tuple[Mark, ...] = ()
        self._hits: tuple[motion.Range, ...] = ()
        self._bookmarks: frozenset[Position] = frozenset()
        self.anchored: motion.Range | None = None
        self._drawn_selection: motion.Range | None = None
        self.wanted_column = 0
        self.jumps = Jumps()
        self._base: Style | None = None

    def show(self, blocks: "Sequence[Block]", position: Position = TOP) -> None:
        """Set a paper, with the cursor at a character."""
        self._blocks = blocks
        self._marks = self._hits = ()
        self.anchored = None
        self.jumps.clear()
        self._set_lines()
        self.cursor = position if position.block < len(blocks) else Position(0, 0)
        self.go(self.cursor, jumped=True)

    def mark(self, marks: tuple[Mark, ...]) -> None:
        """Mark where notes are."""
        self._marks = marks
        self.refresh()

    def show_bookmarks(self, places: frozenset[Position]) -> None:
        """Show in the margin where bookmarks are."""
        self._bookmarks = places
        self.refresh()

    def show_hits(self, hits: tuple[motion.Range, ...]) -> None:
        """Mark what was searched for."""
        self._hits = hits
        self.refresh()

    @property
    def hits(self) -> tuple[motion.Range, ...]:
        """What was searched for, where it was found."""
        return self._hits

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Where notes are."""
        return self._marks

    @property
    def selection(self) -> motion.Range | None:
        """The selected range, if there is one."""
        if self.anchored is None:
            return None
        return motion.union(self.anchored, motion.range_at(self.page, self.cursor, words))

    @property
    def chosen(self) -> motion.Range:
        """The selected range, or the sentence under the cursor."""
        return self.selection or motion.range_at(self.page, self.cursor, sentences)

    @property
    def marks_here(self) -> list[Mark]:
        """Notes on the character under the cursor, the one that begins last first."""
        return sorted((m for m in self._marks if m.start <= self.cursor < m.end), reverse=True)

    def select(self, selected: motion.Range | None) -> None:
        """Select a range; the cursor goes to its last character."""
        self.anchored = selected
        if selected is not None:
            self.cursor = Position(selected[1].block, max(0, selected[1].offset - 1))
        self.go(self.cursor)

    def go(self, position: Position, *, jumped: bool = False, keep_column: bool = False) -> None:
        """Put the cursor on a character and bring it into view; after a jump in the upper third of the window."""
        if not self.page.lines:
            return
        selected = self.selection if self.anchored else self._drawn_selection
        before, self.cursor = self.cursor, position
        if not keep_column:
            self.wanted_column = self.page.column_of(position)
        line = self.page.line_of(position)
        room = self.size.height
        if jumped and room:
            self.scroll_to(y=max(0, line - room // 3), animate=False, force=True)
        margin = min(KEPT_IN_VIEW, max(0, (room - 1) // 2))
        top = max(0, line - margin)
        self.scroll_to_region(Region(0, top, 1, line + margin + 1 - top), animate=False, force=True)
        if selected or self.selection:
            self.refresh()
        else:
            for at in (before, position):
                if at.block < len(self.page.texts):
                    self.refresh_lines(self.page.line_of(at))
        self._drawn_selection = self.selection
        self.post_message(self.Moved(position, jumped=jumped))

    def jump(self, position: Position) -> None:
        """Go to a place from which one can come back."""
        self.jumps.leave(self.cursor)
        self.go(position, jumped=True)

    def _set_lines(self) -> None:
        self.page = typeset(self._blocks, self.text_width)
        self.virtual_size = Size(self.size.width, len(self.page.lines))

    @property
    def text_width(self) -> int:
        """Cells of a line of text."""
        return max(20, min(COLUMN, self.size.width - GUTTER - 1))

    @property
    def left(self) -> int:
        """Where the text column begins."""
        return max(GUTTER, (self.size.width - self.text_width) // 2)

    def on_resize(self, event: events.Resize) -> None:
        """Set the lines for the new width; the cursor stays on its character, at its height in the window."""
        if not self._blocks:
            return
        height = self.page.line_of(self.cursor) - self.scroll_offset.y if self.page.lines else 0
        self._set_lines()
        self.scroll_to(y=self.page.line_of(self.cursor) - height, animate=False, force=True)
        self.go(self.cursor)

    def style_of(self, name: str) -> Style:
        """The theme's style for a part of the text."""
        return ink(self.app, name)

    @property
    def base_style(self) -> Style:
        """The text's own colours, worked out once: Textual looks them up anew for every line."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def notify_style_update(self) -> None:
        """Forget the old colours."""
        super().notify_style_update()
        self._base = None

    def render_line(self, y: int) -> Strip:
        """One line of the window: gutter, text with its marks, nothing after it."""
        row = y + self.scroll_offset.y
        width = self.size.width
        if row >= len(self.page.lines):
            return Strip.blank(width, self.base_style)
        line = self.page.lines[row]
        if line.block < 0:
            return Strip.blank(width, self.base_style)
        kind, overlays = self.page.kinds[line.block], self._overlays(line.block)
        painted = paint_line(self.page.texts[line.block], line, self.style_of(BLOCK_STYLES[kind]), overlays)
        segments = [*self._gutter(row, line.block, line.start, line.end), *painted]
        strip = Strip(segments).adjust_cell_length(width).apply_style(self.base_style)
        return legible(strip) if overlays else strip

    def _overlays(self, block: int) -> list[Overlay]:
        """What is drawn over a block's text, the later over the earlier."""
        found = [(m.start, m.end, COLOUR_OF.get(m.kind, "claim")) for m in self._marks]
        found += [(start, end, "hit") for start, end in self._hits]
        if self.selection:
            found.append((*self.selection, "selection"))
        if self.has_focus:
            found.append((self.cursor, Position(self.cursor.block, self.cursor.offset + 1), "cursor"))
        return [
            Overlay(
                start.offset if start.block == block else 0,
                end.offset if end.block == block else None,
                self.style_of(name),
            )
            for start, end, name in found
            if start.block <= block <= end.block
        ]

    def _gutter(self, row: int, block: int, start: int, end: int) -> list[Segment]:
        """The cursor's bar, and the signs of the notes that begin on this line."""
        here = row == self.page.line_of(self.cursor)
        signs = [
            SIGN_OF.get(m.kind, "•") for m in self._marks if m.start.block == block and start <= m.start.offset < end
        ]
        if any(place.block == block and start <= place.offset < max(end, 1) for place in self._bookmarks):
            signs.insert(0, BOOKMARK)
        shown = "".join(dict.fromkeys(signs))[:2]
        bar = "▌" if here else " "
        pad = " " * (self.left - GUTTER)
        return [
            Segment(pad),
            Segment(bar, self.style_of("bar")),
            Segment(f"{shown:<2} ", self.style_of("sign")),
        ]
