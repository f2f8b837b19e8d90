"""The line at the foot: the keys that matter where the reader is, as many as there is room for."""

from rich.text import Text
from textual.widget import Widget

from tui.actions import shown_key
from tui.inks import ink


class KeyLine(Widget):
    """Keys and names of the actions that are meant to be seen; the help screen has them all."""

    def on_mount(self) -> None:
        """Other keys work once something else has the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Text:
        """Whole entries only."""
        line = Text(no_wrap=True, end="")
        shown: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or binding.action in shown:
                continue
            shown.add(binding.action)
            entry = Text()
            entry.append(f" {shown_key(binding.key)} ", ink(self.app, "match"))
            entry.append(f"{binding.description} ", ink(self.app, "dim"))
            if line.cell_len + entry.cell_len > self.size.width:
                break
            line.append_text(entry)
        return line
