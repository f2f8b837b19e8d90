"""One language of filters: the same text means the same, or is the same error, in the library's box and in a search."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import KbError
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.library.reading_sessions import ReadingSessions
from kb.models.paper import PaperDraft, ReadingState
from kb.models.reading_list import Entry, ReadingList
from kb.recall.query import FILTERS, wanted
from kb.search.did_you_mean import problem, remarks
from kb.search.filters import allowed_items
from kb.search.search_engine import SearchEngine
from tests.support.filled_library import Library, library
from tui.data.library_files import LibraryFiles
from tui.data.library_overview import overview
from tui.data.paper_filter import facets, facts_of, filtered, filters_of_library, read_filter, with_condition


@dataclass
class Roads:
    """A library, asked through its box and through a search."""

    shelf: Library
    files: LibraryFiles

    def box(self, text: str, *, typing: bool = False) -> tuple[str, str]:
        """First letters of the papers that the box shows, those that are not here too; and what is wrong."""
        seen, filters = overview(self.files), filters_of_library(self.files)
        rows = [*seen.papers, *(row for row in seen.entries["course"] if row.paper is None)]
        asked = read_filter(text, filters, typing=typing)
        texts = tuple(row.search_text for row in rows)
        shown = filtered(tuple(rows), texts, asked, facts_of(rows, filters))
        return "".join(sorted(row.title[0] for row in shown)), asked.problem

    def search(self, text: str) -> tuple[str, str]:
        """First letters of the papers in which a search looks, and the error that it answers with."""
        said = remarks(text)
        try:
            allowed = allowed_items(self.shelf.home, wanted(text).filters)
        except KbError as error:
            return "", problem(error)
        papers = [paper for paper in Papers(self.shelf.record).all() if self._is_in(paper.id, allowed.papers)]
        return "".join(sorted(paper.title[0] for paper in papers)), ". ".join(said)

    @staticmethod
    def _is_in(paper: str, allowed: frozenset[str] | None) -> bool:
        return allowed is None or paper in allowed


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Roads]:
    """Debate (read, noted), Amplification (gone over, on the map of agendas), Reward (a post); Zero is not here."""
    with library(Home(tmp_path_factory.mktemp("filters"))) as opened:
        debate = opened.add("Debate", ["A judge."], authors=("Geoffrey Irving", "Paul Christiano"), year=2018)
        other = Papers(opened.record).add(
            PaperDraft(title="Amplification", authors=("Paul Christiano",), year=2016, arxiv_id="1810.08575")
        )
        reward = opened.add("Reward", ["A reward."], authors=("Jan Leike",), year=2021, kind="post")
        entries = (
            Entry(id="d", order=1, title="Debate", week=6, agendas=("debate",), concepts=("amplification",)),
            Entry(id="r", order=2, title="Reward", week=2, concepts=("rlhf",)),
            Entry(id="z", order=3, title="Zero", week=2, year=2018, kind="talk", authors=("Ada Lovelace",)),
        )
        lists = ReadingLists(opened.record)
        lists.sync(ReadingList(id="course", title="A course", edition="1", source="", entries=entries))
        lists.attach("course", "d", debate)
        lists.attach("course", "r", reward)
        Papers(opened.record).set_state(debate, ReadingState.READ)
        ReadingSessions(opened.record).keep(other.id, 1, ((0, 9),), 60, date(2026, 1, 5))
        opened.note(kind="claim", body="honest", paper=debate)
        opened.note(kind="highlight", body="weak", paper=reward, agendas=({"agenda": "rlhf"},))
        files = LibraryFiles(opened.home)
        yield Roads(opened, files)
        files.close()


MEANINGS = [
    ("", "ADR"),
    ("year:2018", "D"),
    ("year:2016..2018", "AD"),
    ("year:2016-2018", "AD"),
    ("year:2016–2018", "AD"),
    ("year:2018..", "DR"),
    ("year:2018-", "DR"),
    ("year:..2018", "AD"),
    ("year:-2018", "AD"),
    ("-year:2018-", "A"),
    ("-year:-2018", "R"),
    ("-year:2016..2018", "R"),
    ("year:2016 year:2021", "AR"),
    ("year:2016-2017 year:2021-", "AR"),
    ("state:read", "D"),
    ("state:READ", "D"),
    ("-state:read", "AR"),
    ("state:read state:unread", "ADR"),
    ("-state:read -state:unread", ""),
    ("author:christiano", "AD"),
    ('author:"jan leike"', "R"),
    ("-author:christiano", "R"),
    ("author:leike author:irving", "DR"),
    ("kind:post", "R"),
    ("-kind:post", "AD"),
    ("kind:paper kind:post", "ADR"),
    ("list:course", "DR"),
    ("-list:course", "A"),
    ("list:course week:6", "D"),
    ("week:2-6", "DR"),
    ("week:..3", "R"),
    ("-week:2", "AD"),
    ("agenda:debate", "AD"),
    ("agenda:rlhf", "R"),
    ("-agenda:debate", "R"),
    ("agenda:debate agenda:rlhf", "ADR"),
    ("concept:rlhf", "R"),
    ("paper:1810.08575", "A"),
    ("-paper:debate", "AR"),
    ("has:notes", "DR"),
    ("-has:notes", "A"),
    ("has:text", "DR"),
    ("has:time", "A"),
    ("has:time has:notes", "ADR"),
    ("year:2018.. has:notes -state:read", "R"),
]
"""What papers of the library each leaves, both ways."""


@pytest.mark.parametrize(("text", "papers"), MEANINGS)
def test_a_filter_means_the_same_in_the_box_and_in_a_search(roads: Roads, text: str, papers: str) -> None:
    shown, wrong = roads.box(text)
    assert (shown.replace("Z", ""), wrong) == (papers, "")
    assert roads.search(text) == (papers, "")


ERRORS = [
    ("year:soon", "write 2018, 2018.., ..2020, 2018..2020 or 2018-2020"),
    ("year:..", "write 2018"),
    ("year:-", "write 2018"),
    ("year:18", "write 2018"),
    ("year:2020..2018", "write year:2018..2020"),
    ("week:first", "write 3, 3.., 3..5 or 3-5"),
    ("state:raed", "the nearest are"),
    ("-state:raed", "read"),
    ("kind:clam", "the nearest is claim"),
    ("provenance:you", "a provenance is one of me, parser, run, import"),
    ("has:note", "the nearest is notes; write has:text, has:notes, has:time"),
    ("author:leyke", "Jan Leike"),
    ("list:corse", "the nearest is course"),
    ("agenda:debbate", "debate"),
    ("concept:rhlf", "rlhf"),
    ("paper:debatte", "debate"),
    ("author:", "author: has nothing behind it and narrows nothing; write author:christiano"),
    ("-state:", "state: has nothing behind it and narrows nothing; write state:read"),
    ('author:""', "write author:christiano"),
    ("stat:read", "stat: is no filter and was read as a word; the nearest is state:"),
    ("tag:debate", "the nearest is agenda:"),
]
"""What is wrong with each, in the same sentence both ways."""


@pytest.mark.parametrize(("text", "says"), ERRORS)
def test_what_is_wrong_is_the_same_sentence_in_both(roads: Roads, text: str, says: str) -> None:
    _, wrong = roads.box(text)
    assert says in wrong
    assert roads.search(text)[1] == wrong


def test_every_filter_stands_in_both_tables() -> None:
    for table in (MEANINGS, ERRORS):
        named = {each.name for text, _ in table for each in wanted(text).filters}
        assert named | {"provenance"} == set(FILTERS)


def test_what_is_wrong_narrows_nothing_and_the_rest_does(roads: Roads) -> None:
    assert roads.box("state:raed year:2021")[0] == "R"
    with SearchEngine(roads.shelf.home, roads.shelf.embedder) as search_engine:
        typed = search_engine.search("state:raed year:2021 reward", mode="words", typing=True)
    assert {hit.title for hit in typed.hits if hit.what == "passage"} == {"Reward"}


@pytest.mark.parametrize(
    "text", ["state:mis", "year:20", "year:2016-2", "author:", "agenda:debx", "author:xyz", "-has:", 'author:"xyz"']
)
def test_what_is_being_typed_is_not_wrong_yet(roads: Roads, text: str) -> None:
    shown, wrong = roads.box(text, typing=True)
    assert (shown, wrong) == ("ADRZ", "")
    assert roads.box(f"{text} ", typing=True)[1], "a space ends it"
    assert roads.box(text)[1], "enter ends it"


def test_what_only_one_of_them_knows_says_where_it_can_be_used(roads: Roads) -> None:
    assert roads.box("state:missing") == ("Z", "")
    assert roads.box("-state:missing") == ("ADR", "")
    assert "narrows the library alone" in roads.search("state:missing")[1]
    for text in ("kind:claim", "provenance:me"):
        assert "a search can be narrowed by it" in roads.box(text)[1]
        assert roads.search(text)[1] == ""


def test_the_box_filters_what_is_not_here_too(roads: Roads) -> None:
    for text in ("year:2018 -state:read", "kind:talk", "author:lovelace", "list:course week:2 -kind:post", "zer"):
        assert roads.box(text) == ("Z", ""), text


def test_words_of_the_box_are_letters_and_quotes_and_minus_work(roads: Roads) -> None:
    assert roads.box("christ")[0] == "AD"
    assert roads.box('"jan" leike -debate')[0] == ""
    assert roads.box("irving -amplification")[0] == "D"
    assert roads.box("christ -debate")[0] == "A"


def test_a_facet_counts_what_its_filter_shows(roads: Roads) -> None:
    seen, filters = overview(roads.files), filters_of_library(roads.files)
    for key in ("state", "agenda", "list", "kind", "year"):
        for value, count in facets(seen.papers, key, filters):
            shown, wrong = roads.box(with_condition("-state:missing", (key, value)))
            assert (len(shown.replace("Z", "")), wrong) == (count, ""), (key, value)


def test_the_box_loads_neither_a_database_nor_a_model_of_the_record() -> None:
    script = (
        "import sys, json, tui.data.paper_filter as box, tui.widgets.paper_list;"
        "from kb.search.filter_data import FilterData, PaperFacts, Choices;"
        "from kb.search.filter_values import FilterReader;"
        "from kb.search.did_you_mean import nearest;"
        "facts = FilterData({'a': PaperFacts('a', 'A', 'T', ('N',), 2018, 'paper', 'read', '', ())},"
        " choices=Choices(states=('read',), paper_kinds=('paper',)));"
        "reader = FilterReader(facts, None, only_papers=True);"
        "from types import SimpleNamespace;"
        "box.read_filter('state:read year:2018- kind:x author:n has:text stat:x ', SimpleNamespace(reader=reader));"
        "print(json.dumps(sorted(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert {"sqlalchemy", "pydantic", "chromadb"}.isdisjoint(json.loads(done.stdout))
