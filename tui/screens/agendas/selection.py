"""What a key among the agendas acts on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.agenda_view import LinkView
    from kb.models.credence import Subject, Trigger
    from tui.render.agenda_map import Target


@dataclass(frozen=True)
class Selection:
    """The agenda that is shown, and what the cursor stands on in it."""

    page: "AgendaPage"
    target: "Target | None" = None

    @property
    def link(self) -> "LinkView | None":
        """The link of the chain that the cursor stands on, or belongs to; None for the agenda as a whole."""
        return self.target.link if self.target is not None else None

    @property
    def id(self) -> str:
        """The claim of that link, else the agenda: what a note can bear on."""
        return self.link.claim.id if self.link is not None else self.page.id

    @property
    def subject(self) -> "Subject":
        """The same as something that has a credence."""
        from kb.agendas.agenda_index import subject_of

        return subject_of(self.link.claim if self.link is not None else self.page.view.agenda)

    @property
    def trigger(self) -> "tuple[Trigger, str]":
        """The note or paper under the cursor, which is what moves the reader who rates here; and what it says."""
        from kb.models.credence import Trigger

        item = self.target.item if self.target is not None else None
        reading = self.target.reading if self.target is not None else None
        if item is not None:
            return Trigger(kind="note", ref=item.id), item.says
        if reading is not None and reading.paper:
            return Trigger(kind="paper", ref=reading.paper), reading.title
        return Trigger(), ""
