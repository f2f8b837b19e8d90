"""A search from the query to the hits: what it finds, why, where, and what it says when something cannot answer."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.indexing.drain import drain
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.models.paper import PaperDraft
from kb.search.search_engine import SearchEngine
from tests.support.documents import document
from tests.support.embedder import HashEmbedder
from tests.support.filled_library import Library, library

DEBATE = ["Two agents debate before a judge.", "A judge rewards honest arguments."]
REWARD = ["Reward models are trained on preferences.", "The model is not a judge."]


@pytest.fixture
def shelf(home: Home) -> Iterator[Library]:
    with library(home) as opened:
        opened.add("AI safety via debate", DEBATE)
        opened.add("Learning from preferences", REWARD)
        yield opened


@pytest.fixture(params=[True, False], ids=["resident", "once"])
def search_engine(shelf: Library, request: pytest.FixtureRequest) -> Iterator[SearchEngine]:
    with SearchEngine(shelf.home, shelf.embedder, resident=request.param) as opened:
        yield opened


def test_a_hit_says_what_it_is_where_it_is_and_why(shelf: Library, search_engine: SearchEngine) -> None:
    shelf.drain()
    hit = search_engine.search("honest arguments").hits[0]
    assert hit.text == DEBATE[1]
    assert hit.title == "AI safety via debate"
    assert hit.section == "Introduction"
    assert (hit.page, hit.block, hit.rank) == (1, 1, 1)
    assert hit.matched == ("words", "meaning")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["honest", "arguments"]
    assert hit.paper is not None
    assert hit.note is None


def test_notes_and_passages_are_found_together_or_apart(shelf: Library, search_engine: SearchEngine) -> None:
    note = shelf.note(kind="lesson", fields={"fact": "Judges can be persuaded"}, body="by confident liars")
    shelf.drain()
    assert {hit.what for hit in search_engine.search("judge persuaded").hits} == {"note", "passage"}
    assert {hit.what for hit in search_engine.search("judge", where="passages").hits} == {"passage"}
    [hit] = search_engine.search("persuaded judge", where="notes").hits
    assert (hit.note, hit.kind, hit.what) == (note.id, "lesson", "note")
    assert hit.text == "Judges can be persuaded\nby confident liars"


def test_a_note_is_found_by_its_words_before_it_is_indexed(shelf: Library, search_engine: SearchEngine) -> None:
    shelf.drain()
    note = shelf.note(kind="claim", body="Obfuscated arguments defeat the judge")
    hit = search_engine.search("obfuscated").hits[0]
    assert (hit.note, hit.matched) == (note.id, ("words",))


@pytest.mark.parametrize("mode", ["words", "meaning", "hybrid"])
def test_each_mode_asks_only_what_it_names(shelf: Library, search_engine: SearchEngine, mode: str) -> None:
    shelf.drain()
    matched = {by for hit in search_engine.search("judge", mode=mode).hits for by in hit.matched}  # type: ignore[arg-type]
    assert matched == ({"words", "meaning"} if mode == "hybrid" else {mode})


def test_words_answer_before_meaning_is_ready_and_the_result_says_so(
    shelf: Library, search_engine: SearchEngine
) -> None:
    result = search_engine.search("honest arguments")
    assert result.hits[0].matched == ("words",)
    assert "Only words answered" in result.notice
    assert "kb reindex" in result.notice
    assert shelf.embedder.encoded == []


def test_new_passages_are_found_by_a_finder_that_stays_open(shelf: Library, search_engine: SearchEngine) -> None:
    shelf.drain()
    search_engine.search("judge")
    shelf.add("Sparse autoencoders", ["Features are sparse directions."])
    shelf.drain()
    assert search_engine.search("sparse directions").hits[0].matched == ("words", "meaning")


def test_what_is_gone_is_not_found_even_before_the_index_knows(shelf: Library, search_engine: SearchEngine) -> None:
    note = shelf.note(kind="claim", body="Judges scale")
    shelf.drain()
    Notes(shelf.record).trash(note.id)
    shelf.texts.remove(document("AI safety via debate", DEBATE).sha256)
    hits = search_engine.search("judge debate scale", limit=50).hits
    assert all(hit.what == "passage" and hit.title == "Learning from preferences" for hit in hits)


def test_phrases_and_unwanted_words_bind_meaning_too(shelf: Library, search_engine: SearchEngine) -> None:
    shelf.drain()
    assert [hit.text for hit in search_engine.search('judge "honest arguments"').hits] == [DEBATE[1]]
    assert all("honest" not in hit.text for hit in search_engine.search("judge -honest").hits)


def test_a_damaged_index_is_stood_in_for(shelf: Library) -> None:
    shelf.drain()
    for file in [file for file in shelf.home.vectors.rglob("*") if file.is_file()]:
        file.write_bytes(random.Random(1).randbytes(file.stat().st_size))
    for resident in (True, False):
        with SearchEngine(shelf.home, shelf.embedder, resident=resident) as search_engine:
            result = search_engine.search("honest arguments")
        assert result.hits[0].matched == ("words", "meaning")
        assert "damaged" in result.notice
        assert "kb reindex" in result.notice


def test_words_answer_when_every_vector_is_damaged(shelf: Library, search_engine: SearchEngine) -> None:
    shelf.drain()
    shutil.rmtree(shelf.home.vectors)
    for file in shelf.home.derived.glob("embeddings*"):
        file.write_bytes(b"garbage " * 500)
    result = search_engine.search("honest arguments")
    assert result.hits[0].matched == ("words",)
    assert result.notice


def test_notes_answer_when_the_texts_are_damaged(shelf: Library, search_engine: SearchEngine) -> None:
    note = shelf.note(kind="claim", body="Judges scale")
    shelf.texts.close()
    for file in shelf.home.derived.glob("texts.db*"):
        file.write_bytes(b"garbage " * 500)
    result = search_engine.search("judge scales")
    assert [hit.note for hit in result.hits] == [note.id]
    assert "kb reindex" in result.notice


def test_an_empty_home_finds_nothing_and_makes_nothing(home: Home) -> None:
    with SearchEngine(home) as search_engine:
        assert search_engine.search("anything").hits == ()
        assert search_engine.search("").hits == ()
    assert not home.root.exists()


def test_one_search_loads_neither_torch_nor_chroma_nor_the_record(shelf: Library) -> None:
    shelf.drain()
    script = (
        "import sys; from pathlib import Path; from kb.config import Home;"
        "from kb.search.search_engine import SearchEngine;"
        "from tests.support.embedder import HashEmbedder;"
        "r = SearchEngine(Home(Path(sys.argv[1])), HashEmbedder()).search('honest arguments');"
        "print(len(r.hits[0].matched));"
        "print([m for m in ('torch', 'chromadb', 'sqlalchemy', 'textual') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(shelf.home.root)], check=True, capture_output=True, text=True
    )
    assert done.stdout.split("\n")[:2] == ["2", "[]"]


def test_a_paper_without_a_text_is_found_by_its_title_and_abstract(shelf: Library, search_engine: SearchEngine) -> None:
    papers = Papers(shelf.record)
    paper = papers.add(
        PaperDraft(title="Iterated amplification", abstract="Weak experts are trained by decomposition.")
    )
    shelf.drain()
    hit = search_engine.search("decomposition experts").hits[0]
    assert (hit.paper, hit.section, hit.matched) == (paper.id, "Abstract", ("words", "meaning"))
    assert (hit.page, hit.block) == (None, None), "there is nothing to land on yet"
    parsed = document("Iterated amplification", ["A text about decomposition."])
    shelf.texts.put(paper.id, parsed, title=paper.title)
    shelf.drain()
    found = search_engine.search("decomposition experts").hits
    assert "Abstract" not in {hit.section for hit in found}, "its own text is there now"
    shelf.texts.remove(parsed.sha256)
    shelf.drain()
    assert search_engine.search("decomposition experts").hits[0].section == "Abstract"


def test_a_new_title_of_a_paper_reaches_its_hits(shelf: Library, search_engine: SearchEngine) -> None:
    papers = Papers(shelf.record)
    paper = papers.find("AI safety via debate")
    papers.update(paper.id, PaperDraft(title="Safety by argument"))
    shelf.drain()
    assert {hit.title for hit in search_engine.search("judge debate").hits} >= {"Safety by argument"}


def test_the_model_before_answers_until_the_index_of_the_new_one_is_filled(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.drain()
    old = shelf.embedder
    monkeypatch.setattr("kb.recall.semantic.load_embedder", lambda settings, home: HashEmbedder(name=old.name))
    shelf.embedder = HashEmbedder(name="another", dimension=32)
    for resident in (True, False):
        with SearchEngine(shelf.home, shelf.embedder, resident=resident) as search_engine:
            result = search_engine.search("honest arguments")
            assert result.hits[0].matched == ("words", "meaning")
            assert "another is being filled; word-hash answers" in result.notice
    with SearchEngine(shelf.home, shelf.embedder, resident=True) as search_engine:
        search_engine.search("honest arguments")
        steps = drain(shelf.home, shelf.record, shelf.texts, shelf.embedder, slice_size=1)
        next(steps)
        assert "is being filled" in search_engine.search("honest arguments").notice
        list(steps)
        result = search_engine.search("honest arguments")
    assert result.notice == ""
    assert result.hits[0].matched == ("words", "meaning")


@pytest.mark.parametrize("harm", ["deleted", "of another form"])
def test_texts_that_are_gone_are_told_of(shelf: Library, harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.drain()
    if harm == "deleted":
        shutil.rmtree(shelf.home.derived)
    else:
        monkeypatch.setattr("kb.recall.texts_schema.SCHEMA", 1000)
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        found = search_engine.search("honest arguments")
        assert not found.hits
        assert "kb reindex" in found.notice
        with library(shelf.home) as again:
            again.texts.put("p", document("AI safety via debate", DEBATE), title="AI safety via debate")
        assert "texts are missing" not in search_engine.search("honest arguments").notice
