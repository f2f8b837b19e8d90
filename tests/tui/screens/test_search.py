"""Finding on the screen: chips, groups, kept searches, searches of late, more like this, both sides of a claim."""

from typing import Any

import pytest
from textual.widgets import Input

from kb.config import Home
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.record import Record
from kb.library.saved_searches import SavedSearch, save_search, saved_searches
from kb.library.search_history import recent_queries, remember_query
from kb.models.note import NoteContent
from kb.models.note_kind import NoteKind
from kb.models.search import Hit, SearchResult, Sides
from tests.tui.driving import LARGE, SMALL, Driver, drive
from tests.tui.sample import CHRISTIANO, Sample
from tests.tui.standin import Answer, StandIn
from tui.dialogs.note_form import NoteForm
from tui.messages import OpenPaper
from tui.screens.reader.screen import ReaderScreen
from tui.screens.search.saved import NamePrompt, QueryPicker, SavedSearchPicker
from tui.screens.search.screen import SearchScreen
from tui.screens.search.sides import SidesScreen

SENTENCE = "Recent success in scaling reinforcement learning to large problems has been driven in domains"


def screen(driver: Driver) -> SearchScreen:
    """The search screen, which must be shown."""
    assert isinstance(driver.app.place, SearchScreen)
    return driver.app.place


def claim(home: Home, statement: str = "Comparisons are enough", **more: Any) -> str:
    """A claim of the reader's."""
    with Record.open(home) as record:
        fields = {"statement": statement}
        return Notes(record).create(NoteContent.model_validate({"kind": NoteKind.CLAIM, "fields": fields, **more})).id


def hit(sample: Sample, text: str = SENTENCE, **more: Any) -> Hit:
    """A passage of the paper that has a text."""
    values: dict[str, Any] = {
        "rank": 1, "score": 1, "what": "passage", "paper": sample.christiano, "title": CHRISTIANO, "page": 1,
        "text": text, "snippet": text, "block": 5, "matched": ("meaning",), "id": "c" * 16 + ":1",
        "by": "Christiano et al. 2017",
    }  # fmt: skip
    return Hit.model_validate({**values, **more})


def asked(engine: StandIn, kind: str) -> list[tuple[int, dict[str, Any]]]:
    """Ids and payloads of what the engine was asked."""
    return [(number, payload) for number, each, payload in engine.asked if each == kind]


async def answered(driver: Driver, engine: StandIn, kind: str, payload: dict[str, Any]) -> None:
    """Answer the last question of a kind."""
    engine.answer(Answer(asked(engine, kind)[-1][0], kind, payload))
    await driver.settle()


def found(*hits: Hit) -> dict[str, Any]:
    """A result with these hits."""
    return SearchResult(query="q", took_ms=1, hits=hits).model_dump(mode="json")


def test_filters_narrow_while_typing_and_their_chips_go_away_in_one_key_or_press(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("author:leike year:..2017 reward")
        place = screen(driver)
        assert "author Jan Leike ×" in driver.text
        assert "year up to 2017 ×" in driver.text
        assert [one.paper for one in place.results.hits] == [sample.christiano]
        await driver.press("f8")
        assert place.query_box.value == "author:leike reward"
        await driver.pilot.click("#chips", offset=(4, 0))
        await driver.settle()
        assert place.query_box.value == "reward"
        assert not place.has_class("-chips")

    drive(sample.home, steps)


def test_a_filter_that_cannot_be_says_what_is_near_and_narrows_nothing(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("kind:clam reward")
        assert "kind:clam? the nearest is claim ×" in driver.text
        assert screen(driver).results.row_count
        await driver.press("home")
        screen(driver).query_box.value = "athor:leike reward"
        await driver.settle()
        assert "the nearest is author:" in driver.text

    drive(sample.home, steps)


def test_every_hit_or_each_papers_best(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("reward complex")
        assert "best of each paper" in driver.text
        assert screen(driver).results.row_count == 1
        await driver.press("f5")
        assert "every hit" in driver.text
        assert screen(driver).results.row_count == 2

    drive(sample.home, steps)


def test_own_notes_show_what_they_are_and_open_where_they_stand(sample: Sample) -> None:
    bearing = ({"agenda": "rlhf", "bearing": "supports"},)
    claim(sample.home, "Zebras prefer comparisons", agendas=bearing)

    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("zebras")
        assert "● claim · rlhf  no paper" in driver.text
        await driver.press("enter")
        assert isinstance(driver.app.screen, NoteForm)
        await driver.press("escape")
        assert screen(driver).query_box.value == "zebras"

    drive(sample.home, steps)


def test_a_note_found_opens_at_its_quote(sample: Sample) -> None:
    anchor = {"quote": "poorly defined, or hard to specify", "version": "c" * 64, "state": "exact", "first_block": 5}
    claim(sample.home, "Zebras cannot be specified", paper=sample.christiano, anchors=(anchor,))

    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("zebras")
        await driver.press("enter")
        assert isinstance(driver.app.place, ReaderScreen)
        text = driver.app.place.text
        assert text.page.texts[text.cursor.block][text.cursor.offset :].startswith("poorly defined, or hard")

    drive(sample.home, steps)


def test_words_say_that_meaning_is_on_its_way(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("reward")
        assert "1 hit by words, meaning is on its way" in driver.text
        screen(driver).queries.ask_engine()
        await answered(driver, engine, "search", found(hit(sample)))
        assert "on its way" not in driver.text

    drive(sample.home, steps, engine=engine)


def test_what_led_somewhere_is_remembered_and_taken_up_again(sample: Sample) -> None:
    remember_query(sample.home, "an older one")

    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("ordinal zzz")
        await driver.press("escape", "f")
        place = screen(driver)
        assert recent_queries(sample.home) == ("an older one",), "what found nothing is not worth remembering"
        place.query_box.value = "poorly defined"
        await driver.settle()
        await driver.press("enter", "escape")
        assert recent_queries(sample.home)[0] == "poorly defined"
        place.query_box.value = ""
        await driver.settle()
        assert "Searched for last" in driver.text
        await driver.press("up")
        assert place.query_box.value == "poorly defined"
        await driver.press("up")
        assert place.query_box.value == "an older one"
        place.query_box.value = ""
        await driver.press("ctrl+r")
        assert isinstance(driver.app.screen, QueryPicker)
        assert driver.app.screen.query_one("#kept").region.y > 0, "it stands in the middle"
        await driver.press("j", "enter")
        assert place.query_box.value == "an older one"

    drive(sample.home, steps)


def test_a_search_is_kept_asked_again_and_dropped(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("f", "f6")
        assert "No search is kept" in driver.text
        await driver.press("f3")
        await driver.write("reward")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, NamePrompt)
        await driver.press("enter")
        kept = saved_searches(sample.home)[0]
        assert (kept.name, kept.mode, kept.seen) == ("reward", "words", (f"paper {sample.christiano}",))
        claim(sample.home, "A new word on reward")
        await driver.press("f6")
        assert isinstance(driver.app.screen, SavedSearchPicker)
        assert "reward" in driver.app.screen.lines.render_line(0).text
        assert driver.app.screen.lines.region.height == 1
        await answered(driver, engine, "saved", {"news": {"reward": 1}})
        assert "1 new" in driver.text
        await driver.press("enter")
        assert "reward: 1 new since you last looked" in driver.text
        assert "● new claim" in driver.text
        await driver.press("f6", "d")
        assert saved_searches(sample.home) == ()
        assert screen(driver).query_box.value == "reward"

    drive(sample.home, steps, engine=engine)


def test_nothing_is_kept_without_a_query_or_a_name(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f", "ctrl+s")
        assert "first" in driver.text
        await driver.press("ctrl+r")
        assert "Nothing was searched for yet" in driver.text
        await driver.write("reward")
        await driver.press("ctrl+s", "escape")
        assert saved_searches(sample.home) == ()

    drive(sample.home, steps)


def test_more_like_a_hit_and_back_as_it_was(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("f", "f5")
        await driver.write("reward complex")
        await driver.press("down", "f4")
        place = screen(driver)
        payload = asked(engine, "like")[-1][1]
        assert payload["like"].startswith("c" * 16)
        assert payload["grouped"] is False
        await answered(driver, engine, "like", found(hit(sample, "something alike")))
        assert "like “" in driver.text
        assert "something alike" in driver.text
        await driver.press("escape")
        assert place.query_box.value == "reward complex"
        assert place.results.cursor == 1
        assert not place.has_class("-chips")

    drive(sample.home, steps, engine=engine, size=LARGE)


def test_more_like_a_selection_comes_back_to_the_line(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s")
        assert isinstance(driver.app.place, ReaderScreen)
        before = driver.app.place.text.cursor
        await driver.press("equals_sign")
        payload = asked(engine, "like")[-1][1]["like"]
        assert (payload["paper"], payload["block"]) == (sample.christiano, before.block)
        assert len(payload["text"].split()) > 3
        await answered(driver, engine, "like", found(hit(sample)))
        await driver.press("escape")
        assert isinstance(driver.app.place, ReaderScreen)
        assert driver.app.place.text.cursor.block == before.block

    drive(sample.home, steps, engine=engine)


def test_more_like_a_note(sample: Sample) -> None:
    engine = StandIn()
    note = claim(sample.home)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "equals_sign")
        assert asked(engine, "like")[-1][1]["like"] == note
        await driver.write("x")
        assert screen(driver).query_box.value == "x"
        assert screen(driver).queries.like is None

    drive(sample.home, steps, engine=engine)


def test_without_an_engine_more_like_this_says_why(sample: Sample) -> None:
    claim(sample.home)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "equals_sign")
        assert "needs the engine" in driver.text
        await driver.press("escape", "S")
        assert "need the engine" in driver.text

    drive(sample.home, steps)


def test_a_hit_is_copied_with_its_reference(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("poorly defined")
        await driver.press("ctrl+y")
        copied = driver.app.clipboard
        assert copied.startswith("“Recent success")
        assert copied.endswith("(Christiano et al. 2017, p. 1)")

    drive(sample.home, steps)


def test_the_preview_can_be_put_away(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("f")
        await driver.write("poorly defined")
        assert screen(driver).preview.region.height
        await driver.press("f7")
        assert not screen(driver).preview.region.height

    drive(sample.home, steps)


def sides(sample: Sample) -> dict[str, Any]:
    """One passage for, one against."""
    against = hit(sample, "Overcoming this limitation would greatly expand the possible impact of deep RL.", block=5)
    both = Sides(claim="c", supporting=(hit(sample),), opposing=(against,))
    return both.model_dump(mode="json")


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_both_sides_stand_beside_or_over_each_other(sample: Sample, size: tuple[int, int]) -> None:
    engine = StandIn()
    claim(sample.home)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "S")
        place = driver.app.place
        assert isinstance(place, SidesScreen)
        assert asked(engine, "sides")[-1][1]["claim"] == "Comparisons are enough"
        await answered(driver, engine, "sides", sides(sample))
        one, other = place.supporting.region, place.opposing.region
        assert (one.y == other.y) == (size == LARGE)
        assert "judge for yourself" in driver.text
        await driver.press("escape")
        assert place not in driver.app.places

    drive(sample.home, steps, engine=engine, size=size)


def test_a_passage_becomes_evidence_in_one_key_and_undo_takes_it_back(sample: Sample) -> None:
    engine = StandIn()
    note = claim(sample.home)

    def links() -> set[tuple[str, str]]:
        with Record.open(sample.home) as record:
            kept = {each.id for each in Notes(record).all(kind=NoteKind.EVIDENCE)}
            return {(link.kind.value, link.target) for link in Links(record).of(note) if link.source in kept}

    async def steps(driver: Driver) -> None:
        await driver.press("4", "S")
        await answered(driver, engine, "sides", sides(sample))
        await driver.press("s")
        assert links() == {("supports", note)}
        assert "✓ Christiano et al. 2017" in driver.text
        await driver.press("tab", "o")
        assert links() == {("supports", note), ("opposes", note)}
        await driver.press("u")
        assert links() == {("supports", note)}

    drive(sample.home, steps, engine=engine, size=LARGE)


def test_a_claim_of_an_agenda_gets_suggestions_that_bear_on_it(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("5", "enter", "right_square_bracket", "S")
        place = driver.app.place
        assert isinstance(place, SidesScreen)
        assert place.MODE == "agendas"
        await answered(driver, engine, "sides", sides(sample))
        await driver.press("s")
        with Record.open(sample.home) as record:
            (note,) = Notes(record).all(kind=NoteKind.EVIDENCE)
        assert [(one.agenda, one.bearing.value) for one in note.agendas] == [(place.claim.part, "supports")]
        await driver.press("escape")
        assert driver.app.place is not place

    drive(sample.home, steps, engine=engine, size=LARGE)


def test_a_passage_of_a_side_opens_and_escape_comes_back(sample: Sample) -> None:
    engine = StandIn()
    claim(sample.home)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "S")
        await driver.press("s")
        assert "no passage to keep" in driver.text
        await answered(driver, engine, "sides", sides(sample))
        await driver.press("enter")
        assert driver.messages(OpenPaper)[-1].quote.startswith("Recent success in scaling")
        assert isinstance(driver.app.place, ReaderScreen)
        await driver.press("escape")
        assert isinstance(driver.app.place, SidesScreen)
        await driver.press("equals_sign")
        assert asked(engine, "like")[-1][1]["like"] == "c" * 16 + ":1"

    drive(sample.home, steps, engine=engine)


def test_an_engine_that_cannot_find_sides_says_so(sample: Sample) -> None:
    engine = StandIn()
    claim(sample.home)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "S")
        engine.answer(Answer(asked(engine, "sides")[-1][0], "sides", error="nothing is indexed. kb reindex"))
        await driver.settle()
        assert "nothing is indexed" in driver.text

    drive(sample.home, steps, engine=engine)


def test_a_name_is_offered_and_a_broken_file_of_searches_is_told(sample: Sample) -> None:
    save_search(sample.home, SavedSearch(name="a", query="b"))
    (sample.home.root / "searches.json").write_text("[{]")

    async def steps(driver: Driver) -> None:
        await driver.press("f", "f6")
        assert "cannot be read" in driver.text
        await driver.write("one two three four")
        await driver.press("ctrl+s")
        assert driver.app.screen.query_one("#kept-name", Input).value == "one two three"

    drive(sample.home, steps, size=LARGE)
