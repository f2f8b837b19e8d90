"""Agendas and concepts as filters: tags, claims, papers of the map, evidence for claims, and the reader's own."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.errors import NotFoundError
from kb.library.agendas import Agendas
from kb.library.links import Links
from kb.library.reading_lists import ReadingLists
from kb.models.agenda import Agenda
from kb.models.note import LinkKind
from kb.models.reading_list import Entry, ReadingList
from kb.search.did_you_mean import misspelt_filters
from kb.search.search_engine import SearchEngine
from kb.sources.maps import load_agendas, load_concepts
from tests.support.filled_library import Library, library


@pytest.fixture
def shelf(home: Home) -> Iterator[Library]:
    """A paper that the map of agendas names, one that a list tags, and one that is about something else."""
    with library(home) as opened:
        debate = next(each for each in load_agendas(home).agendas if each.id == "scalable-oversight")
        concept = next(each for each in load_concepts(home).concepts if each.id == "rlhf")
        opened.add("Named", ["A judge is named."], arxiv_id=next(one for one in debate.papers if "." in one))
        tagged = opened.add("Tagged", ["A judge is tagged."], year=2019)
        opened.add("Taught", ["A judge is taught."], arxiv_id=next(one for one in concept.papers if "." in one))
        opened.add("Elsewhere", ["A judge is elsewhere."], authors=("Jan Leike",))
        entry = Entry(id="t", order=1, title="Tagged", week=4, agendas=("critiques",))
        reading_lists = ReadingLists(opened.record)
        reading_lists.sync(
            ReadingList(id="mine", title="My course on judges", edition="1", source="", entries=(entry,))
        )
        reading_lists.attach("mine", "t", tagged)
        opened.drain()
        yield opened


def texts(shelf: Library, query: str) -> set[str]:
    """What is found."""
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        return {hit.text for hit in search_engine.search(query, mode="words", limit=50).hits}


@pytest.mark.parametrize("name", ["scalable-oversight", "debate", "Debate", "debat", "critiques", "scalable_oversight"])
def test_an_agenda_is_its_tags_and_the_papers_that_it_names(shelf: Library, name: str) -> None:
    assert texts(shelf, f"agenda:{name} judge") == {"A judge is named.", "A judge is tagged."}


def test_a_claim_of_an_agenda_is_the_notes_that_bear_on_it_and_their_evidence(shelf: Library) -> None:
    part = next(each for each in load_agendas(shelf.home).agendas if each.id == "scalable-oversight").theory_of_change[
        0
    ]
    on_it = shelf.note(kind="claim", body="judge one", agendas=({"agenda": part.id, "bearing": "supports"},))
    evidence = shelf.note(kind="evidence", body="judge two")
    shelf.note(kind="idea", body="judge three")
    Links(shelf.record).add(evidence.id, on_it.id, LinkKind.SUPPORTS)
    both = {"judge one", "judge two"}
    assert texts(shelf, f"agenda:{part.id} kind:claim kind:evidence judge") == both
    assert both <= texts(shelf, "agenda:debate judge")
    assert "judge three" not in texts(shelf, "agenda:debate judge")
    link = Links(shelf.record).of(evidence.id)[0]
    Links(shelf.record).remove(link.id)
    assert texts(shelf, f"agenda:{part.id} kind:evidence judge") == set()


def test_a_claim_goes_by_its_number_in_the_chain(shelf: Library) -> None:
    agendas = {each.id: each for each in load_agendas(shelf.home).agendas}
    second = agendas["scalable-oversight"].theory_of_change[1]
    shelf.note(kind="claim", body="judge second", agendas=({"agenda": second.id},))
    assert "judge second" in texts(shelf, "agenda:debate/2 judge")
    assert "judge second" not in texts(shelf, "agenda:debate/1 judge")
    with SearchEngine(shelf.home, shelf.embedder) as search_engine, pytest.raises(NotFoundError) as raised:
        search_engine.search("agenda:debate/99 x")
    assert "its chain has" in raised.value.why


def test_a_note_on_a_link_that_left_the_chain_is_found_under_it_and_under_its_agenda(shelf: Library) -> None:
    former = next(each for each in load_agendas(shelf.home).agendas if each.former_links)
    shelf.note(kind="claim", body="judge of old", agendas=({"agenda": former.former_links[0].id},))
    assert texts(shelf, f"agenda:{former.former_links[0].id} judge") == {"judge of old"}
    assert "judge of old" in texts(shelf, f"agenda:{former.id} judge")


def test_an_agenda_of_the_readers_own_is_known(shelf: Library) -> None:
    template = load_agendas(shelf.home).agendas[0]
    parts = tuple(part.model_copy(update={"id": f"own-{n}"}) for n, part in enumerate(template.theory_of_change))
    cruxes = (template.cruxes[0].model_copy(update={"id": "own-crux", "bears_on": ("own-0",)}),)
    own = Agenda.model_validate(
        template.model_copy(
            update={"id": "judging", "tags": ("judging",), "theory_of_change": parts, "cruxes": cruxes}
        ).model_dump()
    )
    Agendas(shelf.record).save(own, "add")
    shelf.note(kind="idea", body="judge of mine", agendas=({"agenda": "own-1"},))
    assert "judge of mine" in texts(shelf, "agenda:judging judge")


def test_a_concept_is_the_papers_that_teach_it(shelf: Library) -> None:
    assert texts(shelf, "concept:rlhf judge") == {"A judge is taught."}


def test_a_tag_that_only_notes_know_stands_for_itself(shelf: Library) -> None:
    shelf.note(kind="idea", body="judge alone", agendas=({"agenda": "my-own-thing"},))
    assert texts(shelf, "agenda:my-own-thing judge") == {"judge alone"}


def test_lists_go_by_their_titles_and_weeks_by_spans(shelf: Library) -> None:
    assert texts(shelf, "list:judges week:3..5 judge") == {"A judge is tagged."}
    assert texts(shelf, "list:mine week:5.. judge") == set()


def test_what_there_is_not_is_answered_with_what_is_near(shelf: Library) -> None:
    for query, near in (
        ("agenda:scalable-oversite x", "scalable-oversight"),
        ("concept:rhlf x", "rlhf"),
        ("author:leyke x", "Jan Leike"),
        ("list:mein x", "mine"),
        ("-paper:taggd x", "tagged"),
    ):
        with SearchEngine(shelf.home, shelf.embedder) as search_engine, pytest.raises(NotFoundError) as raised:
            search_engine.search(query)
        assert near in raised.value.why.casefold() or near in raised.value.why, query


def test_what_is_being_typed_leaves_the_other_filters_in_force(shelf: Library) -> None:
    with SearchEngine(shelf.home, shelf.embedder) as search_engine:
        result = search_engine.search("year:2019 kind:clai judge", typing=True)
    assert {hit.text for hit in result.hits} == {"A judge is tagged."}
    assert [(read.reading, bool(read.problem)) for read in result.filters] == [("2019", False), ("", True)]


def test_names_that_are_nearly_filters_are_remarked_on_and_others_are_words() -> None:
    assert "agenda:" in misspelt_filters("agend:debate judge")[0]
    assert "agenda:" in misspelt_filters("tag:debate")[0]
    assert "author:" in misspelt_filters('-by:"Jan Leike"')[0]
    for query in ("agenda:debate", "http://a.b", "note: a thing", "ratio 3:1", "cs:LG x", "GPT-3:the model"):
        assert misspelt_filters(query) == []
