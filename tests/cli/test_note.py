"""``kb note``: a note is anchored to a quote that is checked, keeps its history, and can be taken back."""

import sys
from pathlib import Path

import pytest

from kb.config import Home
from tests.cli.conftest import Kb

QUOTE = "trained on comparisons that people make between two answers"


def test_a_claim_stands_on_a_quote_of_the_paper(kb: Kb, library: Home) -> None:
    made = kb(
        "note", "add", "comparisons", "--kind", "claim", "--text", "People can teach by comparing.", "--quote", QUOTE,
        "--agenda", "rlhf:supports", "--field", "asserted_by=Lovelace", "--page", "1", "--json",
    )  # fmt: skip
    assert made.code == 0
    assert made.data["anchor"]["page"] == 1
    assert made.data["anchor"]["quote"] == QUOTE
    assert made.data["fields"] == {"statement": "People can teach by comparing.", "asserted_by": "Lovelace"}
    (listed,) = kb("notes", "--kind", "claim", "--json").data["notes"]
    assert listed["note"] == made.data["note"]


def test_a_quote_that_is_not_in_the_paper_is_kept_and_marked(kb: Kb, library: Home) -> None:
    made = kb(
        "note", "add", "comparisons", "--kind", "evidence", "--quote", "Neurons dream of electric sheep.", "--json"
    )
    assert made.data["anchor"]["state"] == "orphaned"
    assert "not in the paper" in made.err


def test_a_note_is_found_by_words_and_by_meaning_as_soon_as_it_is_saved(kb: Kb, library: Home) -> None:
    made = kb("note", "add", "--kind", "idea", "--text", "Debate between calibrated judges", "--json").data
    hits = kb("search", "calibrated judges", "--in", "notes", "--json").data["hits"]
    assert [hit["note"] for hit in hits] == [made["note"]]
    assert set(hits[0]["matched"]) == {"words", "meaning"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--kind", "opinion", "--text", "x"), "highlight, claim"),
        (("--text", "x"), "needs a kind"),
        (("--kind", "highlight"), "needs a quote"),
        (("--kind", "claim"), "empty"),
        (("--kind", "claim", "--text", "x", "--field", "stattement=y"), "has the fields statement, asserted_by"),
        (("--kind", "method", "--text", "x", "--field", "value=much"), "number"),
        (("--kind", "method", "--text", "x", "--field", "outcome"), "NAME=VALUE"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(
    kb: Kb, library: Home, arguments: tuple[str, ...], says: str
) -> None:
    result = kb("note", "add", "comparisons", *arguments)
    assert result.code == 2
    assert says in result.err
    assert kb("notes", "--json").data["notes"] == []


def test_history_undo_trash_and_restore(kb: Kb, library: Home) -> None:
    note = kb("note", "add", "--kind", "question", "--text", "Why?", "--json").data["note"]
    kb("note", "edit", note, "--text", "Why not?")
    assert kb("note", "undo", "--json").data["body"] == "Why?"
    kb("note", "trash", note)
    assert kb("notes", "--json").data["notes"] == []
    assert kb("note", "restore", note).code == 0
    actions = [revision["action"] for revision in kb("note", "history", note, "--json").data["revisions"]]
    assert actions == ["create", "edit", "undo", "trash", "restore"]


def test_an_editor_changes_a_note(kb: Kb, library: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = kb("note", "add", "--kind", "claim", "--text", "old statement\nthe body", "--json").data["note"]
    _editor(monkeypatch, tmp_path, "text.replace('old statement', 'new statement') + 'and more\\n'")
    assert kb("note", "edit", note).code == 0
    shown = kb("note", "show", note, "--json").data
    assert (shown["fields"]["statement"], shown["body"]) == ("new statement", "the body\nand more")


def test_an_edit_that_does_not_validate_keeps_what_was_written(
    kb: Kb, library: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = kb("note", "add", "--kind", "claim", "--text", "statement", "--json").data["note"]
    _editor(monkeypatch, tmp_path, "text.replace('asserted_by', 'asserted_bye') + 'hours of work\\n'")
    result = kb("note", "edit", note)
    assert result.code == 2
    (kept,) = library.recovery.iterdir()
    assert str(kept) in result.err
    assert "hours of work" in kept.read_text()
    assert kb("note", "show", note, "--json").data["revision"] == 1


def _editor(monkeypatch: pytest.MonkeyPatch, folder: Path, change: str) -> None:
    """An editor that applies one change to the file that it is given."""
    script = folder / "editor.py"
    script.write_text(
        f"import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\ntext = file.read_text()\nfile.write_text({change})\n"
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")


def test_two_notes_are_linked(kb: Kb, library: Home) -> None:
    claim = kb("note", "add", "--kind", "claim", "--text", "a", "--json").data["note"]
    evidence = kb("note", "add", "--kind", "evidence", "--text", "b", "--json").data["note"]
    assert kb("note", "link", evidence, "supports", claim, "--strength", "0.5", "--doubt", "small").code == 0
    (link,) = kb("note", "show", claim, "--json").data["links"]
    assert (link["source"], link["kind"], link["strength"], link["doubt"]) == (evidence, "supports", 0.5, "small")
    assert kb("note", "link", evidence, "proves", claim).code == 2
