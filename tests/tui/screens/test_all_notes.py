"""Going through all notes: narrowed by kind and by words, opened where they stand, changed and removed."""

from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import AgendaBearing, ClaimFields, HighlightFields, NoteContent, QuestionFields
from kb.models.note_kind import NoteKind
from tests.tui.driving import LARGE, Driver, drive
from tests.tui.sample import Sample
from tui.dialogs.note_form import NoteForm
from tui.screens.all_notes import AllNotesScreen
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.text.reflow import TextPosition


def write_notes(sample: Sample) -> None:
    """A claim, a question, and a thought that belongs to no paper."""
    with Record.open(sample.home) as record:
        notes = Notes(record)
        claim = ClaimFields(statement="comparisons say more than ratings")
        notes.create(
            NoteContent(
                kind=NoteKind.CLAIM, paper=sample.christiano, fields=claim, agendas=(AgendaBearing(agenda="debate"),)
            )
        )
        question = QuestionFields(answer="")
        notes.create(NoteContent(kind=NoteKind.QUESTION, paper=sample.amodei, body="why *markup*?", fields=question))
        notes.create(NoteContent(kind=NoteKind.HIGHLIGHT, body="a thought", fields=HighlightFields()))


def screen(driver: Driver) -> AllNotesScreen:
    """The notes screen, which must be shown."""
    assert isinstance(driver.app.place, AllNotesScreen)
    return driver.app.place


def test_kinds_and_agendas_narrow_the_notes(sample: Sample) -> None:
    write_notes(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4")
        assert screen(driver).notes.row_count == 3
        await driver.press("tab", "j", "j")
        assert screen(driver).facets.chosen is not None
        assert [screen(driver).notes.row_count, "● claim" in driver.text] == [1, True]
        await driver.press("G")
        facet = screen(driver).facets.chosen
        assert facet is not None
        assert (facet.label, facet.count) == ("debate", 1)

    drive(sample.home, steps, size=LARGE)


def test_the_filters_of_a_search_narrow_the_notes(sample: Sample) -> None:
    write_notes(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "slash")
        for typed, count in (
            ("kind:claim", 1), ("-kind:claim", 2), ("kind:claim kind:question", 2), ("agenda:debate", 1),
            ("author:christiano", 1), ("year:2016-2017 -kind:question", 1), ("provenance:me", 3),
            ("has:text thought", 0),
        ):  # fmt: skip
            screen(driver).filter_box.value = typed
            await driver.settle()
            assert (screen(driver).notes.row_count, str(screen(driver).filter_problem.content)) == (count, ""), typed
        screen(driver).filter_box.value = "kind:clam why"
        await driver.settle()
        assert screen(driver).notes.row_count == 1
        assert "there is no kind 'clam'. the nearest is claim" in driver.text
        await driver.press("escape")
        assert screen(driver).notes.row_count == 3
        assert "clam" not in driver.text

    drive(sample.home, steps, size=LARGE)


def test_words_narrow_the_notes_and_escape_widens_them_and_leaves(sample: Sample) -> None:
    write_notes(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "slash")
        await driver.write("ratings")
        assert screen(driver).notes.row_count == 1
        await driver.press("enter", "escape")
        assert screen(driver).notes.row_count == 3
        await driver.press("escape")
        assert isinstance(driver.app.place, LibraryScreen)

    drive(sample.home, steps)


def test_enter_opens_the_paper_where_the_words_stand_and_escape_comes_back(sample: Sample) -> None:
    async def steps(driver: Driver) -> None:
        await driver.press("enter", "right_square_bracket", "right_square_bracket", "J", "s", "h", "g")
        await driver.press("4", "enter")
        assert isinstance(driver.app.place, ReaderScreen)
        assert driver.app.place.text.cursor == TextPosition(5, 0)
        await driver.press("escape")
        assert isinstance(driver.app.place, AllNotesScreen)

    drive(sample.home, steps)


def test_note_is_changed_removed_and_brought_back(sample: Sample) -> None:
    write_notes(sample)

    async def steps(driver: Driver) -> None:
        await driver.press("4", "j", "j", "e")
        assert isinstance(driver.app.screen, NoteForm)
        await driver.write(", often")
        await driver.press("ctrl+s")
        assert "comparisons say more than ratings, often" in driver.text
        await driver.press("d")
        assert screen(driver).notes.row_count == 2
        await driver.press("u")
        assert screen(driver).notes.row_count == 3

    drive(sample.home, steps, size=LARGE)
