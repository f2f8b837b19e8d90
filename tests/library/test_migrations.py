"""A record that an older version made is brought up to date, whether it is opened or comes out of a backup."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from kb.config import Home
from kb.library.migrate import alembic_config
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.library.schema import HEAD
from kb.maintenance.backup import back_up, put_back
from kb.models.paper import BibEntry, PaperDraft


def older_home(root: Path, stamp: str) -> Home:
    """A home as an earlier version left it, with a paper, a version of it and a note."""
    home = Home(root)
    root.mkdir(parents=True)
    engine = sa.create_engine(f"sqlite:///{home.record}")
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, stamp)
        for statement in _ROWS:
            connection.execute(sa.text(statement))
    engine.dispose()
    return home


_ROWS = (
    "INSERT INTO papers (id, key, title, authors, kind, venue, abstract, provenance, state, added_at) VALUES "
    "('a', 'ash2020a', 'A work', '[\"Ann Ash\"]', 'paper', '', '', 'import', 'read', '2025-01-01 00:00:00.000000')",
    "INSERT INTO versions (sha256, paper_id, label, kind, source, bytes, added_at) VALUES "
    "('00', 'a', '', 'pdf', 'a.pdf', 1, '2025-01-01 00:00:00.000000')",
    "INSERT INTO notes (id, kind, paper_id, provenance, created_at, revised_at, head, trashed) VALUES "
    "('n1', 'claim', 'a', 'me', '2025-01-01 00:00:00.000000', '2025-01-01 00:00:00.000000', 1, 0)",
    "INSERT INTO note_revisions (note_id, number, action, content, origin, at) VALUES ('n1', 1, 'create', "
    '\'{"kind": "claim", "paper": "a", "fields": {"statement": "It holds"}}\', 1, \'2025-01-01 00:00:00.000000\')',
)


def test_a_home_of_an_earlier_version_is_migrated_with_all_that_is_in_it(tmp_path: Path) -> None:
    with Record.open(older_home(tmp_path / "old", "0002")) as record:
        paper = Papers(record).get("a")
        assert (paper.title, paper.bibtex, paper.state.value) == ("A work", None, "read")
        assert [version.sha256 for version in Papers(record).versions("a")] == ["00"]
        assert Notes(record).get("n1").headline == "It holds"
        with record.read() as connection:
            stamp = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            assert connection.execute(sa.text("SELECT count(*) FROM review_log")).scalar() == 0
    assert stamp == HEAD


def test_a_backup_of_an_earlier_version_is_restored(tmp_path: Path) -> None:
    back_up(older_home(tmp_path / "old", "0002"), tmp_path / "old.zip")
    home = Home(tmp_path / "new")
    assert put_back(home, tmp_path / "old.zip").notes == 1
    with Record.open(home) as record:
        assert [paper.key for paper in Papers(record).all()] == ["ash2020a"]


def test_an_entry_is_kept_with_its_paper_in_order(home: Home) -> None:
    entry = BibEntry(type="article", fields={"volume": "7", "title": '{A} w{\\"o}rk', "pages": "1--2"})
    with Record.open(home) as record:
        paper = Papers(record).add(PaperDraft(title="A wörk", bibtex=entry))
        kept = Papers(record).get(paper.id).bibtex
        assert kept == entry
        assert kept
        assert list(kept.fields) == ["volume", "title", "pages"]
        plain = Papers(record).add(PaperDraft(title="Another work"))
        assert Papers(record).update(paper.id, PaperDraft(title="A work")).bibtex == entry
        assert Papers(record).get(plain.id).bibtex is None
        with record.read() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM papers WHERE bibtex IS NULL")).scalar() == 1
