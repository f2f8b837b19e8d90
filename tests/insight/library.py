"""A small library with an agenda of three claims, made as a reader would make it."""

from collections.abc import Sequence
from typing import Any

from kb.agendas.agenda_index import AgendaIndex
from kb.config import Home
from kb.insight.agenda_view import AgendaStandings, AgendaView
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.library.record import Record
from kb.models.agenda import Agenda, Work
from kb.models.note import AgendaBearing, Bearing, LinkKind, Note, NoteContent
from kb.models.paper import Paper, PaperDraft
from kb.models.provenance import Provenance
from kb.models.reading_list import Entry, ReadingList
from kb.models.reading_state import ReadingState

ME = [{"cite": "me", "where": "my own view"}]


def agenda(agenda_id: str = "debate", claims: Sequence[str] = ("one", "two", "three"), **more: Any) -> Agenda:
    """An agenda whose claims have these ids."""
    return Agenda.model_validate(
        {
            "id": agenda_id,
            "title": agenda_id.capitalize(),
            "tags": [agenda_id, f"{agenda_id}-tag"],
            "problem": {"statement": "Judges are weak.", "sources": ME},
            "theory_of_change": [{"id": claim, "statement": f"Claim {claim}.", "sources": ME} for claim in claims],
            "cruxes": [
                {
                    "id": f"{agenda_id}-crux",
                    "question": "Does it scale?",
                    "bears_on": [claims[0]],
                    "sources": [{"cite": "1811.07871", "where": "abstract"}],
                }
            ],
            "proponents": [{"who": "Ada", "view": "It works.", "sources": ME}],
            "critics": [{"who": "Alan", "view": "It fails.", "sources": [{"cite": "2210.10860", "where": "abstract"}]}],
            "papers": ["1805.00899"],
            "reproductions": ["debate-digits"],
            **more,
        }
    )


class Mind:
    """A record with shorthands for filling it."""

    def __init__(self, home: Home, *agendas: Agenda) -> None:
        self.home = home
        self.record = Record.open(home)
        self.papers = Papers(self.record)
        self.notes = Notes(self.record)
        self.links = Links(self.record)
        self.credences = Credences(self.record)
        self.reading_lists = ReadingLists(self.record)
        critic = Work(id="2210.10860", title="No gain from debate", authors=("Alan",), year=2022)
        self.agenda_index = AgendaIndex(agendas or (agenda(),), (critic,))

    def paper(self, title: str = "A paper", authors: Sequence[str] = ("Ada Lovelace",), **more: Any) -> Paper:
        """A paper in the library; ``state`` is how far it was read."""
        state = more.pop("state", None)
        paper = self.papers.add(PaperDraft(title=title, authors=tuple(authors), **more))
        return self.papers.set_state(paper.id, ReadingState(state)) if state else paper

    def note(self, says: str, on: str = "", kind: str = "evidence", paper: Paper | None = None, **more: Any) -> Note:
        """A note; ``on`` is ``claim:bearing``."""
        name, _, bearing = on.partition(":")
        bearings = (AgendaBearing(agenda=name, bearing=Bearing(bearing or "supports")),) if name else ()
        provenance = more.pop("provenance", Provenance.ME)
        concepts = more.pop("concepts", ())
        field = {"evidence": "observation", "claim": "statement", "idea": "direction", "method": "approach"}
        fields = {field.get(kind, ""): says, **more}
        content = {
            "kind": kind,
            "paper": paper.id if paper else None,
            "body": "" if kind in field else says,
            "fields": {name: value for name, value in fields.items() if name},
            "agendas": bearings,
            "concepts": concepts,
        }
        return self.notes.create(NoteContent.model_validate(content), provenance)

    def link(self, source: Note, kind: str, target: Note, strength: float = 1.0, doubt: str = "") -> None:
        """A link between two notes."""
        self.links.add(source.id, target.id, LinkKind(kind), strength, doubt)

    def rate(self, name: str, low: float, high: float | None = None, **more: Any) -> None:
        """A credence."""
        self.credences.add(self.agenda_index.subject(name), low, high, **more)

    def listed(self, *entries: dict[str, Any], list_id: str = "course") -> None:
        """A reading list with these entries."""
        made = tuple(Entry.model_validate({"order": n, "title": f"Entry {n}", **e}) for n, e in enumerate(entries, 1))
        self.reading_lists.sync(
            ReadingList(id=list_id, title="A course", edition="2022", source="https://example.org", entries=made)
        )

    @property
    def standing(self) -> AgendaStandings:
        """What is held now."""
        return AgendaStandings(self.record, self.agenda_index)

    def view(self, name: str = "debate") -> AgendaView:
        """The map of one agenda, as it is now."""
        return self.standing.agenda(self.agenda_index.agenda(name))
