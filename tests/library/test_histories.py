"""Histories and links against a model of them: what is undone, what stands, and that nothing is ever rewritten."""

import contextlib
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kb.config import Home
from kb.errors import ItemFailedError, UsageError
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import Link, LinkKind, Note, NoteContent, Revision
from kb.models.note_kind import NoteKind

CHANGES = st.lists(st.tuples(st.sampled_from(["edit", "trash", "restore", "undo"]), st.text(max_size=8)), max_size=14)
NOTES = 4
TIES = st.lists(
    st.tuples(
        st.sampled_from(["link", "link", "unlink", "trash", "restore", "undo", "edit"]),
        st.integers(0, NOTES - 1),
        st.integers(0, NOTES - 1),
        st.sampled_from(list(LinkKind)),
    ),
    min_size=3,
    max_size=20,
)
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def question(text: str) -> NoteContent:
    """A question, which is said by its body."""
    return NoteContent.model_validate({"kind": NoteKind.QUESTION, "body": f"why {text}?", "fields": {}})


def content(note: Note) -> NoteContent:
    """All that the reader can change."""
    return NoteContent(**{name: getattr(note, name) for name in NoteContent.model_fields})


@dataclass
class Model:
    """A note as a pile of contents: a change puts one on top, an undo takes it off."""

    pile: list[NoteContent]
    undone: int = 0
    seen: list[Revision] = field(default_factory=list)

    @property
    def now(self) -> NoteContent:
        """The content on top."""
        return self.pile[-1]

    def change(self, new: NoteContent) -> None:
        """Put a content on top, unless nothing is changed by it."""
        self.pile.append(new)

    def undo(self) -> bool:
        """Take the top off; the bottom is not taken off but put into the trash, once. Whether there was anything."""
        if len(self.pile) == 1 and self.now.trashed:
            return False
        self.undone += 1
        self.pile = self.pile[:-1] or [self.now.model_copy(update={"trashed": True})]
        return True


@SETTINGS
@given(CHANGES)
def test_undo_between_any_changes_restores_and_history_only_grows(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str]]
) -> None:
    with Record.open(Home(tmp_path_factory.mktemp("home"))) as record:
        notes = Notes(record)
        note = notes.create(question("first"))
        model = Model([content(note)], seen=list(notes.history(note.id)))
        for do, text in changes:
            if do == "edit":
                model.change(question(text).model_copy(update={"trashed": model.now.trashed}))
                notes.edit(note.id, model.now)
            elif do == "undo":
                if model.undo():
                    notes.undo(note.id)
                else:
                    with pytest.raises(ItemFailedError):
                        notes.undo(note.id)
            elif model.now.trashed != (do == "trash"):
                model.change(model.now.model_copy(update={"trashed": do == "trash"}))
                getattr(notes, do)(note.id)
            else:
                getattr(notes, do)(note.id)
            assert content(notes.get(note.id)) == model.now
            history = list(notes.history(note.id))
            assert history[: len(model.seen)] == model.seen
            model.seen = history
        event(f"{min(model.undone, 3)} undone")
        assert (note.id in {one.id for one in notes.all()}) != model.now.trashed


@SETTINGS
@given(TIES)
def test_links_that_stand_are_those_that_were_made_and_not_taken_away(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int, LinkKind]]
) -> None:
    with Record.open(Home(tmp_path_factory.mktemp("home"))) as record:
        notes, links = Notes(record), Links(record)
        made = [notes.create(question(str(number))).id for number in range(NOTES)]
        first = links.add(made[0], made[1], LinkKind.SUPPORTS)
        standing: dict[str, Link] = {first.id: first}
        for do, one, other, kind in steps:
            with contextlib.suppress(ItemFailedError, UsageError):
                step(notes, links, standing, do, made[one], made[other], kind)
            assert {link.id: link for link in links.all()} == standing
        for link in standing.values():
            assert {link.source, link.target} <= set(made)
            assert link in links.of(link.source)
            assert link in links.of(link.target)
        event(f"{min(len(standing), 4)} links stand")


def step(notes: Notes, links: Links, standing: dict[str, Link], do: str, one: str, other: str, kind: LinkKind) -> None:
    """One step, here and in the model."""
    if do == "link":
        link = links.add(one, other, kind, 0.5, "maybe")
        standing[link.id] = link
    elif do == "unlink":
        for link in links.of(one)[:1]:
            links.remove(link.id)
            del standing[link.id]
    elif do == "edit":
        notes.edit(one, question(other))
    else:
        getattr(notes, do)(one)
