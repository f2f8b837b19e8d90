"""The library: narrowing by words and conditions, facets, orders, what is known of a paper, and why it has no text."""

import pytest

from kb.config import Home
from kb.library.note_list import NoteListing
from kb.library.papers import Papers
from kb.library.reading_sessions import ReadingSessions
from kb.library.record import Record
from kb.models.paper import ReadingState
from kb.search.library_filters import read_library_filters
from tests.tui.driving import LARGE, Driver, drive
from tests.tui.sample import AMODEI, CHRISTIANO, Sample
from tests.tui.standin import Answer, StandIn
from tui.commands.clipboard import open_address
from tui.data.paper_filter import facets, filtered, ordered, read_filter, with_condition
from tui.data.view_models import PaperRow
from tui.dialogs.facet_picker import FacetPicker
from tui.render.paper_details import about
from tui.screens.library import LibraryScreen

ROWS = (
    PaperRow(
        "Debate", "a", "Irving", 2018, "read", 2, readable=True, agendas=("debate",), lists=("course",), seconds=60
    ),
    PaperRow("Amplification", "b", "Christiano", 2018, agendas=("ida", "debate"), lists=("course", "other")),
    PaperRow("A talk", "c", year=2016, state="queued", kind="talk", url="https://example.org/talk"),
    PaperRow("Missing", source="arxiv:1805.00899", year=2020, lists=("other",)),
)


def shown(text: str) -> str:
    """The first letters of the rows that the words of a filter let through."""
    return "".join(row.title[0] for row in filtered(ROWS, [row.search_text for row in ROWS], read_filter(text, None)))


@pytest.mark.parametrize(
    ("text", "titles"),
    [("", "DAAM"), ("christ", "A"), ("2018", "DA"), ("-2018", "AM"), ('"a talk"', "A"), ("the", ""), ("& irv", "D")],
)
def test_words_are_letters_that_stand_in_a_row(text: str, titles: str) -> None:
    assert shown(text) == titles


def test_filters_wait_for_what_they_look_at_and_words_do_not() -> None:
    asked = read_filter("irving state:read", None)
    assert (asked.words, asked.waits, asked.problem) == (("irving",), True, "")


def test_choosing_a_facet_replaces_its_kind_and_again_takes_it_away() -> None:
    assert with_condition("reward year:2017", ("year", "2018")) == "reward year:2018"
    assert with_condition("reward year:2018", ("year", "2018")) == "reward"
    assert with_condition("-year:2017 year:2016", ("year", "2018")) == "-year:2017 year:2018"
    assert with_condition('author:"jan leike', ("agenda", "my own")) == 'author:"jan leike" agenda:"my own"'
    assert with_condition('agenda:"my own" x', ("agenda", "my own")) == "x"


def test_facets_count_what_is_there(home: Home) -> None:
    filters = read_library_filters(home)
    assert facets(ROWS, "state", filters) == [("unread", 1), ("queued", 1), ("read", 1), ("missing", 1)]
    assert facets(ROWS, "list", filters) == [("course", 2), ("other", 2)]
    assert facets(ROWS, "year", filters) == [("2020", 1), ("2018", 2), ("2016", 1)]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("list", "DAAM"),
        ("title", "AADM"),
        ("year", "MDAA"),
        ("state", "DAAM"),
        ("time read", "DAAM"),
        ("notes", "DAAM"),
    ],
)
def test_papers_stand_in_the_order_asked_for(order: str, titles: str) -> None:
    assert "".join(row.title[0] for row in ordered(ROWS, order)) == titles


def test_what_is_not_here_says_why_and_what_to_do() -> None:
    talk, missing = about(ROWS[2], {}), about(ROWS[3], {"1805.00899": "Withdrawn: arXiv has no file of it"})
    assert "No text here: a talk: there is no text to fetch." in talk
    assert "kb open c" in talk
    assert "No text here: withdrawn: arXiv has no file of it" in missing
    assert "kb fetch arxiv:1805.00899" in missing
    assert "1 min of reading · 2 notes" in about(ROWS[0], {})


def library(driver: Driver) -> LibraryScreen:
    """The library, which must be on the screen."""
    assert isinstance(driver.app.place, LibraryScreen)
    return driver.app.place


def test_facets_are_chosen_and_dropped(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("v")
        assert isinstance(driver.app.screen, FacetPicker)
        assert "Year" in driver.text
        await driver.press("G", "k", "enter")
        assert library(driver).filter_box.value == "year:2017"
        assert [row.title for row in library(driver).papers.shown] == [CHRISTIANO]
        await driver.press("escape")
        assert library(driver).papers.row_count == 2

    drive(sample.home, steps)


def problem(driver: Driver) -> str:
    """What stands below the box, which must be shown where it says anything."""
    line = library(driver).filter_problem
    assert line.display == bool(str(line.content))
    return str(line.content)


def test_what_is_wrong_with_the_box_stands_beside_it(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("slash")
        await driver.write("state:raed")
        assert problem(driver) == "", "it may only be begun"
        assert library(driver).papers.row_count == 2
        await driver.write(" x")
        assert "there is no state 'raed'. the nearest are" in problem(driver)
        assert "there is no state 'raed'" in driver.text
        await driver.press("escape")
        assert problem(driver) == ""
        await driver.press("slash")
        await driver.write("year:2016-2018 author:")
        assert [row.title for row in library(driver).papers.shown] == [CHRISTIANO, AMODEI]
        assert problem(driver) == ""
        await driver.press("enter")
        assert "author: has nothing behind it" in problem(driver)
        assert library(driver).papers.row_count == 2

    drive(sample.home, steps, size=LARGE)


def test_a_filter_follows_what_changes_in_the_record(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("slash")
        await driver.write("state:read")
        assert library(driver).papers.row_count == 0
        with Record.open(sample.home) as record:
            Papers(record).set_state(sample.christiano, ReadingState.READ)
        await driver.press("enter", "f5")
        assert [row.title for row in library(driver).papers.shown] == [CHRISTIANO]

    drive(sample.home, steps)


def test_orders_go_round_and_the_cursor_stays_on_its_paper(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("s")
        assert "by title" in driver.text
        assert library(driver).papers.shown[0].title.startswith("Concrete")
        assert library(driver).papers.chosen is not None
        assert library(driver).papers.chosen.title == CHRISTIANO

    drive(sample.home, steps)


def test_time_and_progress_are_shown(sample: Sample) -> None:
    from datetime import date

    with Record.open(sample.home) as record:
        ReadingSessions(record).keep(sample.christiano, 4, ((0, 400),), 1500, date(2026, 1, 5))

    async def steps(driver: Driver) -> None:
        assert "40 % gone over" in driver.text
        assert "25 min" in driver.text
        await driver.press("slash")
        await driver.write("has:time")
        assert library(driver).papers.row_count == 1

    drive(sample.home, steps, size=LARGE)


def test_the_engine_is_asked_why_papers_are_missing(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        engine.answer(Answer(0, "sync", final=True))
        await driver.settle()
        number, kind, _ = engine.asked[-1]
        assert kind == "reasons"
        engine.answer(Answer(number, "reasons", {"reasons": {"1606.06565": "arXiv is not answering"}}, final=False))
        await driver.settle()
        await driver.press("down")
        assert "No text here: arXiv is not answering" in driver.text

    drive(sample.home, steps, size=LARGE, engine=engine)


def test_only_addresses_of_the_web_are_opened() -> None:
    assert "no address of the web" in open_address("file:///etc/passwd")
    assert "no address of the web" in open_address("--help")


def test_agendas_of_notes_are_known_by_paper(sample: Sample) -> None:
    with Record.open(sample.home) as record:
        assert NoteListing(record).agendas_per_paper() == {}
