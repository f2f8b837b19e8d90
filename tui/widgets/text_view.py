"""The keys of the text view: moving, and selecting by word, sentence, line and paragraph."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from tui.actions import bindings
from tui.messages import Said
from tui.text import motion
from tui.text.pointers import follow
from tui.text.reflow import TextPosition
from tui.text.units import sentences, words
from tui.widgets.text_canvas import TextCanvas


class TextView(TextCanvas, inherit_bindings=False):
    """The paper's text, moved over and selected from with the keyboard or the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("text")]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._pressed: TextPosition | None = None

    def _to(self, position: TextPosition | None) -> None:
        if position is not None and self.page.lines:
            self.go(position)

    def _by_lines(self, count: int) -> None:
        if not self.page.lines:
            return
        column = self.wanted_column
        line = min(max(self.page.line_of(self.cursor) + count, 0), len(self.page.lines) - 1)
        self.go(self.page.near(line, column, 1 if count > 0 else -1), keep_column=True)

    def action_down(self) -> None:
        """One line down."""
        self._by_lines(1)

    def action_up(self) -> None:
        """One line up."""
        self._by_lines(-1)

    def action_page_down(self) -> None:
        """One screenful down; two lines stay in sight."""
        self.scroll_to(y=self.scroll_offset.y + max(1, self.size.height - 2), animate=False, force=True)
        self._by_lines(max(1, self.size.height - 2))

    def action_page_up(self) -> None:
        """One screenful up."""
        self.scroll_to(y=self.scroll_offset.y - max(1, self.size.height - 2), animate=False, force=True)
        self._by_lines(-max(1, self.size.height - 2))

    def action_right(self) -> None:
        """One character on."""
        self._to(motion.step(self.page, self.cursor, 1) if self.page.texts else None)

    def action_left(self) -> None:
        """One character back."""
        self._to(motion.step(self.page, self.cursor, -1) if self.page.texts else None)

    def _jump(self, cut: motion.Cut, forward: bool) -> None:
        if self.page.texts:
            self._to((motion.onward if forward else motion.back)(self.page, self.cursor, cut))

    def action_word(self) -> None:
        """To the next word."""
        self._jump(words, True)

    def action_word_back(self) -> None:
        """To the word before."""
        self._jump(words, False)

    def action_next_sentence(self) -> None:
        """To the next sentence."""
        self._jump(sentences, True)

    def action_previous_sentence(self) -> None:
        """To the sentence before."""
        self._jump(sentences, False)

    def action_next_paragraph(self) -> None:
        """To the next paragraph."""
        self._jump(motion.whole, True)

    def action_previous_paragraph(self) -> None:
        """To the paragraph before."""
        self._jump(motion.whole, False)

    def _to_heading(self, by: int) -> None:
        if self.page.texts:
            self.jump(motion.heading(self.page, self.cursor, by))

    def action_next_section(self) -> None:
        """To the next heading."""
        self._to_heading(1)

    def action_previous_section(self) -> None:
        """To the heading before."""
        self._to_heading(-1)

    def _to_caption(self, by: int) -> None:
        if self.page.texts:
            found = motion.caption(self.page, self.cursor, by)
            if found is None:
                self.post_message(Said("No more figures or tables this way"))
            else:
                self.jump(found)

    def action_next_figure(self) -> None:
        """To the next figure, table or algorithm."""
        self._to_caption(1)

    def action_previous_figure(self) -> None:
        """To the figure, table or algorithm before."""
        self._to_caption(-1)

    def action_first(self) -> None:
        """To the start of the paper."""
        if self.page.lines:
            self.jump(TextPosition(0, 0))

    def action_last(self) -> None:
        """To the end of the paper."""
        if self.page.lines:
            self.jump(self.page.near(len(self.page.lines) - 1, 0, -1))

    def action_follow(self) -> None:
        """To the figure, table, section or reference that is named here."""
        pointer = follow(self.page, self.cursor) if self.page.texts else None
        if pointer is None:
            self.post_message(Said("Nothing in this paragraph points to a place in the paper", "warning"))
        else:
            self.jump(pointer.target)
            self.post_message(Said(f"{pointer.label}; backspace goes back"))

    def action_jump_back(self) -> None:
        """To where the reader jumped from."""
        self._to_jump(self.jumps.back(self.cursor))

    def action_jump_on(self) -> None:
        """Forth again."""
        self._to_jump(self.jumps.on(self.cursor))

    def _to_jump(self, position: TextPosition | None) -> None:
        if position is None:
            self.post_message(Said("No more places this way"))
        elif position.block < len(self.page.texts):
            self.go(position, jumped=True)

    def _take(self, cut: motion.Cut | None) -> None:
        """Select the unit under the cursor, or add the next one to what is selected."""
        if not self.page.texts:
            return
        selected = self.selection
        if cut is None:
            unit = motion.line_at(self.page, self.cursor)
            if selected and unit[1] <= selected[1]:
                unit = motion.line_at(self.page, self.page.near(self.page.line_of(self.cursor) + 1, 0))
            self.select(motion.union(selected, unit) if selected else unit)
        else:
            self.select(
                motion.grown(self.page, selected, cut) if selected else motion.range_at(self.page, self.cursor, cut)
            )

    def action_select(self) -> None:
        """Begin a selection at the word under the cursor, or end it."""
        if self.selection:
            self.select(None)
        else:
            self._take(words)

    def action_sentence(self) -> None:
        """Select the sentence under the cursor; again to add the next."""
        self._take(sentences)

    def action_paragraph(self) -> None:
        """Select the paragraph under the cursor; again to add the next."""
        self._take(motion.whole)

    def action_line(self) -> None:
        """Select the line under the cursor; again to add the next."""
        self._take(None)

    def action_drop(self) -> None:
        """Drop the selection, else the marks of a search, else go back."""
        if self.selection:
            self.select(None)
        elif self.hits:
            self.show_hits(())
        else:
            self.post_message(self.Left())

    def _under(self, event: events.MouseEvent) -> TextPosition | None:
        line = event.y + self.scroll_offset.y
        if not self.page.lines or line >= len(self.page.lines):
            return None
        return self.page.near(line, event.x - self.left)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The press sets the cursor; dragging from there selects."""
        position = self._under(event)
        if position is not None:
            self.anchored = None
            self.go(position)
            self._pressed = position
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the word under the pointer while the button is down."""
        position = self._under(event) if self._pressed is not None else None
        if position is not None and position != self._pressed:
            self.anchored = self.anchored or motion.range_at(self.page, self._pressed or position, words)
            self.go(position)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The selection stands."""
        self._pressed = None
        self.release_mouse()
