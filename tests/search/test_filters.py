"""Filters: each narrows what it names, several must all hold, and a value that cannot be is an error with its cure."""

from collections.abc import Iterator
from contextlib import suppress
from inspect import signature

import pytest

from kb.cli.search import search
from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.models.provenance import Provenance
from kb.models.reading_list import Entry, ReadingList
from kb.models.reading_state import ReadingState
from kb.recall.query import FILTERS, Filter, wanted
from kb.search.filter_data import FilterData
from kb.search.filter_values import FilterReader
from kb.search.search_engine import SearchEngine
from kb.search.topics import Topics
from tests.support.filled_library import Library, library


@pytest.fixture
def shelf(home: Home) -> Iterator[Library]:
    """Two papers on one list, each with a passage and a note about judges, and a thought without a paper."""
    with library(home) as opened:
        debate = opened.add(
            "Debate", ["A judge hears a debate."], authors=("Geoffrey Irving", "Paul Christiano"), year=2018
        )
        reward = opened.add("Reward", ["A judge of rewards."], authors=("Jan Leike",), year=2021, kind="post")
        entries = (
            Entry(id="d", order=1, title="Debate", week=6, agendas=("debate",), concepts=("amplification",)),
            Entry(id="r", order=2, title="Reward", week=2, concepts=("rlhf",)),
        )
        reading_lists = ReadingLists(opened.record)
        reading_lists.sync(ReadingList(id="course-2023", title="A course", edition="2023", source="", entries=entries))
        reading_lists.attach("course-2023", "d", debate)
        reading_lists.attach("course-2023", "r", reward)
        Papers(opened.record).set_state(debate, ReadingState.READ)
        opened.note(kind="claim", body="the judge is honest", paper=debate)
        opened.note(kind="highlight", body="the judge is weak", paper=reward, agendas=({"agenda": "rlhf"},))
        opened.note(kind="idea", body="a judge of my own", concepts=("amplification",))
        opened.drain()
        yield opened


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            "",
            {
                "A judge hears a debate.",
                "A judge of rewards.",
                "the judge is honest",
                "the judge is weak",
                "a judge of my own",
            },
        ),
        ("kind:claim", {"the judge is honest"}),
        ("kind:claim kind:idea", {"the judge is honest", "a judge of my own"}),
        ("kind:post", {"A judge of rewards.", "the judge is weak"}),
        ("author:christiano", {"A judge hears a debate.", "the judge is honest"}),
        ('author:"jan leike"', {"A judge of rewards.", "the judge is weak"}),
        ("year:2018", {"A judge hears a debate.", "the judge is honest"}),
        ("year:2019..", {"A judge of rewards.", "the judge is weak"}),
        ("year:..2018", {"A judge hears a debate.", "the judge is honest"}),
        ("year:2017..2022 kind:highlight", {"the judge is weak"}),
        ("list:course-2023 week:6", {"A judge hears a debate.", "the judge is honest"}),
        ("list:course week:9", set()),
        ("state:read", {"A judge hears a debate.", "the judge is honest"}),
        ("agenda:debate", {"A judge hears a debate."}),
        ("agenda:rlhf", {"A judge of rewards.", "the judge is weak"}),
        ("concept:amplification", {"A judge hears a debate.", "a judge of my own"}),
        ("provenance:parser", {"A judge hears a debate.", "A judge of rewards."}),
        ("provenance:me", {"the judge is honest", "the judge is weak", "a judge of my own"}),
        ("-kind:highlight -provenance:parser", {"the judge is honest", "a judge of my own"}),
        ("-author:leike kind:idea", {"a judge of my own"}),
    ],
)
def test_a_filter_leaves_what_meets_it(shelf: Library, filters: str, expected: set[str]) -> None:
    for resident in (True, False):
        with SearchEngine(shelf.home, shelf.embedder, resident=resident) as search_engine:
            for mode in ("hybrid", "words", "meaning"):
                found = search_engine.search(f"{filters} judge", mode=mode, limit=50)  # type: ignore[arg-type]
                assert {hit.text for hit in found.hits} == expected, mode


def test_one_paper_is_named_by_its_id_its_key_or_a_beginning(shelf: Library) -> None:
    paper = Papers(shelf.record).find("Debate")
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        for name in (paper.id, paper.key, paper.id[:8]):
            hits = search_engine.search(f"paper:{name} judge", where="passages").hits
            assert {hit.paper for hit in hits} == {paper.id}


def test_filters_alone_list_the_notes(shelf: Library) -> None:
    newest = shelf.note(kind="claim", body="newer")
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        hits = search_engine.search("kind:claim").hits
    assert [hit.text for hit in hits] == ["newer", "the judge is honest"]
    assert hits[0].note == newest.id
    assert hits[0].matched == ()


@pytest.mark.parametrize(
    "query", ["kind:nonsense x", "year:soon x", "year:.. x", "week:first x", "state:eaten x", "provenance:you x"]
)
def test_a_value_that_cannot_be_is_an_error(shelf: Library, query: str) -> None:
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        with pytest.raises(UsageError) as raised:
            search_engine.search(query)
        typed = search_engine.search(f"{query} judge", typing=True)
    assert raised.value.why
    assert raised.value.next
    assert "judge" in typed.hits[0].text, "a value that is being typed is not wrong yet"
    assert typed.notice


def test_filters_stand_anywhere_and_are_no_part_of_the_text() -> None:
    found = wanted('agenda:debate "exact phrase" -word judge author:"A B" -kind:claim')
    assert found.text == "exact phrase judge"
    assert (found.words, found.phrases, found.without) == (("judge",), ("exact phrase",), ("word",))
    assert found.filters == (
        Filter("agenda", "debate"),
        Filter("author", "A B"),
        Filter("kind", "claim", excludes=True),
    )


def test_an_unknown_name_is_a_plain_word() -> None:
    found = wanted("foo:bar http://x.y")
    assert found.filters == ()
    assert found.words == ("foo", "bar", "http", "x", "y")


def test_provenance_is_the_notes_own(shelf: Library) -> None:
    assert {origin.value for origin in Provenance} == {"me", "parser", "run", "import"}
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        assert search_engine.search("provenance:import judge").hits == ()


def test_each_paper_has_one_passage_when_grouped(shelf: Library) -> None:
    shelf.add("Long", [f"A judge of case {at}." for at in range(5)])
    shelf.drain()
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        hits = search_engine.search("judge", grouped=True, limit=50).hits
    papers = [hit.paper for hit in hits if hit.what == "passage"]
    assert len(papers) == len(set(papers)) == 3
    assert len([hit for hit in hits if hit.what == "note"]) == 3, "each of the reader's own notes stands for itself"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_more_like_this_leaves_this_out(shelf: Library) -> None:
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        this = search_engine.search("debate", where="passages").hits[0]
        id_ = shelf.texts.connection.execute("SELECT id FROM passages WHERE text = ?", (this.text,)).fetchone()[0]
        hits = search_engine.like(this.text, but={("passage", id_)}).hits
    assert this.text not in {hit.text for hit in hits}
    assert hits[0].matched == ("meaning",)


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_is_understood_by_a_query_and_is_an_option(name: str, home: Home) -> None:
    with suppress(UsageError, NotFoundError):
        facts = FilterData()
        assert FilterReader(facts, Topics(home, facts).find).value(Filter(name, "no such thing")).reading
    assert name in signature(search).parameters
