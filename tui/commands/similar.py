"""What more like it can be wanted of: a note, or a piece of a paper."""

from typing import TYPE_CHECKING

from tui.data.search_queries import Like

if TYPE_CHECKING:
    from kb.models.note import Note
    from tui.data.view_models import SelectedQuote

LABEL = 60
"""Letters by which a selection is called."""


def of_quote(quote: "SelectedQuote", paper: str) -> Like:
    """Words of a paper, which are left out of what is like them."""
    words = " ".join(quote.text.split())
    shown = words if len(words) <= LABEL else f"{words[:LABEL]}…"
    return Like({"text": quote.text, "paper": paper, "block": quote.block}, f"“{shown}”")


def of_note(note: "Note") -> Like:
    """A note."""
    return Like(note.id, f"{note.kind.value} “{note.headline[:LABEL]}”")
