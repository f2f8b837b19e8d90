"""Links never dangle: whatever happens to notes, a link that stands joins two notes that are there."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.config import Home
from kb.errors import ItemFailedError, UsageError
from kb.insight.evidence import EvidenceGraph
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import AgendaBearing, Bearing, LinkKind, NoteContent
from kb.models.note_kind import NoteKind

DO = st.sampled_from(["create", "link", "unlink", "trash", "restore", "undo", "edit"])
STEPS = st.lists(st.tuples(DO, st.integers(0, 9), st.integers(0, 9), st.sampled_from(list(LinkKind))), max_size=25)


def evidence(text: str) -> NoteContent:
    bears = (AgendaBearing(agenda="claim", bearing=Bearing.SUPPORTS),)
    return NoteContent.model_validate(
        {"kind": NoteKind.EVIDENCE, "fields": {"observation": text}, "agendas": bears if len(text) % 2 else ()}
    )


def act(notes: Notes, links: Links, made: list[str], step: tuple[str, int, int, LinkKind]) -> None:
    """One step; raises where there is nothing to undo, or where a note would be linked to itself."""
    do, first, second, kind = step
    if do == "create" or not made:
        made.append(notes.create(evidence("x" * first)).id)
        return
    one, other = made[first % len(made)], made[second % len(made)]
    if do == "link":
        links.add(one, other, kind, 0.5)
    elif do == "unlink":
        for link in links.of(one)[:1]:
            links.remove(link.id)
    elif do == "edit":
        notes.edit(one, evidence("y" * second))
    else:
        getattr(notes, do)(one)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_after_any_sequence_both_ends_of_every_link_are_there(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int, LinkKind]]
) -> None:
    with Record.open(Home(tmp_path_factory.mktemp("home"))) as record:
        notes, links, made = Notes(record), Links(record), []
        for step in steps:
            with contextlib.suppress(ItemFailedError, UsageError):
                act(notes, links, made, step)
        for link in links.all():
            assert {link.source, link.target} <= set(made)
            assert notes.get(link.source).id == link.source
            assert notes.get(link.target).id == link.target
        web = EvidenceGraph(record, ["claim"])
        standing = {note.id for note in notes.all()}
        assert {item.id for item in web.on("claim")} <= standing
        assert {item.via for item in web.on("claim")} <= standing | {""}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_history_replays_to_what_a_note_is(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int, LinkKind]]
) -> None:
    with Record.open(Home(tmp_path_factory.mktemp("home"))) as record:
        notes, links, made = Notes(record), Links(record), []
        for step in steps:
            with contextlib.suppress(ItemFailedError, UsageError):
                act(notes, links, made, step)
        for note_id in made:
            note, history = notes.get(note_id), notes.history(note_id)
            assert [revision.number for revision in history] == list(range(1, note.revision + 1))
            last = history[-1].content
            assert last == NoteContent(**{name: getattr(note, name) for name in NoteContent.model_fields})
