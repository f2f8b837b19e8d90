"""Both sides of a claim, shown from wherever the reader is."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.models.agenda import ChainClaim
    from kb.models.note import Note
    from tui.host import Host


def show_sides(app: "Host", note: "Note") -> None:
    """What may speak for what a note says, and what may speak against it."""
    from kb.insight.keep_evidence import KeptEvidence
    from tui.screens.search.sides import SidesScreen

    if has_engine(app):
        app.push_screen(SidesScreen(KeptEvidence(statement=note.headline, note=note.id), "notes"))


def suggest_sides(app: "Host", claim: "ChainClaim") -> None:
    """The same for a claim of an agenda; what is kept bears on it."""
    from kb.insight.keep_evidence import KeptEvidence
    from tui.screens.search.sides import SidesScreen

    if has_engine(app):
        app.push_screen(SidesScreen(KeptEvidence(statement=claim.statement, part=claim.id), "agendas"))


def has_engine(app: "Host") -> bool:
    """Whether meaning can be asked; says so where it cannot."""
    if app.engine is None:
        app.say("Both sides of a claim need the engine, which is not running", "warning")
    return app.engine is not None
