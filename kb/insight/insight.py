"""What the maps are asked through: agendas, credences and evidence of one library, opened once for a command."""

from functools import cached_property

from kb.agendas.agenda_index import AgendaIndex
from kb.config import Home
from kb.errors import NotFoundError
from kb.insight.agenda_view import AgendaStandings, AgendaView
from kb.insight.brief import brief
from kb.insight.evidence import Evidence
from kb.insight.mind_changers import MindChanger, what_would_change_my_mind
from kb.insight.reading_minutes import ReadingMinutes
from kb.library.credences import Credences
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.agenda import Agenda
from kb.models.credence import Subject, SubjectKind
from kb.models.note_kind import NoteKind


class Insight:
    """Agendas by what a reader calls them, and what follows from the library for each."""

    def __init__(self, home: Home, record: Record) -> None:
        self.home = home
        self.record = record

    @cached_property
    def agenda_index(self) -> AgendaIndex:
        """The agendas."""
        return AgendaIndex.open(self.home, self.record)

    @cached_property
    def standing(self) -> AgendaStandings:
        """Credences and evidence, as of when this was first asked."""
        return AgendaStandings(self.record, self.agenda_index, ReadingMinutes.open(self.home, self.record))

    @cached_property
    def concept_ids(self) -> tuple[str, ...]:
        """The ids of all concepts."""
        from kb.sources.maps import load_concepts

        return tuple(concept.id for concept in load_concepts(self.home).concepts)

    def view(self, agenda: Agenda) -> AgendaView:
        """The map of one agenda."""
        return self.standing.agenda(agenda)

    def changers(self, view: AgendaView) -> tuple[MindChanger, ...]:
        """What would change the reader's mind on it."""
        return what_would_change_my_mind(view, self.record)

    def brief(self, agenda: Agenda) -> str:
        """The agenda's brief as Markdown."""
        view = self.view(agenda)
        items = [item for part in _noted(view) for item in part]
        former = {link.id for link in agenda.former_links}
        ids = {agenda.id, *(claim.id for claim in agenda.theory_of_change), *former}
        log = tuple(one for one in Credences(self.record).history() if one.subject.id in ids)
        papers = {item.note.paper for item in items if item.note.paper}
        readings = {paper: self.standing.catalogue.of_paper(paper) for paper in papers}
        known = {paper: reading for paper, reading in readings.items() if reading}
        notes = Notes(self.record).many([item.id for item in items])
        return brief(view, self.changers(view), log, notes, known)

    def subject(self, text: str) -> Subject:
        """An agenda, a link of a chain, or a claim that the reader noted, as something to believe."""
        try:
            return self.agenda_index.subject(text)
        except NotFoundError as unknown:
            try:
                note = Notes(self.record).get(text.strip())
            except NotFoundError:
                raise unknown from None
            if note.kind is not NoteKind.CLAIM:
                raise NotFoundError(
                    f"{note.id} is a {note.kind.value}", "what is believed is a claim", "kb notes --kind claim"
                ) from None
            return Subject(kind=SubjectKind.NOTE, id=note.id, statement=note.headline)


def _noted(view: AgendaView) -> tuple[tuple[Evidence, ...], ...]:
    """What the reader noted on the whole, on the links, and on those that have left the chain."""
    return (view.general, *(link.all for link in view.chain), *(one.items for one in view.former))
