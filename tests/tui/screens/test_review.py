"""The reviews: rated before the last rating is seen, answered before the answer, and taken back at will."""

from kb.insight.review import Deck
from kb.library.credences import Credences
from kb.library.record import Record
from kb.models.review import Grade
from tests.tui.driving import LARGE, Driver, drive
from tests.tui.review_sample import CLAIM, DEFINITION, choose
from tests.tui.sample import Sample
from tui.dialogs.note_picker import NotePicker
from tui.dialogs.question_form import QuestionForm
from tui.dialogs.sheet import Sheet
from tui.screens.all_notes import AllNotesScreen
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.screens.review import ReviewScreen


def screen(driver: Driver) -> ReviewScreen:
    """The reviews, which must be shown."""
    assert isinstance(driver.app.place, ReviewScreen)
    return driver.app.place


def deck(sample: Sample) -> Deck:
    """The cards as the record has them now."""
    with Record.open(sample.home) as record:
        found = Deck(sample.home, record)
        assert found.faces is not None
        return found


def test_without_cards_it_says_how_to_choose_one(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("7")
        assert "You choose what comes back to you" in driver.text
        assert "0 due of 0" in driver.text
        await driver.press("enter", "s", "o", "d", "escape")
        assert isinstance(driver.app.place, LibraryScreen)

    drive(sample.home, steps)


def test_a_belief_is_rated_blind_and_then_compared(sample: Sample) -> None:
    notes = choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7")
        assert CLAIM in driver.text
        assert "3 due of 3" in driver.text
        for hidden in ("30 %", "only a hunch"):
            assert hidden not in driver.text
        await driver.press("enter")
        assert screen(driver).said.has_focus
        assert screen(driver).said.value == ""
        await driver.write("60 because it was repeated")
        assert "hunch" not in driver.text
        await driver.press("enter")
        for shown in ("60 %", "30 %", "only a hunch", "You have noted nothing on it since", "2 due of 3"):
            assert shown in driver.text, shown
        await driver.press("enter")
        assert screen(driver).due.has_focus
        assert "only a hunch" not in driver.text

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        last = Credences(record).history(notes["own"].id)[-1]
    assert (last.p, last.reason) == (0.6, "because it was repeated")
    assert deck(sample).cards[notes["own"].id].reviews[-1].data.grade is Grade.AGAIN


def test_what_is_no_probability_is_told_and_may_be_typed_again(sample: Sample) -> None:
    choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "enter")
        await driver.write("likely")
        await driver.press("enter")
        assert "no probability" in driver.text
        assert screen(driver).said.has_focus
        screen(driver).said.value = ""
        await driver.write("3")
        await driver.press("enter")
        assert "is a grade" in driver.text
        await driver.press("escape")
        assert screen(driver).due.has_focus
        assert not screen(driver).has_class("-rating")
        assert "3 due of 3" in driver.text

    drive(sample.home, steps)


def test_evidence_since_the_last_rating_is_shown_beside_it(sample: Sample) -> None:
    choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "j", "j", "s")
        await driver.write("40 to 50")
        await driver.press("enter")
        assert "few were enough" in driver.text
        assert "70–80 %" in driver.text

    drive(sample.home, steps, size=LARGE)


def test_a_term_is_answered_and_graded_with_the_keys_of_places(sample: Sample) -> None:
    notes = choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "j")
        assert DEFINITION not in driver.text
        await driver.press("enter")
        assert DEFINITION in driver.text
        await driver.press("3")
        assert isinstance(driver.app.place, ReviewScreen)
        assert "Good: it comes back on" in driver.text
        assert "2 due of 3" in driver.text
        await driver.press("u")
        assert "Undone: the last review" in driver.text
        assert "3 due of 3" in driver.text
        await driver.press("4")
        assert isinstance(driver.app.place, AllNotesScreen)

    drive(sample.home, steps, size=LARGE)
    assert deck(sample).cards[notes["term"].id].reviews == ()


def test_each_grade_is_one_key(sample: Sample) -> None:
    notes = choose(sample)

    async def steps(driver: Driver) -> None:
        for number in "1234":
            await driver.press("7", "g", "j", "s", number, "u")

    drive(sample.home, steps)
    with Record.open(sample.home) as record:
        from kb.library.reviews import Reviews

        log = Reviews(record).log(notes["term"].id)
    assert [event.data.grade for event in log if event.action == "rate"] == list(Grade)


def test_a_rating_taken_back_is_as_if_it_was_not_given(sample: Sample) -> None:
    notes = choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "s")
        await driver.write("90")
        await driver.press("enter", "u")
        assert "3 due of 3" in driver.text
        assert "90 %" not in driver.text

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        assert Credences(record).standing()[notes["own"].id].p == 0.3


def test_a_card_is_put_away_and_brought_back(sample: Sample) -> None:
    choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "d")
        assert "2 due of 2" in driver.text
        await driver.press("u")
        assert "3 due of 3" in driver.text

    drive(sample.home, steps)


def test_the_words_behind_a_card_are_opened_in_the_paper(sample: Sample) -> None:
    choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "j", "o")
        assert isinstance(driver.app.place, ReaderScreen)
        await driver.press("escape")
        assert isinstance(driver.app.place, ReviewScreen)
        await driver.press("j", "o")
        assert "5 shows it on its map" in driver.text

    drive(sample.home, steps)


def test_how_it_went_so_far_is_shown(sample: Sample) -> None:
    choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "t")
        assert isinstance(driver.app.screen, Sheet)
        assert "75%" not in driver.text
        assert "1 more, shown once you have rated what is due" in driver.text
        assert "Nothing that you rated has come out yet" in driver.text
        await driver.press("escape", "tab")
        assert screen(driver).card.has_focus
        await driver.press("tab", "g", "s")
        await driver.write("60")
        await driver.press("enter", "t")
        assert "+30  30% → 60%" in driver.text

    drive(sample.home, steps, size=LARGE)


def test_notes_are_chosen_here_and_among_all_notes(sample: Sample) -> None:
    notes = choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "a")
        assert isinstance(driver.app.screen, NotePicker)
        await driver.write("annotators")
        await driver.press("enter")
        assert isinstance(driver.app.screen, QuestionForm)
        await driver.write("Who disagrees?")
        await driver.press("enter")
        assert "4 due of 4" in driver.text
        await driver.press("4", "slash")
        await driver.write("comparisons say")
        await driver.press("enter", "v")
        assert "It comes back in Review" in driver.text
        await driver.press("7")
        assert "5 due of 5" in driver.text

    drive(sample.home, steps)
    cards = deck(sample).cards
    assert cards[notes["against"].id].question == "Who disagrees?"
    assert cards[notes["claim"].id].sort.value == "belief"


def test_a_link_of_a_chain_is_chosen_on_its_map(sample: Sample) -> None:
    choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("5", "j", "v")
        assert "It comes back in Review (7)" in driver.text
        await driver.press("enter", "right_square_bracket", "right_square_bracket", "v", "7")
        assert "5 due of 5" in driver.text

    drive(sample.home, steps)
    assert sum(face.note is None for face in deck(sample).faces.values()) == 3


def test_a_question_is_left_out_with_escape(sample: Sample) -> None:
    notes = choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7", "a")
        await driver.write("annotators")
        await driver.press("enter", "escape")
        assert "3 due of 3" in driver.text

    drive(sample.home, steps)
    assert notes["against"].id not in deck(sample).cards


def test_when_all_is_done_it_says_when_more_comes(sample: Sample) -> None:
    choose(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("7")
        for number in range(3):
            await driver.press("enter")
            if screen(driver).has_class("-rating"):
                await driver.write("50")
                await driver.press("enter", "enter")
            else:
                await driver.press("4")
            assert f"{2 - number} due of 3" in driver.text
        assert "Nothing is due" in driver.text
        assert "You have 3 cards, the next on" in driver.text

    drive(sample.home, steps)
