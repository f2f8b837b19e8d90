"""Changes that can be made from any place: how far one has come with a paper, and undo."""

from typing import TYPE_CHECKING

from tui.messages import RecordChanged

if TYPE_CHECKING:
    from tui.app import InsideView


def ask_state(app: "InsideView", paper: str, title: str, state: str) -> None:
    """Let the reader say how far they have come with a paper."""
    from tui.screens.state_picker import StatePicker

    def chosen(new: str | None) -> None:
        if new is not None:
            app.told(set_state(app, paper, new), "write")

    app.push_screen(StatePicker(title, state), chosen)


async def set_state(app: "InsideView", paper: str, state: str) -> None:
    """Keep the state and say so."""
    title = await app.shelf.set_state(paper, state)
    app.say(f"Marked as {state}: {title}")
    app.post_message(RecordChanged("papers", paper))


async def undo(app: "InsideView") -> None:
    """Undo the last change to a note and say what was undone."""
    paper, what = await app.shelf.undo()
    app.say(f"Undone: {what}")
    app.post_message(RecordChanged("notes", paper))
