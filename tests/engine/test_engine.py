"""The engine's process: it answers searches at once, tells its progress, and ends with the screen."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kb.config import Home
from kb.engine.client import EngineClient
from kb.engine.protocol import UNASKED, Reply, Request
from kb.engine.worker import Worker
from kb.errors import KbError
from kb.ingest.pipeline import add
from kb.models.note import NoteContent
from kb.models.note_kind import NoteKind
from kb.workspace import Workspace
from tests.support.embedder import HashEmbedder
from tests.support.pdfs import paper


@pytest.fixture
def library(home: Home, tmp_path: Path) -> Home:
    """A home with one parsed paper that is not indexed by meaning yet."""
    with Workspace(home, embedder=HashEmbedder()) as workspace:
        list(add(workspace, [str(paper(tmp_path / "a.pdf", pages=3))]))
    return home


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> HashEmbedder:
    embedder = HashEmbedder()
    monkeypatch.setattr("kb.recall.embed.load_embedder", lambda *_: embedder)
    monkeypatch.setattr("kb.recall.semantic.load_embedder", lambda *_: embedder)
    return embedder


def worked(home: Home, *requests: Request) -> list[Reply]:
    """Everything that a worker says to these requests, in this process."""
    inbox: queue.Queue[Request | None] = queue.Queue()
    for request in requests:
        inbox.put(request)
    replies: list[Reply] = []

    def reply(said: Reply) -> None:
        replies.append(said)
        if said.kind == "index" and said.final:
            inbox.put(None)

    Worker(home, inbox, reply).run()
    return replies


def test_a_search_is_answered_before_slow_work(library: Home, embedder: HashEmbedder) -> None:
    replies = worked(library, Request(id=7, kind="search", payload={"query": "comparisons that people make"}))
    assert (replies[0].id, replies[0].kind, replies[0].final) == (7, "search", True)
    assert replies[0].payload["hits"][0]["matched"] == ["words"]


def test_a_search_is_answered_while_a_run_goes_on(library: Home, embedder: HashEmbedder) -> None:
    run = Request(id=7, kind="reproduce", payload={"reproduction": "bp-and-mean-field"})
    replies = worked(library, run, Request(id=8, kind="search", payload={"query": "comparisons"}))
    at = next(number for number, reply in enumerate(replies) if reply.id == 8)
    assert replies[at].payload["hits"]
    assert not any(reply.final for reply in replies[:at] if reply.id == 7)


def test_left_alone_it_brings_the_index_up_to_date(library: Home, embedder: HashEmbedder) -> None:
    replies = worked(library)
    steps = [reply for reply in replies if reply.kind == "index" and reply.payload]
    assert steps[-1].payload["done"] == steps[-1].payload["total"] > 0
    assert {reply.id for reply in replies} == {UNASKED}


def test_a_failed_job_is_told_with_the_next_step_and_ends_nothing(library: Home, embedder: HashEmbedder) -> None:
    replies = worked(library, Request(id=1, kind="layout", payload={"version": "none"}))
    failed = next(reply for reply in replies if reply.id == 1)
    assert failed.final
    assert failed.error
    assert failed.error.next == "kb papers"
    assert any(reply.kind == "index" and reply.final for reply in replies)


def test_a_paper_brought_in_is_indexed_afterwards(library: Home, embedder: HashEmbedder, tmp_path: Path) -> None:
    other = paper(tmp_path / "other.pdf", pages=4)
    replies = worked(library, Request(id=2, kind="add", payload={"sources": [str(other)]}))
    kinds = [reply.kind for reply in replies if reply.final]
    assert "add" in kinds
    with Workspace(library, embedder=embedder) as workspace:
        assert len(workspace.papers.all()) >= 1


def test_what_others_leave_is_indexed_while_nothing_is_asked(
    library: Home, embedder: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.engine.worker.LOOK_S", 0.01)
    inbox: queue.Queue[Request | None] = queue.Queue()
    ends: list[int] = []

    def reply(said: Reply) -> None:
        if said.kind == "index" and said.final:
            ends.append(said.id)
            if len(ends) == 2:
                inbox.put(None)
            else:
                with Workspace(library, embedder=embedder) as other:
                    other.notes.create(NoteContent(kind=NoteKind.CLAIM, body="Left by another process"))

    Worker(library, inbox, reply).run()
    with Workspace(library, embedder=embedder) as workspace:
        assert workspace.outbox.backlog() == 0


@pytest.fixture
def client(library: Home) -> Iterator[EngineClient]:
    client = EngineClient(library)
    yield client
    client.stop()


@pytest.mark.slow
def test_the_real_process_answers_and_ends_at_once(client: EngineClient, model_cache: Path, library: Home) -> None:
    replies: queue.Queue[Reply] = queue.Queue()
    client.start(replies.put)
    asked = client.submit("search", query="comparisons that people make", mode="words")
    while (reply := replies.get(timeout=60)).id != asked:
        assert reply.error is None
    assert reply.payload["hits"]
    client.stop()
    assert (library.logs / "engine.log").exists()


def test_an_engine_that_dies_says_so(client: EngineClient, library: Home) -> None:
    library.logs.mkdir(exist_ok=True)
    (library.logs / "engine.log").mkdir()
    replies: queue.Queue[Reply] = queue.Queue()
    client.start(replies.put)
    reply = replies.get(timeout=60)
    assert reply.kind == "engine"
    assert reply.error
    assert "has ended" in reply.error.what
    assert client.submit("search", query="x") > 0


def test_errors_read_as_sentences() -> None:
    assert str(KbError("it broke", "by chance", "try again")) == "it broke: by chance. Next: try again"


def test_a_part_of_a_page_comes_as_a_picture_and_is_kept(library: Home, embedder: HashEmbedder) -> None:
    with Workspace(library) as workspace:
        version = workspace.papers.all_versions()[0].sha256
    box = {"x0": 72, "y0": 72, "x1": 300, "y1": 120}
    replies = worked(
        library,
        Request(id=1, kind="crop", payload={"version": version, "page": 1, "box": None}),
        Request(id=2, kind="crop", payload={"version": version, "page": 1, "box": box, "dpi": 72}),
        Request(id=3, kind="crop", payload={"version": version, "page": 1, "box": box, "dpi": 72}),
    )
    told = {reply.id: reply.payload for reply in replies if "path" in reply.payload}
    with Image.open(told[1]["path"]) as whole, Image.open(told[2]["path"]) as part:
        assert (part.width, part.height) == (234, 54)
        assert whole.width > part.width
    assert told[2] == told[3]
    assert len(list(library.crops.iterdir())) == 2


def test_a_picture_of_what_is_not_there_is_an_error_with_a_next_step(library: Home, embedder: HashEmbedder) -> None:
    with Workspace(library) as workspace:
        version = workspace.papers.all_versions()[0].sha256
    replies = worked(
        library,
        Request(id=1, kind="crop", payload={"version": version, "page": 99, "box": None}),
        Request(id=2, kind="crop", payload={"version": "none", "page": 1, "box": None}),
    )
    errors = {reply.id: reply.error for reply in replies if reply.error}
    assert {1, 2} == set(errors)
    assert all(error.what and error.next for error in errors.values())
