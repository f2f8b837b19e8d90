"""The reader's agendas: every change is kept, and undo goes back through all of them to what came as a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from kb.config import Home
from kb.errors import ItemFailedError, NotFoundError
from kb.library.agendas import Agendas
from kb.library.bearings import Bearings
from kb.library.migrate import alembic_config
from kb.library.record import Record
from kb.models.note_kind import NoteKind
from tests.insight.library import agenda


@pytest.fixture
def agendas(home: Home) -> Iterator[Agendas]:
    with Record.open(home) as record:
        yield Agendas(record)


def test_undo_goes_back_through_every_change_to_what_came(agendas: Agendas) -> None:
    first = agenda()
    second = first.model_copy(update={"title": "Second"})
    agendas.save(first, "edit")
    agendas.save(second, "edit")
    assert agendas.standing()["debate"].content == second
    assert agendas.undo("debate").content == first
    third = first.model_copy(update={"title": "Third"})
    agendas.save(third, "edit")
    assert agendas.undo("debate").content == first
    assert agendas.undo("debate").content is None
    with pytest.raises(ItemFailedError, match="nothing is left"):
        agendas.undo("debate")
    assert [step.action for step in agendas.history("debate")] == ["edit", "edit", "undo", "edit", "undo", "undo"]


def test_an_agenda_that_was_never_changed_has_nothing_to_undo(agendas: Agendas) -> None:
    with pytest.raises(NotFoundError):
        agendas.undo("rlhf")
    assert agendas.history("rlhf") == ()


def test_a_fork_remembers_where_it_came_from(agendas: Agendas) -> None:
    agendas.save(agenda("mine"), "fork", "debate")
    assert agendas.standing()["mine"].origin == "debate"


def test_a_record_of_the_first_version_is_brought_up_to_date_with_its_notes(home: Home) -> None:
    home.root.mkdir(parents=True)
    _old_record(home.record)
    with Record.open(home) as record:
        (row,) = Bearings(record).all()
        assert (row.headline, row.evidence_kind, row.kind) == ("x > 1 [b]", "toy model", NoteKind.EVIDENCE)


def _old_record(file: Path) -> None:
    """A record as the first migration made it, with one note."""
    engine = sa.create_engine(f"sqlite:///{file}")
    config = alembic_config()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        at = "2026-01-01 00:00:00.000000"
        connection.execute(
            sa.text(
                "INSERT INTO notes (id, kind, provenance, created_at, revised_at, head, trashed)"
                f" VALUES ('n1', 'evidence', 'me', '{at}', '{at}', 1, 0)"
            )
        )
        content = '{"kind": "evidence", "fields": {"observation": "x > 1 [b]", "evidence_kind": "toy model"}}'
        connection.execute(
            sa.text(
                "INSERT INTO note_revisions (note_id, number, action, content, origin, at)"
                f" VALUES ('n1', 1, 'create', :content, 1, '{at}')"
            ),
            {"content": content},
        )
    engine.dispose()
