"""The file of texts: what is put in comes out, replaced whole, and its full text is never out of step."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import DamagedError, NotFoundError
from kb.recall.texts import Texts
from kb.recall.texts_schema import discard_texts
from tests.support.documents import document


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts(tmp_path / "derived" / "texts.db")


def test_everything_put_in_comes_out(texts: Texts) -> None:
    made = document("a", ["A judge hears a debate.", "Two agents argue."])
    texts.put("paper-a", made)
    assert texts.blocks(made.sha256) == made.blocks
    assert texts.sections(made.sha256) == made.sections
    assert texts.passages(made.sha256) == made.passages
    assert texts.passage(made.passages[1].id) == made.passages[1]
    assert texts.report(made.sha256) == made.report.model_copy(update={"main_words": 6}), "words of two letters or more"
    assert texts.metadata(made.sha256) == made.metadata
    assert texts.paper_of(made.sha256) == "paper-a"
    assert texts.stamps() == {made.sha256: (1, "by hand 1")}
    assert texts.check() == "ok"


def test_nothing_is_known_of_what_was_never_put_in(texts: Texts) -> None:
    assert texts.report("0" * 64) is None
    assert texts.blocks("0" * 64) == ()
    with pytest.raises(NotFoundError):
        texts.passage("0:0")


def test_a_parse_replaces_the_one_before_it(texts: Texts) -> None:
    before, after = document("a", ["one", "two", "three"]), document("a", ["four"])
    texts.put("paper-a", before)
    texts.put("paper-a", after)
    assert [passage.text for passage in texts.passages(after.sha256)] == ["four"]
    assert texts.counts() == {"documents": 1, "passages": 1, "searched": 1, "queued": 1}
    assert texts.check() == "ok"


def test_only_the_current_version_is_searched(texts: Texts) -> None:
    old, new = document("v1", ["alpha"]), document("v2", ["beta", "gamma"])
    texts.put("paper-a", old)
    texts.put("paper-a", new)
    assert texts.counts()["searched"] == 2
    texts.set_current("paper-a", old.sha256)
    assert texts.counts()["searched"] == 1
    assert texts.passages(new.sha256) == new.passages
    assert texts.check() == "ok"


def test_passages_that_are_not_searchable_stay_out_of_the_search(texts: Texts) -> None:
    texts.put("paper-a", document("a", ["[1] A. Author. A title."], searchable=False))
    assert texts.counts()["searched"] == 0


def test_a_new_title_goes_before_every_passage(texts: Texts) -> None:
    made = document("a", ["alpha", "beta"])
    texts.put("paper-a", made)
    before = texts.connection.execute("SELECT hash FROM passages").fetchall()
    texts.rename("paper-a", "A better title")
    after = texts.connection.execute("SELECT hash FROM passages").fetchall()
    assert set(before).isdisjoint(after)
    assert texts.check() == "ok"


def test_a_text_waits_for_vectors_until_it_is_settled(texts: Texts) -> None:
    made = document("a", ["alpha"])
    texts.put("paper-a", made)
    [(ticket, sha256)] = texts.queued()
    texts.put("paper-a", made)
    texts.settle(ticket)
    assert [sha for _, sha in texts.queued()] == [sha256], "it has changed since the ticket was given"
    texts.settle(texts.queued()[0][0])
    assert texts.queued() == []
    texts.remove(made.sha256)
    assert [sha for _, sha in texts.queued()] == [sha256], "its vectors have to go"


def test_a_failure_leaves_what_was_there(texts: Texts) -> None:
    good = document("a", ["alpha"])
    texts.put("paper-a", good)
    twice = good.model_copy(update={"passages": good.passages * 2})
    with pytest.raises(DamagedError):
        texts.put("paper-a", twice)
    assert texts.passages(good.sha256) == good.passages
    assert texts.check() == "ok"


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be read as one" * 40, b"SQLite format 3\0" * 90]
)
def test_a_damaged_file_is_reported_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "texts.db"
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        Texts(path)
    assert path.read_bytes() == content


def test_a_damaged_file_can_be_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "texts.db"
    path.write_bytes(b"garbage " * 500)
    discard_texts(path)
    with Texts(path) as texts:
        assert texts.counts()["documents"] == 0


def test_a_file_of_another_program_is_not_emptied(tmp_path: Path) -> None:
    path = tmp_path / "texts.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    with pytest.raises(DamagedError):
        Texts(path)
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_file_of_an_older_schema_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "texts.db"
    with Texts(path) as texts:
        texts.put("paper-a", document("a", ["alpha"]))
    with sqlite3.connect(path) as older:
        older.execute("PRAGMA user_version = 0")
    with Texts(path) as texts:
        assert texts.counts()["documents"] == 0
        assert texts.check() == "ok"


def test_two_connections_see_each_other(tmp_path: Path) -> None:
    path = tmp_path / "texts.db"
    with Texts(path) as one, Texts(path) as other:
        one.put("paper-a", document("a", ["alpha"]))
        other.put("paper-b", document("b", ["beta"]))
        assert one.counts() == other.counts()


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "remove", "current", "rename"]),
        st.sampled_from(["v1", "v2", "v3"]),
        st.lists(st.sampled_from(["alpha", "beta gamma", "délta 'quoted'", "x NEAR y"]), max_size=4),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(steps=_STEPS)
def test_the_full_text_index_is_in_step_after_any_changes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, list[str]]]
) -> None:
    with Texts(tmp_path_factory.mktemp("texts") / "texts.db") as texts:
        for action, name, passages in steps:
            made = document(name, passages)
            if action == "put":
                texts.put("paper", made)
            elif action == "remove":
                texts.remove(made.sha256)
            elif action == "current":
                texts.set_current("paper", made.sha256)
            else:
                texts.rename("paper", " ".join(passages))
        assert texts.check() == "ok"
