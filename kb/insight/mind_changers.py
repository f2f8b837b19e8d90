"""What would change the reader's mind on an agenda: its cruxes, what they have not read or run, and their own words."""

from typing import Literal

from kb.insight.agenda_view import AgendaView
from kb.insight.runs import reproduced
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.base import Value
from kb.models.note import IdeaFields, QuestionFields
from kb.models.note_kind import NoteKind


class MindChanger(Value):
    """One thing that would move the reader, and the command that takes it up."""

    kind: Literal["crux", "critic", "opposition", "reproduction", "refutation", "question"]
    text: str
    claims: tuple[int, ...] = ()
    """Numbers of the links that it bears on."""
    next: str = ""


def what_would_change_my_mind(view: AgendaView, record: Record) -> tuple[MindChanger, ...]:
    """The weakest link's cruxes first, then evidence against it, unread critics, own words, and runs to be made."""
    return (*_cruxes(view), *_opposition(view), *_critics(view), *_own_words(view, record), *_runs(view, record))


def _cruxes(view: AgendaView) -> list[MindChanger]:
    numbers = {link.claim.id: link.number for link in view.chain}
    weakest = view.weakest.claim.id
    ordered = sorted(view.agenda.cruxes, key=lambda crux: weakest not in crux.bears_on)
    return [
        MindChanger(
            kind="crux",
            text=crux.question,
            claims=tuple(numbers[claim] for claim in crux.bears_on),
            next=f"kb note add PAPER --kind evidence --agenda {crux.bears_on[0]}:undermines",
        )
        for crux in ordered
    ]


def _opposition(view: AgendaView) -> list[MindChanger]:
    """Evidence against a link that the reader nevertheless holds more likely than not."""
    return [
        MindChanger(
            kind="opposition",
            text=f"You hold link {link.number} at {link.credence.words} against: {link.opposing[0].says}",
            claims=(link.number,),
            next=f"kb credence {link.claim.id} P --why …",
        )
        for link in view.chain
        if link.credence and link.credence.p > 0.5 and link.opposing
    ]


def _critics(view: AgendaView) -> list[MindChanger]:
    return [
        MindChanger(
            kind="critic",
            text=f"{critic.voice.who}: {critic.voice.view} ({critic.sources[0].title}, {critic.sources[0].time})",
            next=critic.sources[0].get,
        )
        for critic in view.unread_critics
    ]


def _own_words(view: AgendaView, record: Record) -> list[MindChanger]:
    """What the reader wrote would refute an idea, and questions without an answer."""
    items = {item.id: item for item in (*view.general, *(one for link in view.chain for one in link.all))}
    asked = [item.id for item in items.values() if item.note.kind in (NoteKind.IDEA, NoteKind.QUESTION)]
    found = []
    for note in Notes(record).many(asked).values():
        if isinstance(note.fields, IdeaFields) and note.fields.refuted_by:
            text = f"Your idea “{note.headline}” would be refuted by: {note.fields.refuted_by}"
            found.append(MindChanger(kind="refutation", text=text, next=f"kb note show {note.id}"))
        elif isinstance(note.fields, QuestionFields) and not note.fields.answer:
            answer = f"kb note edit {note.id} --field answer=…"
            found.append(MindChanger(kind="question", text=f"Your open question: {note.headline}", next=answer))
    return found


def _runs(view: AgendaView, record: Record) -> list[MindChanger]:
    """One line for all of the agenda's reproductions, while no run of the reader's is evidence on it."""
    names = view.agenda.reproductions
    ran = any(item.reproduced for link in view.chain for item in link.all)
    if ran or not names:
        return []
    runs = [one for one in reproduced(record.home, names) if one.runs]
    if runs:
        said = ", ".join(f"{one.id} ({one.verdict})" for one in runs)
        text = f"No run of yours is evidence on it yet; you have run {said}"
        return [MindChanger(kind="reproduction", text=text, next=f"kb reproduce run {runs[0].id} --claim NOTE")]
    text = f"You have reproduced nothing on it yet; there is {', '.join(names)}"
    return [MindChanger(kind="reproduction", text=text, next=f"kb reproduce run {names[0]}")]
