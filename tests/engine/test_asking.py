"""What the screen asks the engine besides searches: more like this, both sides of a claim, what is new in kept ones."""

from pathlib import Path

from kb.config import Home
from kb.engine.protocol import Request
from kb.indexing.drain import drain
from kb.ingest.pipeline import add
from kb.library.saved_searches import SavedSearch, save_search
from kb.models.note import NoteContent
from kb.models.search import SearchResult, Sides
from kb.workspace import Workspace
from tests.engine.test_engine import embedder, library, worked
from tests.support.embedder import HashEmbedder
from tests.support.pdfs import SENTENCE, paper

__all__ = ["embedder", "library"]


def indexed(home: Home) -> str:
    """The paper's id, once everything in the home is indexed."""
    with Workspace(home, embedder=HashEmbedder()) as workspace:
        list(drain(workspace.home, workspace.record, workspace.texts, workspace.embedder))
        return workspace.papers.all()[0].id


def test_more_like_a_selection_leaves_its_own_passage_out(library: Home, embedder: HashEmbedder) -> None:
    about = indexed(library)
    asked = {"text": SENTENCE, "paper": about, "block": 3}
    reply = worked(library, Request(id=5, kind="like", payload={"like": asked, "where": "all", "limit": 50}))[0]
    assert (reply.id, reply.kind, reply.final) == (5, "like", True)
    result = SearchResult.model_validate(reply.payload)
    with Workspace(library, embedder=HashEmbedder()) as workspace:
        version = workspace.papers.current(about)
        assert version is not None
        passages = workspace.texts.passages(version.sha256)
    left_out = max((each.first_block for each in passages if each.first_block <= 3), default=0)
    assert result.hits
    assert left_out not in {hit.block for hit in result.hits}


def test_more_like_a_note_or_a_paper_and_a_name_that_is_none(
    library: Home, embedder: HashEmbedder, tmp_path: Path
) -> None:
    with Workspace(library, embedder=HashEmbedder()) as workspace:
        note = workspace.notes.create(NoteContent.model_validate({"kind": "idea", "fields": {"direction": SENTENCE}}))
    about = indexed(library)
    requests = [Request(id=n, kind="like", payload={"like": like}) for n, like in enumerate((note.id, about, "n00"), 1)]
    of_note, of_paper, of_none = worked(library, *requests)[:3]
    assert {hit["paper"] for hit in of_note.payload["hits"]} == {about}
    assert [hit["note"] for hit in of_paper.payload["hits"]] == [note.id]
    assert of_none.error is not None
    assert of_none.final


def test_both_sides_of_a_claim(library: Home, embedder: HashEmbedder) -> None:
    indexed(library)
    claim = "The reward model is not trained on comparisons"
    reply = worked(library, Request(id=1, kind="sides", payload={"claim": claim, "limit": 2}))[0]
    both = Sides.model_validate(reply.payload)
    assert both.supporting == ()
    assert both.opposing[0].snippet.startswith("The reward model is trained on comparisons")


def test_what_is_new_in_the_searches_that_are_kept(library: Home, embedder: HashEmbedder) -> None:
    indexed(library)
    save_search(library, SavedSearch(name="new", query="comparisons"))
    save_search(library, SavedSearch(name="gone", query="list:gone x"))
    reply = worked(library, Request(id=1, kind="saved"))[0]
    assert reply.payload == {"news": {"gone": None, "new": 1}}


def test_a_kept_search_finds_what_was_added_since(library: Home, embedder: HashEmbedder, tmp_path: Path) -> None:
    save_search(library, SavedSearch(name="x", query="comparisons", seen=(f"paper {indexed(library)}",)))
    assert worked(library, Request(id=1, kind="saved"))[0].payload == {"news": {"x": 0}}
    with Workspace(library, embedder=HashEmbedder()) as workspace:
        other = paper(tmp_path / "b.pdf", pages=1)
        other.write_bytes(other.read_bytes() + b"%another\n")
        list(add(workspace, [str(other)]))
        known = {each.id for each in workspace.papers.all()}
    expected = len(known) - 1
    assert worked(library, Request(id=1, kind="saved"))[0].payload == {"news": {"x": expected}}
