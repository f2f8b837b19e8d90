"""Links, credences, mending and passes from where notes are: each key, and what it leaves in the record."""

from kb.library.anchor_report import AnchorReport
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.passes import Passes
from kb.library.record import Record
from kb.models.reading_state import ReadingState
from tests.tui.credences_sample import QUOTE, believe, lose
from tests.tui.driving import LARGE, Driver, drive
from tests.tui.sample import Sample
from tui.dialogs.choice_picker import ChoicePicker
from tui.dialogs.credence_form import CredenceForm
from tui.dialogs.link_form import LinkForm
from tui.dialogs.note_form import NoteForm
from tui.dialogs.note_picker import NotePicker
from tui.dialogs.pass_form import PassForm
from tui.dialogs.sheet import Sheet
from tui.screens.all_notes import AllNotesScreen
from tui.screens.anchor_repair import AnchorRepair
from tui.screens.reader.screen import ReaderScreen


async def go_to(driver: Driver, says: str) -> None:
    """Put the cursor of the notes on the one that says this."""
    place = driver.app.place
    assert isinstance(place, AllNotesScreen)
    await driver.press("g")
    while place.notes.chosen is None or place.notes.chosen.note.headline != says:
        before = place.notes.cursor
        await driver.press("j")
        assert place.notes.cursor != before, says


def test_two_notes_are_linked_by_marking_one_and_shown_on_both_and_unlinked(sample: Sample) -> None:
    notes = believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4")
        await go_to(driver, "annotators disagree")
        await driver.press("x")
        await go_to(driver, "comparisons say more than ratings")
        await driver.press("l")
        assert isinstance(driver.app.screen, ChoicePicker)
        await driver.press("o")
        assert isinstance(driver.app.screen, LinkForm)
        await driver.press("backspace")
        await driver.write("2")
        await driver.press("enter")
        assert "A strength is a number from 0 to 1" in driver.text
        await driver.press("backspace")
        await driver.write("0.7")
        await driver.press("enter")
        await driver.write("few of them")
        await driver.press("enter")
        assert "“annotators disagree” opposes this" in driver.text
        await go_to(driver, "annotators disagree")
        assert "opposes “comparisons say more than ratings”" in driver.text
        await driver.press("U")
        assert "Link taken away" in driver.text

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        assert Links(record).of(notes["against"].id) == ()


def test_the_other_note_is_picked_where_none_is_marked_and_one_of_several_links_is_chosen(sample: Sample) -> None:
    notes = believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4")
        await go_to(driver, "few comparisons were enough")
        await driver.press("l")
        assert isinstance(driver.app.screen, NotePicker)
        await driver.write("ratings")
        await driver.press("down", "enter", "i", "enter", "enter")
        await driver.press("U")
        assert isinstance(driver.app.screen, ChoicePicker)
        await driver.press("1")

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        (left,) = Links(record).of(notes["for"].id)
        assert left.kind.value == "informs"


def test_a_claim_is_rated_among_the_notes_and_its_timeline_shown(sample: Sample) -> None:
    notes = believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4")
        await go_to(driver, "comparisons say more than ratings")
        await driver.press("c")
        assert isinstance(driver.app.screen, ChoicePicker)
        await driver.press("1")
        assert isinstance(driver.app.screen, CredenceForm)
        await driver.write("80 one study")
        await driver.press("enter")
        assert "claim · 80 %" in driver.text
        await driver.press("t")
        assert isinstance(driver.app.screen, Sheet)
        assert "one study" in driver.text
        await driver.press("escape")
        await go_to(driver, "why not ratings?")
        await driver.press("c")
        assert "bears on no claim yet" in driver.text

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        (rated,) = Credences(record).history(notes["claim"].id)
    assert (rated.p, rated.reason, rated.trigger.ref) == (0.8, "one study", "")


def test_evidence_beside_the_text_moves_the_claim_that_it_bears_on(sample: Sample) -> None:
    notes = believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("enter", "full_stop", "tab")
        place = driver.app.place
        assert isinstance(place, ReaderScreen)
        while place.notes.chosen is None or place.notes.chosen.id != notes["for"].id:
            await driver.press("j")
        await driver.press("c")
        assert isinstance(driver.app.screen, CredenceForm)
        await driver.write("90 seen it")
        await driver.press("enter")

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        newest = Credences(record).history("rl-signal")[-1]
    assert (newest.p, newest.reason, newest.trigger.ref) == (0.9, "seen it", notes["for"].id)


def test_last_week_tells_what_was_done(sample: Sample) -> None:
    believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "w")
        assert isinstance(driver.app.screen, Sheet)
        assert "wrote the evidence “annotators disagree”" in driver.text
        assert "60 % → 70–80 %" in driver.text
        assert "linked: “few comparisons were enough” supports" in driver.text

    drive(sample.home, steps, size=LARGE)


def test_a_lost_quote_is_listed_mended_and_taken_back(sample: Sample) -> None:
    note = believe(sample)["for"]
    lose(sample, note, "We show that this method can solve complex tasks without any reward function.")

    async def steps(driver: Driver) -> None:
        await driver.press("4")
        assert "! quotes to check" in driver.text
        await driver.press("R")
        assert isinstance(driver.app.screen, AnchorRepair)
        assert "the words there are others now" in driver.text
        await driver.press("tab", "enter")
        assert "No quote is left to check" in driver.text
        await driver.press("escape", "R")
        assert "Every quote is found where it was" in driver.text

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        mended = Notes(record).get(note.id).anchors[0]
        assert (mended.quote, mended.state.value) == (QUOTE, "exact")
        assert Notes(record).history(note.id)[-1].action == "edit"


def test_a_lost_quote_may_stay_as_it_is_and_is_opened_in_its_paper(sample: Sample) -> None:
    note = believe(sample)["for"]
    lose(sample, note, "We show that this method can solve complex tasks without any reward function.")

    async def steps(driver: Driver) -> None:
        await driver.press("4", "R", "o")
        assert isinstance(driver.app.place, ReaderScreen)
        await driver.press("escape", "R", "x")
        assert "No quote is left to check" in driver.text

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        assert AnchorReport(record).placed() == ()
        assert Notes(record).get(note.id).anchors[0].kept


def test_a_pass_is_written_down_and_its_prediction_scored_in_the_next(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "r")
        assert isinstance(driver.app.screen, PassForm)
        await driver.press("ctrl+s")
        assert "Nothing to keep yet" in driver.text
        await driver.write("Can comparisons replace a reward?")
        await driver.press("tab", "tab", "tab")
        await driver.write("it does as well as with the reward")
        await driver.press("ctrl+s")
        assert "Skim pass kept; the paper is skimmed" in driver.text
        await driver.press("r")
        assert "You predicted at 50%" in driver.text
        await driver.press("f2", "f2", "f2", "shift+tab", "enter", "down", "enter", "ctrl+s")
        assert "Brier score 0.25" in driver.text
        await driver.press("r")
        await driver.write("x")
        await driver.press("escape")
        assert isinstance(driver.app.screen, PassForm)
        await driver.press("escape")
        assert isinstance(driver.app.screen, ReaderScreen)

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        (made,) = Passes(record).all()
        assert made.answers == {"question": "Can comparisons replace a reward?"}
        assert made.prediction is not None
        assert made.prediction.came_true is not None
        assert Papers(record).get(sample.christiano).state is ReadingState.SKIMMED


def test_names_that_nothing_has_are_told_once_before_a_note_is_saved_with_them(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "c")
        await driver.write("a claim")
        form = driver.app.screen
        assert isinstance(form, NoteForm)
        form.agendas.value = "rl-signal:supports, no-such-agenda"
        form.concepts.value = "calibration"
        await driver.settle()
        await driver.press("ctrl+s")
        assert "Nothing is called no-such-agenda" in driver.text
        await driver.press("ctrl+s")
        assert not isinstance(driver.app.screen, NoteForm)

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        (note,) = Notes(record).all()
    assert note.concepts == ("calibration",)
    assert [one.agenda for one in note.agendas] == ["rl-signal", "no-such-agenda"]
