"""The kinds of note in one line, with the chosen one."""

from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.render.colors import color
from tui.render.note_kinds import SIGN_OF


class KindBar(Widget):
    """All kinds; the chosen one stands out, and the others are dim where it is fixed."""

    kind: reactive[str] = reactive("")

    class Picked(Message):
        """A kind was pressed with the mouse."""

        def __init__(self, kind: str) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self, kind: str, *, fixed: bool) -> None:
        super().__init__()
        self.set_reactive(KindBar.kind, kind)
        self._fixed = fixed
        self._ends: list[tuple[int, str]] = []

    def render(self) -> Text:
        """One line; names only where signs would not fit."""
        line = Text(no_wrap=True, end="")
        self._ends = []
        for kind, sign in SIGN_OF.items():
            if self._fixed and kind != self.kind:
                continue
            label = f" {sign} {kind} " if self.size.width >= 110 or kind == self.kind else f" {kind} "
            line.append(label, color(self.app, "here" if kind == self.kind else "dim"))
            self._ends.append((line.cell_len, kind))
        return line

    def on_click(self, event: events.Click) -> None:
        """The kind under the pointer."""
        if not self._fixed:
            picked = next((kind for end, kind in self._ends if event.x < end), None)
            if picked is not None:
                self.post_message(self.Picked(picked))
