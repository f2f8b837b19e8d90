"""One list of actions: complete, free of clashes, and the same wherever it is shown."""

from collections import Counter
from itertools import combinations

import pytest

from kb.config import Home
from tests.tui.driving import Driver, drive
from tests.tui.sample import Sample
from tui.actions import ACTIONS, BY_ID, SCOPES, bindings, keymap, readme_table
from tui.dialogs.help import PLACES
from tui.dialogs.note_form import NoteForm
from tui.dialogs.pass_form import PassForm
from tui.dialogs.reproduction_forms import ExperimentForm
from tui.screens.agendas.screen import AgendasScreen
from tui.screens.all_notes import AllNotesScreen
from tui.screens.anchor_repair import AnchorRepair
from tui.screens.library import LibraryScreen
from tui.screens.reader.screen import ReaderScreen
from tui.screens.reproductions.screen import ReproductionsScreen
from tui.screens.review import ReviewScreen
from tui.screens.search.screen import SearchScreen
from tui.widgets.line_view import LineView
from tui.widgets.notes_pane import NotesPane
from tui.widgets.text_view import TextView

OWNERS = {
    "list": LineView,
    "library": LibraryScreen,
    "reader": ReaderScreen,
    "text": TextView,
    "notes": NotesPane,
    "search": SearchScreen,
    "all-notes": AllNotesScreen,
    "agendas": AgendasScreen,
    "quotes": AnchorRepair,
    "pass": PassForm,
    "reproductions": ReproductionsScreen,
    "run-form": ExperimentForm,
    "review": ReviewScreen,
    "form": NoteForm,
}


def test_every_action_has_a_key_a_label_and_a_help_sentence() -> None:
    assert all(action.key and action.label and action.help.endswith(".") for action in ACTIONS)
    assert len(BY_ID) == len(ACTIONS)
    assert {action.scope for action in ACTIONS} == set(SCOPES)


@pytest.mark.parametrize("scope", OWNERS)
def test_every_action_is_done_by_the_place_that_it_names(scope: str) -> None:
    for binding in bindings(scope):
        assert callable(getattr(OWNERS[scope], f"action_{binding.action}", None)), binding.id


@pytest.mark.parametrize("scope", SCOPES)
def test_no_key_does_two_things_in_one_place(scope: str) -> None:
    keys = Counter(key for action in ACTIONS if action.scope == scope for key in action.key.split(","))
    assert [key for key, count in keys.items() if count > 1] == []


def test_keys_of_the_text_and_of_the_reader_do_not_clash() -> None:
    allowed = {"escape"}
    keys = {
        scope: {key for action in ACTIONS if action.scope == scope for key in action.key.split(",")}
        for scope in ("text", "reader", "app")
    }
    for one, other in combinations(keys, 2):
        assert keys[one] & keys[other] <= allowed, (one, other)


def test_every_place_of_the_registry_has_its_help() -> None:
    assert {scope for scopes in PLACES.values() for scope in scopes} == set(SCOPES)


def test_the_readme_table_has_a_row_for_each_action() -> None:
    table = readme_table()
    assert table.count("\n") == len(ACTIONS) + 2
    assert all(f"`{action.id}`" in table and action.help in table for action in ACTIONS)


def test_own_keys_replace_the_usual_ones_and_unknown_names_are_told() -> None:
    assert keymap({"reader.highlight": "H", "reader.dance": "x"}) == ({"reader.highlight": "H"}, ["reader.dance"])


def test_own_keys_and_theme_come_from_the_settings(sample: Sample) -> None:
    sample.home.config_file.write_text('theme = "nord"\n[keys]\n"library.filter" = "F"\n"no.such" = "x"\n', "utf-8")

    async def steps(driver: Driver) -> None:
        assert driver.app.theme == "nord"
        assert "no.such" in driver.text
        await driver.press("F")
        assert driver.app.focused is not None
        assert driver.app.focused.id == "filter"

    drive(Home(sample.home.root), steps)
