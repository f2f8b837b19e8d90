"""More like something, and both sides of a claim, from wherever the reader is."""

from typing import TYPE_CHECKING

from tui.data.search_queries import Like

if TYPE_CHECKING:
    from kb.models.agenda import ChainClaim
    from kb.models.note import Note
    from tui.app import InsideView
    from tui.data.view_models import SelectedQuote

LABEL = 60
"""Letters by which a selection is called."""


async def more_like(app: "InsideView", like: Like, back: str) -> None:
    """Go to the search, and show what is like something; escape comes back."""
    from tui.screens.search.screen import SearchScreen

    await app.switch_mode("search")
    if isinstance(app.place, SearchScreen):
        app.place.more_like(like, back)


def of_quote(quote: "SelectedQuote", paper: str) -> Like:
    """Words of a paper, which are left out of what is like them."""
    words = " ".join(quote.text.split())
    shown = words if len(words) <= LABEL else f"{words[:LABEL]}…"
    return Like({"text": quote.text, "paper": paper, "block": quote.block}, f"“{shown}”")


def of_note(note: "Note") -> Like:
    """A note."""
    return Like(note.id, f"{note.kind.value} “{note.headline[:LABEL]}”")


def show_sides(app: "InsideView", note: "Note") -> None:
    """What may speak for what a note says, and what may speak against it."""
    from kb.insight.keep_evidence import KeptEvidence
    from tui.screens.search.sides import SidesScreen

    if has_engine(app):
        app.push_screen(SidesScreen(KeptEvidence(statement=note.headline, note=note.id)))


def suggest_sides(app: "InsideView", claim: "ChainClaim") -> None:
    """The same for a claim of an agenda."""
    from kb.insight.keep_evidence import KeptEvidence
    from tui.screens.search.sides import AgendaSidesScreen

    if has_engine(app):
        app.push_screen(AgendaSidesScreen(KeptEvidence(statement=claim.statement, part=claim.id)))


def has_engine(app: "InsideView") -> bool:
    """Whether meaning can be asked; says so where it cannot."""
    if app.engine is None:
        app.say("Both sides of a claim need the engine, which is not running", "warning")
    return app.engine is not None
