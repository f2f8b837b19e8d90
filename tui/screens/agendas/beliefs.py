"""Changes to what the reader holds of an agenda: rated, argued for with a new note or an old one, and reviewed."""

from functools import partial
from typing import TYPE_CHECKING

from tui.commands import credences, review
from tui.commands.notes_and_states import save_note

if TYPE_CHECKING:
    from kb.models.note import NoteContent
    from tui.data.view_models import NoteListRow
    from tui.screens.agendas.host import AgendasHost


class Beliefs:
    """Each change is to what the cursor stands on."""

    def __init__(self, screen: "AgendasHost") -> None:
        self._screen = screen

    def rate(self) -> None:
        """Ask for a credence; what was selected is what moved the reader."""
        if (selection := self._screen.selection) is not None:
            trigger, says = selection.trigger
            credences.ask_credence(self._screen.view, selection.subject, trigger, says)

    def write_claim(self) -> None:
        """Write a claim that bears on it."""
        from kb.models.note import AgendaBearing, Bearing
        from tui.dialogs.note_form import NoteForm

        view, selection = self._screen.view, self._screen.selection
        if selection is None:
            return

        def written(content: "NoteContent | None") -> None:
            if content is not None:
                view.run_in_background(lambda: save_note(view, content, None), "write")

        bears_on = (AgendaBearing(agenda=selection.id, bearing=Bearing.SUPPORTS),)
        view.push_screen(NoteForm("claim", None, quote="", library=view.library, bears_on=bears_on), written)

    def link_note(self) -> None:
        """Pick a note, and say how it bears on it."""
        if (selection := self._screen.selection) is not None:
            picked = partial(self._ask_bearing, selection.id)
            credences.pick_note(self._screen.view, f"Which note bears on {selection.id}?", picked)

    def _ask_bearing(self, name: str, row: "NoteListRow") -> None:
        from tui.dialogs.choice_picker import BEARINGS, ChoicePicker

        view, note = self._screen.view, row.note

        def answered(bearing: str | None) -> None:
            if bearing is not None:
                view.run_in_background(partial(credences.bear_on, view, note.id, name, bearing), "write")

        view.push_screen(ChoicePicker(f"“{note.headline[:120]}” and {name}", BEARINGS), answered)

    def add_to_review(self) -> None:
        """Let it come back as a card."""
        view = self._screen.view
        if (selection := self._screen.selection) is not None:
            view.run_in_background(partial(review.add_belief, view, selection.id), "write")
