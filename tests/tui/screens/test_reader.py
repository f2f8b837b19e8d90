"""A reading session: open, select, highlight, claim, undo, and come back to the same place."""

import asyncio

from kb.config import Home
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.anchor import AnchorState
from kb.models.note import ClaimFields, Note
from kb.models.paper import PaperDraft
from kb.models.reading_state import ReadingState
from kb.recall.texts import Texts
from tests.tui.driving import LARGE, Driver, drive
from tests.tui.sample import CHRISTIANO, TEXT, Sample, document
from tests.tui.standin import Answer, StandIn
from tui.app import InsideView
from tui.dialogs.note_form import NoteForm
from tui.messages import OpenPaper, RecordChanged
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.text.reflow import TextPosition
from tui.widgets.text_view import TextView


def notes_in(sample: Sample) -> tuple[Note, ...]:
    """The notes of the library, newest first."""
    with Record.open(sample.home) as record:
        return Notes(record).all()


def reader(driver: Driver) -> ReaderScreen:
    """The reader, which must be on the screen."""
    assert isinstance(driver.app.place, ReaderScreen)
    return driver.app.place


def test_from_start_to_a_saved_claim_on_a_sentence_in_twelve_keys(sample: Sample) -> None:
    keys = ["enter", "right_square_bracket", "J", "s", "c"]
    save = ["ctrl+s"]

    async def steps(driver: Driver) -> None:
        await driver.press(*keys)
        await driver.write("goals can be said by comparing")
        await driver.press(*save)
        assert "Claim saved; u takes it back." in driver.text

    drive(sample.home, steps)
    assert len(keys) + len(save) <= 12
    (note,) = notes_in(sample)
    assert note.fields == ClaimFields(statement="goals can be said by comparing")
    assert note.paper == sample.christiano
    assert note.anchors[0].quote.startswith("For sophisticated reinforcement learning systems")
    assert note.anchors[0].quote.endswith("complex goals to these systems.")
    assert note.anchors[0].state is AnchorState.EXACT
    assert note.anchors[0].page == 1


def test_highlight_marks_the_text_and_fills_the_pane_and_undo_takes_it_back(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s", "h")
        place = reader(driver)
        assert [(mark.kind, mark.start) for mark in place.text.marks] == [("highlight", TextPosition(3, 0))]
        assert place.notes.chosen is not None
        assert [change.what for change in driver.messages(RecordChanged)] == ["notes"]
        await driver.press("u")
        assert "Undone: took back the highlight" in driver.text
        assert place.text.marks == ()

    drive(sample.home, steps, size=LARGE)
    assert notes_in(sample) == ()


def test_a_selection_over_two_paragraphs_is_quoted_and_found_again(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "right_square_bracket", "J", "p", "p", "h")
        mark = reader(driver).text.marks[0]
        assert (mark.start.block, mark.end.block) == (5, 6)

    drive(sample.home, steps)
    anchor = notes_in(sample)[0].anchors[0]
    assert anchor.state is AnchorState.EXACT
    assert anchor.quote.endswith("shown: \x1b[31mred.") or anchor.quote.endswith("shown: ␛[31mred.")


def test_note_under_the_cursor_is_edited_and_its_kind_stays(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s", "c")
        await driver.write("first")
        await driver.press("ctrl+s", "e")
        assert isinstance(driver.app.screen, NoteForm)
        await driver.press("f2")
        assert "fixed" in driver.text
        await driver.write(" and more")
        await driver.press("ctrl+s")

    drive(sample.home, steps)
    (note,) = notes_in(sample)
    assert (note.headline, note.revision) == ("first and more", 2)


def test_removed_note_comes_back_by_undo(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s", "h", "d")
        assert reader(driver).text.marks == ()
        await driver.press("u")
        assert len(reader(driver).text.marks) == 1

    drive(sample.home, steps)
    assert len(notes_in(sample)) == 1


def test_form_with_text_asks_before_it_is_closed(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "c")
        await driver.write("half a thought")
        await driver.press("escape")
        assert isinstance(driver.app.screen, NoteForm)
        assert "Not saved" in driver.text
        await driver.press("escape")
        assert isinstance(driver.app.screen, ReaderScreen)

    drive(sample.home, steps)
    assert notes_in(sample) == ()


def test_what_was_typed_moves_along_to_another_kind(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s", "c")
        await driver.write("seen in practice")
        await driver.press("f2", "ctrl+s")

    drive(sample.home, steps)
    (note,) = notes_in(sample)
    assert (note.kind.value, note.headline) == ("evidence", "seen in practice")


def test_a_number_that_is_none_is_told_and_nothing_is_lost(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "s", "c", "f2", "f2")
        form = driver.app.screen
        assert isinstance(form, NoteForm)
        form.agendas.value = "debate:loudly"
        await driver.settle()
        await driver.press("ctrl+s")
        assert driver.app.screen is form
        assert "loudly" in driver.text
        form.agendas.value = "debate:undermines"
        await driver.settle()
        await driver.press("ctrl+s")

    drive(sample.home, steps)
    (note,) = notes_in(sample)
    assert [(one.agenda, one.bearing.value) for one in note.agendas] == [("debate", "undermines")]


def test_the_place_is_kept_from_one_session_to_the_next(sample: Sample) -> None:
    async def read_on(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "right_square_bracket", "escape")
        assert isinstance(driver.app.screen, LibraryScreen)

    async def come_back(driver: Driver) -> None:
        await driver.press("c")
        assert reader(driver).text.cursor == TextPosition(4, 0)

    drive(sample.home, read_on)
    with Record.open(sample.home) as record:
        assert Papers(record).place(sample.christiano) == 4
    drive(sample.home, come_back)


def test_cursor_stays_on_its_word_when_the_window_changes(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "w", "w", "w")
        before = reader(driver).text.cursor
        await driver.pilot.resize_terminal(60, 20)
        await driver.settle()
        assert reader(driver).text.cursor == before
        line = reader(driver).text.page.line_of(before)
        top = reader(driver).text.scroll_offset.y
        assert top <= line < top + reader(driver).text.size.height

    drive(sample.home, steps, size=LARGE)


def test_mark_as_read_is_kept_and_shown(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("m", "r")
        assert "Marked as read" in driver.text
        assert "◑ Deep reinforcement" in driver.text

    drive(sample.home, steps)
    with Record.open(sample.home) as record:
        assert Papers(record).get(sample.christiano).state is ReadingState.READ


def test_paper_named_on_the_command_line_is_opened(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        assert reader(driver).opened is not None
        assert len(driver.messages(OpenPaper)) == 1

    drive(sample.home, steps, paper=sample.christiano)


def test_paper_that_is_not_here_is_told_with_the_next_step(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        assert "kb papers" in driver.text

    drive(sample.home, steps, paper="nobody-1900-nothing", size=LARGE)


def test_paper_without_text_is_fetched_on_the_second_enter(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("down", "enter")
        assert "Enter again fetches it" in driver.text
        await driver.press("enter")
        assert ("add", {"sources": ["arxiv:1606.06565"]}) in [one[1:] for one in engine.asked]
        engine.answer(Answer(1, "add", {"what": "step", "stage": "download", "done": 5, "total": 10}, final=False))
        await driver.settle()
        assert "fetching 50 %" in driver.text
        failure = {"message": "arXiv does not know 1606.06565", "next": "kb lists"}
        engine.answer(Answer(1, "add", {"what": "failed", "stage": "find", "failure": failure}, final=False))
        await driver.settle()
        assert "arXiv does not know 1606.06565" in driver.text

    drive(sample.home, steps, size=LARGE, engine=engine)


def test_following_a_pointer_and_coming_back(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "right_square_bracket", "J")
        text = reader(driver).text
        assert text.cursor.block == 5
        await driver.press("enter")
        assert text.page.kinds[text.cursor.block] == "reference"
        assert "Mnih et al., 2015" in driver.text
        await driver.press("backspace")
        assert text.cursor.block == 5
        await driver.press("ctrl+y")
        assert text.page.kinds[text.cursor.block] == "reference"

    drive(sample.home, steps)


def test_quote_and_link_are_copied_with_their_source(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "J", "right_parenthesis", "right_parenthesis", "y")
        assert driver.app.clipboard.startswith("“We show that this approach")
        assert driver.app.clipboard.endswith("(Christiano et al. 2017, p. 1)")
        await driver.press("Y")
        assert driver.app.clipboard.endswith("](https://arxiv.org/abs/1706.03741)")

    drive(sample.home, steps)


def test_marked_papers_are_set_together(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("x", "x")
        assert "2 marked" in driver.text
        await driver.press("m", "s")
        assert "Marked as skimmed: 2 papers" in driver.text
        assert driver.text.count("◔") == 2

    drive(sample.home, steps)


def test_what_is_missing_of_a_week_is_fetched_on_the_second_press(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("tab", "j", "j", "j", "tab", "F")
        assert "F again fetches 2 papers" in driver.text
        await driver.press("F")
        assert ("add", {"sources": ["arxiv:1606.06565", "arxiv:1805.00899"]}) in [one[1:] for one in engine.asked]

    drive(sample.home, steps, size=LARGE, engine=engine)


def test_better_text_is_taken_up_at_the_same_words_and_not_while_selecting(sample: Sample) -> None:
    engine = StandIn()

    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "right_square_bracket", "J", "w", "w", "v")
        text = reader(driver).text
        word = text.page.texts[5][text.cursor.offset - 3 : text.cursor.offset + 1]
        with Texts(sample.home.texts) as texts:
            better = (TEXT[0], (TEXT[1][0], 0, "One more line"), *TEXT[1:])
            texts.put(sample.christiano, document("c" * 64, better), title=CHRISTIANO)
        done = {"what": "done", "stage": "layout", "paper": sample.christiano, "version": "c" * 64}
        engine.answer(Answer(1, "layout", done, final=False))
        await driver.settle()
        assert text.cursor.block == 5
        await driver.press("escape")
        assert text.cursor.block == 6
        assert text.page.texts[6][text.cursor.offset - 3 : text.cursor.offset + 1] == word

    drive(sample.home, steps, engine=engine)


def test_markup_and_escapes_in_texts_are_shown(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        assert "Concrete Problems of [bold]Markup[/bold]" in driver.text
        await driver.press("enter", "G")
        assert "␛[31mred" in driver.text

    drive(sample.home, steps)


def test_damaged_record_is_told_once_with_the_way_out(home: Home) -> None:
    home.root.mkdir(parents=True)
    home.record.write_bytes(b"not a database, whatever its name says" * 100)

    async def run() -> None:
        app = InsideView(home)
        async with app.run_test(size=LARGE, notifications=True) as pilot:
            driver = Driver(app, pilot, [])
            await driver.settle()
            await driver.press("f5", "f5")
            assert driver.text.count("is damaged") == 1
            assert "kb doctor" in driver.text
            assert app.engine_status.line == ""
        app.library.settle()

    asyncio.run(run())


def test_late_news_of_the_text_before_changes_nothing_in_a_paper_without_text(sample: Sample) -> None:
    """A movement in one paper may be told only when another one is open already."""
    with Record.open(sample.home) as record:
        bare = Papers(record).add(PaperDraft(title="Only a title")).id

    async def steps(driver: Driver) -> None:
        driver.app.post_message(OpenPaper(sample.christiano))
        await driver.settle()
        await driver.press("G")
        screen = reader(driver)
        cursor = screen.text.cursor
        screen.post_message(OpenPaper(bare))
        await driver.settle()
        assert screen.opened is not None
        assert not screen.opened.blocks
        screen.text.cursor = cursor
        screen.text.post_message(TextView.Moved(cursor))
        await driver.settle()
        assert "Only a title" in driver.text

    drive(sample.home, steps)
