"""A paper's text under a cursor: only the visible lines are drawn; selections and marks are character ranges."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.render.note_kinds import COLOR_OF, SIGN_OF
from tui.text import motion
from tui.text.jumps import Jumps
from tui.text.marks import TextMark
from tui.text.reflow import LaidOutPaper, TextPosition, typeset
from tui.text.units import sentences, words
from tui.widgets.cells import legible
from tui.widgets.drawn_lines import KEPT_LINES, DrawnLines
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
EMPTY = LaidOutPaper((), (), (), ())
TOP = TextPosition(0, 0)


class TextCanvas(DrawnLines, can_focus=True, inherit_bindings=False):
    """The paper as lines of a readable width, with a cursor, a selection, and marks where notes are."""

    class Moved(Message):
        """The cursor stands on another character, or the selection is another."""

        def __init__(self, position: TextPosition, *, jumped: bool = False) -> None:
            super().__init__()
            self.position = position
            self.jumped = jumped
            """Whether what lies between was passed over."""

    class Left(Message):
        """The reader asked to go back, with nothing selected."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.page = EMPTY
        self.cursor = TextPosition(0, 0)
        self._blocks: Sequence[Block] = ()
        self._marks: tuple[TextMark, ...] = ()
        self._hits: tuple[motion.Range, ...] = ()
        self._bookmarks: frozenset[TextPosition] = frozenset()
        self.anchored: motion.Range | None = None
        self._drawn_selection: motion.Range | None = None
        self.wanted_column = 0
        self.jumps = Jumps()
        self._here = 0
        """The line that the cursor stands on."""
        self._strips: LRUCache[int, Strip] = LRUCache(KEPT_LINES)
        """Lines that neither the cursor nor a selection is on."""
        self._laid: dict[int, list[tuple[TextPosition, TextPosition, str]]] = {}
        """What notes and a search lay over each block."""

    def show(self, blocks: "Sequence[Block]", position: TextPosition = TOP) -> None:
        """Set a paper, with the cursor at a character."""
        self._blocks = blocks
        self._marks = self._hits = ()
        self._lay()
        self.anchored = self._drawn_selection = None
        self.jumps.clear()
        self._set_lines()
        self.cursor = position if position.block < len(blocks) else TextPosition(0, 0)
        self.go(self.cursor, jumped=True)

    def mark(self, marks: tuple[TextMark, ...]) -> None:
        """Mark where notes are."""
        self._marks = marks
        self._lay()

    def show_bookmarks(self, places: frozenset[TextPosition]) -> None:
        """Show in the margin where bookmarks are."""
        self._bookmarks = places
        self._lay()

    def show_hits(self, hits: tuple[motion.Range, ...]) -> None:
        """Mark what was searched for."""
        self._hits = hits
        self._lay()

    def _lay(self) -> None:
        """Find out what lies over which block, once and not for every line, and draw everything again."""
        self._laid = {}
        for start, end, name in [
            *((mark.start, mark.end, COLOR_OF.get(mark.kind, "claim")) for mark in self._marks),
            *((start, end, "hit") for start, end in self._hits),
        ]:
            for block in range(start.block, end.block + 1):
                self._laid.setdefault(block, []).append((start, end, name))
        self._strips.clear()
        self.refresh()

    @property
    def hits(self) -> tuple[motion.Range, ...]:
        """What was searched for, where it was found."""
        return self._hits

    @property
    def marks(self) -> tuple[TextMark, ...]:
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
    def marks_here(self) -> list[TextMark]:
        """Notes on the character under the cursor, the one that begins last first."""
        return sorted((m for m in self._marks if m.start <= self.cursor < m.end), reverse=True)

    def select(self, selected: motion.Range | None) -> None:
        """Select a range; the cursor goes to its last character."""
        self.anchored = selected
        if selected is not None:
            self.cursor = TextPosition(selected[1].block, max(0, selected[1].offset - 1))
        self.go(self.cursor)

    def go(self, position: TextPosition, *, jumped: bool = False, keep_column: bool = False) -> None:
        """Put the cursor on a character and bring it into view; after a jump in the upper third of the window."""
        if not self.page.lines:
            return
        was_selected = self._drawn_selection
        self.cursor = position
        if not keep_column:
            self.wanted_column = self.page.column_of(position)
        here, line = self._here, self.page.line_of(position)
        self._here = line
        room = self.size.height
        if jumped and room:
            self.scroll_to(y=max(0, line - room // 3), animate=False, force=True)
        margin = min(KEPT_IN_VIEW, max(0, (room - 1) // 2))
        top = max(0, line - margin)
        self.scroll_to_region(Region(0, top, 1, line + margin + 1 - top), animate=False, force=True)
        self._drawn_selection = self.selection
        if was_selected or self._drawn_selection:
            self.refresh()
        else:
            for row in {here, line}:
                self.refresh_lines(row)
        self.post_message(self.Moved(position, jumped=jumped))

    def jump(self, position: TextPosition) -> None:
        """Go to a place from which one can come back."""
        self.jumps.leave(self.cursor)
        self.go(position, jumped=True)

    def _set_lines(self) -> None:
        self.page = typeset(self._blocks, self.text_width)
        self._strips.clear()
        self.set_height(len(self.page.lines))

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

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the window: gutter, text with its marks, nothing after it."""
        row = y + self.scroll_offset.y
        if row >= len(self.page.lines) or self.page.lines[row].block < 0:
            return Strip.blank(self.size.width, self.base_style)
        if row == self._here or self._is_selected(self.page.lines[row].block):
            return self._draw(row)
        strip = self._strips.get(row)
        if strip is None:
            strip = self._strips[row] = self._draw(row)
        return strip

    def forget_lines(self) -> None:
        """Every line is drawn anew."""
        self._strips.clear()

    def _is_selected(self, block: int) -> bool:
        selected = self._drawn_selection
        return selected is not None and selected[0].block <= block <= selected[1].block

    def _draw(self, row: int) -> Strip:
        line = self.page.lines[row]
        kind, overlays = self.page.kinds[line.block], self._overlays(row, line.block)
        painted = paint_line(self.page.texts[line.block], line, self.part(BLOCK_STYLES[kind]), overlays)
        segments = [*self._gutter(row), *painted]
        strip = Strip(segments).adjust_cell_length(self.size.width).apply_style(self.base_style)
        return legible(strip) if overlays else strip

    def _overlays(self, row: int, block: int) -> list[Overlay]:
        """What is drawn over a line of a block's text, the later over the earlier."""
        found = list(self._laid.get(block, ()))
        if self._is_selected(block) and self._drawn_selection:
            found.append((*self._drawn_selection, "selection"))
        if self.has_focus and row == self._here:
            found.append((self.cursor, TextPosition(block, self.cursor.offset + 1), "cursor"))
        return [
            Overlay(
                start.offset if start.block == block else 0,
                end.offset if end.block == block else None,
                self.part(name),
            )
            for start, end, name in found
        ]

    def _gutter(self, row: int) -> list[Segment]:
        """The cursor's bar, and the signs of the notes that begin on this line."""
        block, start, end, *_ = self.page.lines[row]
        signs = [
            SIGN_OF.get(m.kind, "•") for m in self._marks if m.start.block == block and start <= m.start.offset < end
        ]
        if any(place.block == block and start <= place.offset < max(end, 1) for place in self._bookmarks):
            signs.insert(0, BOOKMARK)
        shown = "".join(dict.fromkeys(signs))[:2]
        bar = "▌" if row == self._here else " "
        pad = " " * (self.left - GUTTER)
        return [
            Segment(pad),
            Segment(bar, self.part("bar")),
            Segment(f"{shown:<2} ", self.part("sign")),
        ]
