"""The agendas: where the reader stands, what it rests on, and every key that shows or changes it."""

import pytest

from kb.library.credences import Credences
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.credence import Credence
from tests.tui.credences_sample import COMPARISONS, believe
from tests.tui.driving import LARGE, SMALL, Driver, drive
from tests.tui.sample import Sample
from tui.dialogs.choice_picker import ChoicePicker
from tui.dialogs.credence_form import CredenceForm
from tui.dialogs.note_form import NoteForm
from tui.dialogs.note_picker import NotePicker
from tui.dialogs.sheet import Sheet
from tui.screens.agendas.screen import AgendasScreen
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.text.reflow import TextPosition

TO_RLHF = ("5", "j")
TO_LINK = (*TO_RLHF, "enter", "right_square_bracket")


def screen(driver: Driver) -> AgendasScreen:
    """The agendas, which must be shown."""
    assert isinstance(driver.app.place, AgendasScreen)
    return driver.app.place


def log(sample: Sample, subject: str = COMPARISONS) -> tuple[Credence, ...]:
    """What was rated so far."""
    with Record.open(sample.home) as record:
        return Credences(record).history(subject)


def test_list_and_map_show_what_is_held_and_on_what(sample: Sample) -> None:
    believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press(*TO_RLHF)
        assert "1/5 rated · 3 notes · weakest 1" in driver.text
        for part in ("70–80 %", "+2 −1", "◀ weakest link", "▅▇", "Critics", "Proponents", "What would change my mind"):
            assert part in driver.text, part
        assert "few comparisons were enough" in driver.text
        assert "annotators disagree" in driver.text

    drive(sample.home, steps, size=(160, 110))


def test_both_sides_stand_beside_each_other_where_there_is_room_and_inside_the_map_where_not(sample: Sample) -> None:
    believe(sample)

    async def wide(driver: Driver) -> None:
        await driver.press(*TO_LINK)
        assert screen(driver).has_class("-sides")
        line = next(line for line in driver.text.split("\n") if "few comparisons were enough" in line)
        assert "annotators disagree" in driver.text
        assert "+ few comparisons" in line or "− annotators" in line
        await driver.press("b")
        assert not screen(driver).has_class("-sides")

    async def narrow(driver: Driver) -> None:
        await driver.press(*TO_LINK)
        assert not screen(driver).has_class("-sides")
        assert "+ few comparisons were enough" in driver.text
        await driver.press("b")
        assert screen(driver).supporting.row_count == 2

    drive(sample.home, wide, size=LARGE)
    drive(sample.home, narrow, size=(80, 40))


def test_enter_opens_the_evidence_where_it_stands_and_escape_comes_back(sample: Sample) -> None:
    believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "enter")
        chosen = screen(driver).supporting.chosen
        assert chosen is not None
        while chosen.says != "few comparisons were enough":
            await driver.press("j")
            chosen = screen(driver).supporting.chosen
            assert chosen is not None
        await driver.press("enter")
        assert isinstance(driver.app.place, ReaderScreen)
        assert driver.app.place.text.cursor.block == 3
        assert driver.app.place.text.cursor != TextPosition(3, 0)
        await driver.press("escape")
        assert isinstance(driver.app.place, AgendasScreen)

    drive(sample.home, steps, size=LARGE)


def test_credence_in_one_key_keeps_what_is_held_unless_it_is_changed(sample: Sample) -> None:
    believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "c")
        assert isinstance(driver.app.screen, CredenceForm)
        await driver.press("enter")
        assert "It stays at 70–80 %" in driver.text
        assert len(log(sample)) == 2
        await driver.press("c")
        await driver.write("50")
        await driver.press("enter")
        await driver.write("one lab only")
        await driver.press("enter")
        assert "70–80 % → 50 %" in driver.text

    drive(sample.home, steps)
    newest = log(sample)[-1]
    assert (newest.p, newest.reason, newest.trigger.kind) == (0.5, "one lab only", "")


def test_reason_may_stand_behind_the_number_and_the_selected_evidence_is_the_trigger(sample: Sample) -> None:
    notes = believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "tab", "tab")
        assert screen(driver).opposing.has_focus
        await driver.press("c")
        assert "Moved by the note “annotators disagree”" in driver.text
        await driver.write("30 to 40 they disagree a lot")
        await driver.press("enter")

    drive(sample.home, steps, size=LARGE)
    newest = log(sample)[-1]
    assert (newest.low, newest.high, newest.reason) == (0.3, 0.4, "they disagree a lot")
    assert newest.trigger.ref == notes["against"].id


def test_what_is_no_probability_is_told_and_what_was_typed_is_not_dropped_at_once(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "c")
        await driver.write("likely")
        await driver.press("enter")
        assert "is no probability" in driver.text
        await driver.press(*["backspace"] * 6)
        await driver.write("70")
        await driver.press("enter")
        await driver.write("why")
        await driver.press("escape")
        assert isinstance(driver.app.screen, CredenceForm)
        await driver.press("escape")
        assert isinstance(driver.app.screen, AgendasScreen)

    drive(sample.home, steps)
    assert log(sample) == ()


def test_a_new_claim_bears_on_the_link_under_the_cursor(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "n")
        assert isinstance(driver.app.screen, NoteForm)
        await driver.write("rankings are steadier")
        await driver.press("ctrl+s")
        assert "1 note" in driver.text or "rankings are steadier" in driver.text

    drive(sample.home, steps)
    with Record.open(sample.home) as record:
        (note,) = Notes(record).all()
    assert (note.headline, note.kind.value) == ("rankings are steadier", "claim")
    assert [(one.agenda, one.bearing.value) for one in note.agendas] == [(COMPARISONS, "supports")]


def test_a_note_is_picked_and_tied_to_the_link(sample: Sample) -> None:
    notes = believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "right_square_bracket", "l")
        assert isinstance(driver.app.screen, NotePicker)
        await driver.write("disagree")
        await driver.press("enter")
        assert isinstance(driver.app.screen, ChoicePicker)
        await driver.press("o")
        assert "undermines rl-leash" in driver.text
        await driver.press("u")
        await driver.press("l", "escape")
        assert isinstance(driver.app.screen, AgendasScreen)

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        history = Notes(record).history(notes["against"].id)
    tied = {one.agenda: one.bearing.value for one in history[1].content.agendas}
    assert tied == {COMPARISONS: "undermines", "rl-leash": "undermines"}
    assert history[-1].action == "undo"


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("t", ("it sounds right", "few were enough", "moved by the note “few comparisons were enough”")),
        ("m", ("+15 points", "60 % → 70–80 %", "first rating")),
        ("r", ("Rank 1", "score = 1 × uncertainty", "kb cruxes --weight")),
        ("a", ("You hold it at 70–80 %", "2 for it, 1 against it", "1 independent source in 1 group")),
    ],
)
def test_what_is_read_over_the_map(sample: Sample, key: str, parts: tuple[str, ...]) -> None:
    believe(sample)

    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, key)
        assert isinstance(driver.app.screen, Sheet)
        for part in parts:
            assert part in driver.text, part
        await driver.press("escape")
        assert isinstance(driver.app.screen, AgendasScreen)

    drive(sample.home, steps, size=(160, 80))


def test_brief_is_copied(sample: Sample) -> None:
    believe(sample)
    copied: list[str] = []

    async def steps(driver: Driver) -> None:
        driver.app.copy_to_clipboard = copied.append  # type: ignore[method-assign]
        await driver.press(*TO_RLHF, "y")
        assert "Copied the brief" in driver.text

    drive(sample.home, steps)
    assert copied[0].startswith("# RLHF and reward modelling")
    assert "70–80 %" in copied[0]


def test_links_of_the_chain_are_walked_and_escape_leaves_step_by_step(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_RLHF, "right_square_bracket", "right_square_bracket", "right_square_bracket")
        target = screen(driver).target
        assert target is not None
        assert target.link is not None
        assert target.link.number == 3
        await driver.press("left_square_bracket")
        target = screen(driver).target
        assert target is not None
        assert target.link is not None
        assert target.link.number == 2
        await driver.press("escape")
        assert screen(driver).agendas.has_focus
        await driver.press("escape")
        assert isinstance(driver.app.place, LibraryScreen)

    drive(sample.home, steps, size=SMALL)


def test_what_is_not_here_says_how_to_get_it_and_a_run_how_to_make_it(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("5", "tab", "G", "enter")
        assert "Not here yet. In a shell: kb " in driver.text

    drive(sample.home, steps)


def test_a_library_that_changes_elsewhere_is_read_again_at_the_same_place(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "right_square_bracket")
        before = screen(driver).map.cursor
        believe(sample)
        await driver.press("n")
        await driver.write("x")
        await driver.press("ctrl+s")
        assert "3 notes" in driver.text or "4 notes" in driver.text
        target = screen(driver).target
        assert target is not None
        assert target.link is not None
        assert target.link.number == 2
        assert screen(driver).map.cursor >= before

    drive(sample.home, steps, size=LARGE)


def test_notes_that_are_written_where_a_link_was_followed_bear_on_that_link(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_LINK, "j", "enter")
        assert isinstance(driver.app.place, ReaderScreen)
        assert f"bears on {COMPARISONS}" in driver.text
        await driver.press("V")
        await driver.write("seen")
        await driver.press("ctrl+s")
        await driver.press("1", "enter", "V")
        assert isinstance(driver.app.screen, NoteForm)
        assert driver.app.screen.agendas.value == ""

    drive(sample.home, steps, size=LARGE)
    with Record.open(sample.home) as record:
        (note,) = Notes(record).all()
    assert (note.kind.value, [one.agenda for one in note.agendas]) == ("evidence", [COMPARISONS])


def test_what_changed_while_another_place_was_shown_is_there_on_coming_back(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press(*TO_RLHF, "4", "1")
        believe(sample)
        await driver.press("enter", "h", "5")
        assert "1/5 rated · 3 notes" in driver.text
        await driver.press("4")
        assert "annotators disagree" in driver.text

    drive(sample.home, steps, size=LARGE)
