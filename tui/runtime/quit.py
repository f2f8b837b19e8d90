"""Leaving: everything is saved by then but what is being typed, and that is asked about."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


def leave(app: "App[Any]") -> None:
    """End, unless a form holds something back: what is typed but not saved is asked about once.

    What was typed before the key and waits in its field's queue counts as typed.
    """
    (app.focused or app.screen).call_later(_leave, app)


def _leave(app: "App[Any]") -> None:
    from tui.dialogs.typed_form import TypedForm

    if not (isinstance(app.screen, TypedForm) and app.screen.holds_back("ctrl+q")):
        app.exit()
