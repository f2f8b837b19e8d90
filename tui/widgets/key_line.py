"""The line at the foot: the keys that matter where the reader is, as many as there is room for."""

from rich.text import Text
from textual.widget import Widget

from tui.actions import shown_key
from tui.render.colors import color


class KeyLine(Widget):
    """Keys and names of the actions that are meant to be seen; the help screen has them all."""

    def on_mount(self) -> None:
        """Other keys work once something else has the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Text:
        """Whole entries only; the help comes last and always has its place, since it says the rest."""
        entries: dict[str, Text] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.action not in entries:
                entries[binding.action] = self._entry(binding.key, binding.description)
        last = entries.pop("app.help", entries.pop("help", Text()))
        line = Text(no_wrap=True, end="")
        for entry in entries.values():
            if line.cell_len + entry.cell_len + last.cell_len > self.size.width:
                break
            line.append_text(entry)
        return line.append_text(last)

    def _entry(self, key: str, name: str) -> Text:
        return Text.assemble((f" {shown_key(key)} ", color(self.app, "match")), (f"{name} ", color(self.app, "dim")))
