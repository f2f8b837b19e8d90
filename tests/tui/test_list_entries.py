"""What the pane says of entries that are primers, small experiments or exercises, and how each is had."""

from kb.models.minutes import minutes_of, work_of
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry
from tui.data.library_overview import entry_row
from tui.data.view_models import PaperRow
from tui.render.paper_details import about


def row(**fields: object) -> PaperRow:
    """An entry that is not in the library, as the screen shows it."""
    entry = Entry.model_validate({"id": "e", "order": 1, "title": "Something", "why": "because", **fields})
    return entry_row("mine", entry, [], {"e": minutes_of(work_of(entry))})


def test_a_primer_is_fetched_by_its_name_and_has_no_page_on_the_web() -> None:
    found = row(kind="primer", primer="control-as-inference")
    assert (found.source, found.address, found.takes) == ("primer:control-as-inference", "", "~10 min (by its kind)")
    assert "kb fetch primer:control-as-inference" in about(found, {})


def test_a_small_experiment_says_how_it_is_run() -> None:
    found = row(kind="exercise", reproduction="superposition", minutes=30, portion="predict first")
    told = about(found, {})
    assert "kb reproduce run superposition" in told
    assert "30 min" in told
    assert told.index("predict first") < told.index("because")


def test_an_exercise_has_no_text_and_says_so() -> None:
    told = about(row(kind="exercise", portion="write two pages"), {})
    assert "an exercise: there is no text to fetch" in told
    assert "write two pages" in told


def test_an_arxiv_paper_keeps_its_page() -> None:
    assert row(kind=PaperKind.PAPER, arxiv_id="1805.00899").address == "https://arxiv.org/abs/1805.00899"
