"""A library as JSON Lines, and the same library from them."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.config import Home
from kb.errors import DamagedError, UsageError
from kb.export import seal
from kb.export.jsonl import dump_library, load_library
from kb.library.light_reader import RecordReader
from kb.library.outbox import Outbox
from kb.library.reading_sessions import ReadingSessions
from kb.library.record import Record
from kb.library.row_data import truth_tables
from kb.models.note import LinkKind
from kb.models.paper import PaperDraft
from kb.models.reading_list import Entry
from kb.models.reading_state import ReadingState
from kb.search.note_full_text import NoteFullText
from tests.export.library import SHA, Shelf, quote, studied

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("paper"), TEXT),
        st.tuples(st.just("claim"), TEXT),
        st.tuples(st.just("quote"), TEXT),
        st.tuples(st.just("edit"), TEXT),
        st.tuples(st.sampled_from(["undo", "trash", "link", "read"]), st.just("")),
    ),
    max_size=12,
)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Record]:
    """A second, empty library."""
    with Record.open(Home(tmp_path / "other")) as record:
        yield record


def live(steps: list[tuple[str, str]], shelf: Shelf) -> None:
    """Use a library for a while."""
    paper = shelf.paper()
    note = shelf.note("claim", paper, statement="first")
    for what, text in steps:
        if what == "paper":
            paper = shelf.paper(PaperDraft(title=f"T {text}", authors=(f"A {text}",), abstract=text))
        elif what == "claim":
            note = shelf.note("claim", paper, body=text, statement=text)
        elif what == "quote":
            note = shelf.note("highlight", paper, anchors=(quote(text or "x", 1),))
        elif what == "edit":
            content = shelf.notes.get(note.id).model_copy(update={"body": text})
            fields = {name: getattr(content, name) for name in type(content).__bases__[0].model_fields}
            shelf.notes.edit(note.id, type(content).__bases__[0](**fields))
        elif what == "undo":
            shelf.notes.undo_last()
            note = shelf.note("idea", paper, direction="after an undo")
        elif what == "trash":
            shelf.notes.trash(note.id)
            note = shelf.note("claim", paper, statement="after the trash")
        elif what == "link":
            shelf.link(shelf.note("evidence", paper, observation=what), note, LinkKind.SUPPORTS, 0.5, "some")
        else:
            shelf.papers.set_state(paper.id, ReadingState.READ)
            ReadingSessions(shelf.record).keep(paper.id, 7, (), 0, date(2026, 1, 1))


def everything(record: Record) -> dict[str, list[Any]]:
    """Every row of every table that is truth."""
    with record.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in truth_tables()
        }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_a_library_comes_back_without_a_difference(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("libraries")
    shelf = Shelf(Home(folder / "one"))
    live(steps, shelf)
    text = dump_library(shelf.record)
    with Record.open(Home(folder / "two")) as other, shelf.record:
        load_library(other, text)
        assert everything(other) == everything(shelf.record)
        assert dump_library(other) == text


def test_every_table_with_something_to_lose_is_in_it(home: Home) -> None:
    shelf, paper = studied(home)
    shelf.course(Entry(id="e1", order=1, title="Preferences"))
    shelf.reading_lists.attach("course", "e1", paper.id)
    ReadingSessions(shelf.record).keep(paper.id, 3, (), 0, date(2026, 1, 1))
    tables = {json.loads(line).get("table") for line in dump_library(shelf.record).splitlines()}
    assert tables >= {
        "papers",
        "versions",
        "reading_places",
        "lists",
        "entries",
        "entry_papers",
        "notes",
        "note_revisions",
        "note_agendas",
        "anchors",
        "links",
    }


def test_what_is_taken_in_can_be_found_and_is_queued_for_meaning(home: Home, other: Record) -> None:
    shelf, _ = studied(home)
    counts = load_library(other, dump_library(shelf.record))
    assert counts["notes"] == 11
    assert Outbox(other).backlog() == 12
    assert [hit.id for hit in NoteFullText(RecordReader(other.home)).notes("MuJoCo", 5)] == [
        note.id for note in shelf.notes.all() if "MuJoCo" in note.headline
    ]


def test_every_line_is_ascii_and_ends_where_a_line_ends(home: Home) -> None:
    shelf = Shelf(home)
    shelf.note("idea", direction="a\u2028b\x85c\x1b[31m é")
    text = dump_library(shelf.record)
    assert text.isascii()
    assert text.count("\n") == len(text.splitlines())


def test_a_library_that_holds_something_is_left_alone(home: Home) -> None:
    shelf, _ = studied(home)
    before = everything(shelf.record)
    with pytest.raises(UsageError, match="already holds") as error:
        load_library(shelf.record, dump_library(shelf.record))
    assert "NEW_FOLDER" in error.value.next
    assert everything(shelf.record) == before


def change(text: str, old: str, new: str) -> str:
    """An export that somebody changed and sealed again."""
    body = "".join(text.splitlines(keepends=True)[:-1])
    assert old in body
    return seal.sealed(body.replace(old, new), "jsonl")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"state":"unread"', '"state":"devoured"', "does not fit"),
        ('"kind":"claim","paper"', '"kind":"rumour","paper"', "does not fit"),
        ('"statement":', '"statemnt":', "does not fit"),
        (f'"sha256":"{SHA}"', '"sha257":"x"', "does not fit"),
        ('"table":"papers"', '"table":"scrolls"', "holds scrolls"),
        ("insideview/library/1", "insideview/library/9", "has the schema"),
        ('"added_at":"2', '"added_at":"yesterday 2', "does not fit"),
    ],
)
def test_lines_that_do_not_fit_change_nothing(home: Home, other: Record, old: str, new: str, said: str) -> None:
    shelf, _ = studied(home)
    text = change(dump_library(shelf.record), old, new)
    with pytest.raises((DamagedError, UsageError), match=said):
        load_library(other, text)
    assert not any(everything(other).values())


def test_a_note_on_a_paper_that_is_not_there_is_refused(home: Home, other: Record) -> None:
    shelf, _ = studied(home)
    lines = dump_library(shelf.record).splitlines(keepends=True)
    without = "".join(line for line in lines[:-1] if '"table":"papers"' not in line)
    with pytest.raises(DamagedError, match="contradict"):
        load_library(other, seal.sealed(without, "jsonl"))
    assert not any(everything(other).values())


@pytest.mark.parametrize("text", ["", "not json", '{"schema":"insideview/library/1"}\n'])
def test_what_is_no_export_is_refused(home: Home, text: str) -> None:
    with Record.open(home) as record, pytest.raises(DamagedError, match="cut off or changed"):
        load_library(record, text)


def test_an_export_that_was_cut_off_is_refused(home: Home, other: Record) -> None:
    shelf, _ = studied(home)
    text = dump_library(shelf.record)
    with pytest.raises(DamagedError, match="cut off or changed"):
        load_library(other, text[: len(text) // 2])
