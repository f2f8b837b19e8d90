"""Leaving: everything is saved by then but what is being typed, and that is asked about."""

from typing import Protocol, runtime_checkable

from textual.app import App


@runtime_checkable
class Form(Protocol):
    """Something to type into."""

    def holds_back(self, key: str) -> bool:
        """Whether something typed would be lost; says so, and that the same key again drops it."""


class Leaving(App[None]):
    """An application that ends at once, unless a form holds something back."""

    async def action_quit(self) -> None:
        """Leave; what is typed but not saved is asked about once."""
        if not (isinstance(self.screen, Form) and self.screen.holds_back("ctrl+q")):
            self.exit()
