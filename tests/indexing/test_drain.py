"""Keeping the index of meaning up to date: everything once, nothing lost, whatever happens to the derived files."""

import random
import shutil
from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.indexing.drain import backlog, drain
from kb.indexing.health import probe_index
from kb.library.notes import Notes
from kb.library.outbox import Outbox
from kb.library.papers import Papers
from kb.models.paper import PaperDraft
from kb.recall.embedding_cache import EmbeddingCache
from kb.recall.lock import index_lock
from kb.recall.text_rows import card_of
from kb.recall.texts import Texts
from kb.recall.vectors import Vectors
from tests.support.documents import document
from tests.support.filled_library import Library, library

DEBATE = ["Two agents debate before a judge.", "A judge rewards honest arguments."]
REWARD = [f"Reward models are trained on preference number {number}." for number in range(40)]


@pytest.fixture
def shelf(home: Home) -> Iterator[Library]:
    with library(home) as opened:
        yield opened


def _counts(shelf: Library) -> dict[str, int]:
    with Vectors.open(shelf.home, shelf.home.settings, shelf.embedder.name) as vectors:
        return vectors.counts()


def test_everything_that_waits_is_taken_in(shelf: Library) -> None:
    shelf.add("Debate", DEBATE)
    shelf.add("Reward", REWARD)
    shelf.note(kind="claim", body="Judges scale")
    assert backlog(shelf.record, shelf.texts) > 0
    events = shelf.drain()
    assert _counts(shelf) == {"passage": 42, "note": 1}
    assert backlog(shelf.record, shelf.texts) == 0
    assert [event.what for event in events[-2:]] == ["step", "done"]
    assert all(event.done <= event.total for event in events)
    assert [event.done for event in events] == sorted(event.done for event in events)


def test_a_step_is_small(shelf: Library) -> None:
    shelf.add("Reward", REWARD)
    for _ in drain(shelf.home, shelf.record, shelf.texts, shelf.embedder, slice_size=8):
        assert len(shelf.embedder.encoded) <= 8
        shelf.embedder.encoded.clear()


def test_nothing_is_embedded_twice(shelf: Library) -> None:
    paper = shelf.add("Debate", DEBATE)
    shelf.drain()
    assert len(shelf.embedder.encoded) == 2
    shelf.texts.put(paper, document("Debate", [*DEBATE, "One more."]), title="Debate")
    shelf.drain()
    assert len(shelf.embedder.encoded) == 3
    assert _counts(shelf)["passage"] == 3


def test_passages_that_are_gone_leave_the_index(shelf: Library) -> None:
    paper = shelf.add("Debate", DEBATE)
    shelf.drain()
    shelf.texts.put(paper, document("Debate", DEBATE[:1]), title="Debate")
    shelf.drain()
    assert _counts(shelf)["passage"] == 1
    shelf.texts.remove(document("Debate", DEBATE).sha256)
    shelf.drain()
    with Vectors.open(shelf.home, shelf.home.settings, shelf.embedder.name) as vectors:
        left = vectors.ids("passage")
    assert left == [card_of(paper, "").passages[0].id], "what is left is what the record says of it"


def test_an_older_version_leaves_the_index(shelf: Library) -> None:
    paper = shelf.add("Debate", DEBATE)
    shelf.drain()
    shelf.texts.put(paper, document("Debate v2", ["A new text."]), title="Debate")
    shelf.drain()
    with Vectors.open(shelf.home, shelf.home.settings, shelf.embedder.name) as vectors:
        assert vectors.ids("passage") == [document("Debate v2", [""]).passages[0].id]


def test_notes_come_and_go(shelf: Library) -> None:
    note = shelf.note(kind="claim", body="Judges scale")
    shelf.drain()
    assert _counts(shelf)["note"] == 1
    Notes(shelf.record).trash(note.id)
    shelf.drain()
    assert _counts(shelf)["note"] == 0
    Notes(shelf.record).restore(note.id)
    shelf.drain()
    assert _counts(shelf)["note"] == 1


def test_a_stopped_run_is_taken_up_again(shelf: Library) -> None:
    shelf.add("Reward", REWARD)
    stopped = drain(shelf.home, shelf.record, shelf.texts, shelf.embedder)
    while next(stopped).done < 16:
        pass
    stopped.close()
    assert backlog(shelf.record, shelf.texts) > 0
    embedded = len(shelf.embedder.encoded)
    shelf.drain()
    assert _counts(shelf)["passage"] == 40
    assert len(shelf.embedder.encoded) == 40
    assert 0 < embedded < 40


def test_who_does_not_get_the_lock_leaves_the_work(shelf: Library) -> None:
    shelf.add("Debate", DEBATE)
    with index_lock(shelf.home, shelf.home.settings):
        [event] = shelf.drain()
    assert event.what == "skipped"
    assert event.message
    assert shelf.embedder.encoded == []
    shelf.drain()
    assert _counts(shelf)["passage"] == 2


def test_readers_are_told_that_the_index_moved(shelf: Library) -> None:
    shelf.add("Debate", DEBATE)
    cache = EmbeddingCache(shelf.home.derived, shelf.embedder.name, shelf.embedder.dimension)
    before = cache.generation(), Outbox(shelf.record).mark()
    shelf.drain()
    assert cache.generation() > before[0]
    assert Outbox(shelf.record).mark() > before[1]


@pytest.mark.parametrize("harm", ["garbage", "gone"])
def test_a_damaged_index_is_built_again_from_what_is_kept(shelf: Library, harm: str) -> None:
    shelf.add("Debate", DEBATE)
    shelf.note(kind="claim", body="Judges scale")
    shelf.drain()
    if harm == "garbage":
        for file in [file for file in shelf.home.vectors.rglob("*") if file.is_file()]:
            file.write_bytes(random.Random(1).randbytes(file.stat().st_size))
    else:
        shutil.rmtree(shelf.home.vectors)
    shelf.embedder.encoded.clear()
    events = shelf.drain()
    assert _counts(shelf) == {"passage": 2, "note": 1}
    assert shelf.embedder.encoded == [], "the vectors were kept"
    assert any("damaged" in event.message for event in events) == (harm == "garbage")


def test_the_whole_derived_folder_can_go(home: Home) -> None:
    with library(home) as shelf:
        paper = shelf.add("Debate", DEBATE)
        shelf.note(kind="claim", body="Judges scale")
        shelf.drain()
    shutil.rmtree(home.derived)
    with library(home) as shelf:
        shelf.texts.put(paper, document("Debate", DEBATE), title="Debate")
        shelf.drain()
        assert _counts(shelf) == {"passage": 2, "note": 1}


def test_kept_vectors_that_are_damaged_are_computed_again(home: Home) -> None:
    with library(home) as shelf:
        shelf.add("Debate", DEBATE)
        shelf.drain()
    for file in home.derived.glob("embeddings*"):
        file.write_bytes(b"garbage " * 2000)
    with library(home) as shelf:
        shelf.texts.requeue_all()
        events = shelf.drain()
        assert any("computed again" in event.message for event in events)
        assert len(shelf.embedder.encoded) == 2
        assert _counts(shelf)["passage"] == 2


def test_a_kept_vector_that_is_damaged_is_computed_again(home: Home) -> None:
    with library(home) as shelf:
        shelf.add("Debate", DEBATE)
        shelf.drain()
        [kept] = home.derived.glob("embeddings-*.f32")
        kept.write_bytes(b"\xff" * kept.stat().st_size)
        shelf.texts.requeue_all()
        shelf.drain()
        assert len(shelf.embedder.encoded) == 4
        with Vectors.open(home, home.settings, shelf.embedder.name) as vectors:
            found = vectors.query("passage", shelf.embedder.encode_query([DEBATE[0]])[0], 1)
        assert found[0].score > 0.5


def test_another_model_gets_a_collection_of_its_own(shelf: Library) -> None:
    shelf.add("Debate", DEBATE)
    shelf.drain()
    shelf.embedder.name = "another"
    shelf.drain()
    assert _counts(shelf)["passage"] == 2
    shelf.embedder.name = "word-hash"
    assert _counts(shelf)["passage"] == 2, "the old one still answers"


def test_a_paper_that_is_renamed_is_read_behind_its_new_title(shelf: Library) -> None:
    paper = shelf.add("Debate", DEBATE)
    shelf.drain()
    Papers(shelf.record).update(paper, PaperDraft(title="AI safety via debate"))
    shelf.drain()
    assert shelf.embedder.encoded[-1].startswith("AI safety via debate\n")
    assert _counts(shelf)["passage"] == 2


def test_a_text_that_was_not_parsed_yet_is_taken_in_later(shelf: Library) -> None:
    paper = shelf.add("Debate", DEBATE)
    parsed = document("Debate", DEBATE)
    shelf.texts.remove(parsed.sha256)
    shelf.drain()
    with Texts(shelf.home.texts) as ingest:
        ingest.put(paper, parsed, title="Debate")
    shelf.drain()
    assert _counts(shelf)["passage"] == 2


def test_a_slow_machine_takes_smaller_steps(shelf: Library) -> None:
    shelf.add("Reward", REWARD)
    sizes = []
    for _ in drain(shelf.home, shelf.record, shelf.texts, shelf.embedder, step_s=0.0):
        sizes.append(len(shelf.embedder.encoded))
        shelf.embedder.encoded.clear()
    assert max(sizes) <= 4
    assert sizes.count(1) > 30


def test_vectors_of_a_version_that_nothing_knows_any_more_are_removed(shelf: Library) -> None:
    """As after the file of texts was made anew: what had a card then, has a text now."""
    paper = Papers(shelf.record).add(PaperDraft(title="Debate", abstract="Agents debate.")).id
    shelf.drain()
    assert _counts(shelf)["passage"] == 1
    shelf.texts.connection.execute("DELETE FROM documents")
    shelf.texts.connection.execute("DELETE FROM queue")
    shelf.texts.put(paper, document("Debate", DEBATE), title="Debate")
    shelf.drain()
    assert _counts(shelf)["passage"] == 2
    assert all(probe.ok for probe in probe_index(shelf.home, shelf.texts, shelf.embedder))


def test_an_index_without_its_kept_vectors_is_filled_anew(shelf: Library) -> None:
    paper = shelf.add("Debate", DEBATE)
    shelf.drain()
    EmbeddingCache.discard(shelf.home.derived)
    shelf.texts.put(paper, document("Debate", DEBATE[:1]), title="Debate")
    shelf.drain()
    assert _counts(shelf)["passage"] == 1
    assert all(probe.ok for probe in probe_index(shelf.home, shelf.texts, shelf.embedder))
