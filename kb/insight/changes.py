"""What changed in the reader's own head and hand since some day: notes, links, credences, and passes over papers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from kb.insight.credence_log import steps
from kb.library.change_log import links_changed, notes_changed, passes_done
from kb.library.credences import Credences
from kb.library.record import Record

What = Literal["note", "link", "credence", "pass"]
_DONE = {
    "create": "wrote",
    "edit": "changed",
    "undo": "took back a change to",
    "trash": "put away",
    "restore": "brought back",
}


class LoggedChange(NamedTuple):
    """One thing that was done."""

    at: datetime
    what: What
    text: str
    note: str = ""
    """The note that it was done to, where it was one."""


def changes(record: Record, since: datetime) -> tuple[LoggedChange, ...]:
    """Everything since then, newest first."""
    found = [*_notes(record, since), *_links(record, since), *_credences(record, since), *_passes(record, since)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _notes(record: Record, since: datetime) -> Iterator[LoggedChange]:
    """Each note once, with its newest change: of ten edits of one note the last tells enough."""
    for change in notes_changed(record, since):
        yield LoggedChange(
            change.at, "note", f"{_DONE[change.action]} the {change.kind} “{change.headline}”", change.note
        )


def _links(record: Record, since: datetime) -> Iterator[LoggedChange]:
    for change in links_changed(record, since):
        said = f"“{change.source}” {change.kind} “{change.target}”"
        if change.removed_at is None or change.at > since:
            yield LoggedChange(change.at, "link", f"linked: {said}", change.note)
        if change.removed_at is not None:
            yield LoggedChange(change.removed_at, "link", f"took away the link: {said}", change.note)


def _credences(record: Record, since: datetime) -> Iterator[LoggedChange]:
    for step in steps(Credences(record).history()):
        if step.credence.at > since:
            why = f", because {step.credence.reason}" if step.credence.reason else ""
            yield LoggedChange(
                step.credence.at, "credence", f"{step.words} for “{step.credence.subject.statement}”{why}"
            )


def _passes(record: Record, since: datetime) -> Iterator[LoggedChange]:
    for done in passes_done(record, since):
        yield LoggedChange(done.at, "pass", f"{done.depth} pass over {done.title}")
