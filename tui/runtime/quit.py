"""Leaving: everything is saved by then but what is being typed, and that is asked about."""

from textual.app import App


class Leaving(App[None]):
    """An application that ends at once, unless a form holds something back."""

    async def action_quit(self) -> None:
        """Leave; what is typed but not saved is asked about once."""
        from tui.dialogs.typed_form import TypedForm

        if not (isinstance(self.screen, TypedForm) and self.screen.holds_back("ctrl+q")):
            self.exit()
