"""Searching: words at once, meaning later, stale answers dropped, and back as it was."""

from kb.models.search import Hit, SearchResult
from tests.tui.driving import LARGE, Driver, drive
from tests.tui.sample import CHRISTIANO, Sample
from tests.tui.standin import Answer, StandIn
from tui.messages import OpenPaper
from tui.screens.reader.screen import ReaderScreen
from tui.screens.search.screen import SearchScreen
from tui.text.reflow import TextPosition


def screen(driver: Driver) -> SearchScreen:
    """The search screen, which must be shown."""
    assert isinstance(driver.app.place, SearchScreen)
    return driver.app.place


def result(sample: Sample, query: str, text: str) -> dict[str, object]:
    """What the engine would answer."""
    hit = Hit(
        rank=1, score=1, what="passage", paper=sample.christiano, title=CHRISTIANO, page=1, text=text, snippet=text,
        block=5, matched=("meaning",),
    )  # fmt: skip
    return SearchResult(query=query, took_ms=1, hits=(hit,)).model_dump(mode="json")


def test_words_are_found_while_typing_and_enter_lands_on_the_line(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("poorly defi")
        assert screen(driver).results.chosen is not None
        await driver.press("enter")
        assert isinstance(driver.app.place, ReaderScreen)
        text = driver.app.place.text
        assert text.cursor.block == 5
        assert text.page.texts[5][text.cursor.offset :].startswith("poorly defined")
        assert driver.messages(OpenPaper)[-1].back == "search"

    drive(sample.home, steps)


def test_escape_comes_back_to_the_same_query_and_hit(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f", "f5")
        await driver.write("complex reward human")
        await driver.press("down")
        before = screen(driver).results.cursor
        assert before == 1
        await driver.press("enter", "escape")
        assert screen(driver).query_box.value == "complex reward human"
        assert screen(driver).results.cursor == before

    drive(sample.home, steps)


def test_meaning_is_asked_for_after_a_pause_and_only_the_last_answer_counts(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("f")
        place = screen(driver)
        await driver.write("reward")
        place.queries.ask_engine()
        await driver.write("s")
        place.queries.ask_engine()
        asked = [(number, payload["query"]) for number, kind, payload in engine.asked if kind == "search"]
        last = {query: number for number, query in asked}
        assert list(last)[-2:] == ["reward", "rewards"]
        engine.answer(Answer(last["rewards"], "search", result(sample, "rewards", "the new answer")))
        engine.answer(Answer(last["reward"], "search", result(sample, "reward", "the stale answer")))
        await driver.settle()
        assert "the new answer" in driver.text
        assert "the stale answer" not in driver.text

    drive(sample.home, steps, engine=engine, size=LARGE)


def test_engine_that_fails_leaves_the_words_and_says_so(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("ordinal")
        screen(driver).queries.ask_engine()
        number = engine.asked[-1][0]
        engine.answer(Answer(number, "search", error="the model is damaged. kb doctor"))
        await driver.settle()
        assert "the model is damaged" in driver.text

    drive(sample.home, steps, engine=engine, size=LARGE)


def test_nothing_found_empty_query_and_odd_signs_are_no_failure(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f", "enter")
        for query in ("zebra", '"', "AND (", "*", "[bold]"):
            screen(driver).query_box.value = query
            await driver.settle()
            assert screen(driver).query_box.value == query
        screen(driver).query_box.value = ""
        await driver.settle()
        assert "Find an idea" in driver.text

    drive(sample.home, steps)


def test_find_in_paper_goes_from_place_to_place_and_round(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "slash")
        await driver.write("learning from")
        await driver.press("enter")
        assert isinstance(driver.app.place, ReaderScreen)
        text = driver.app.place.text
        places = [hit[0] for hit in text.hits]
        assert places == [TextPosition(0, 19), TextPosition(8, 0), TextPosition(9, 0)]
        assert text.cursor == places[0]
        await driver.press("ctrl+n")
        assert text.cursor == places[1]
        await driver.press("ctrl+n")
        assert text.cursor == places[2]
        await driver.press("ctrl+n")
        assert text.cursor == places[0]
        await driver.press("escape")
        assert text.hits == ()

    drive(sample.home, steps)


def test_where_and_how_are_said_and_asked_for(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("f", "f2", "f2", "f3")
        await driver.write("reward")
        assert "Find in notes" in driver.text
        assert "by words" in driver.text
        assert [one for one in engine.asked if one[1] == "search"] == []

    drive(sample.home, steps, engine=engine)
