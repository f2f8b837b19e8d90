"""Front matter of notes in an editor and of a vault's files: what is kept, and where python-frontmatter loses it.

The library is not used because of the inputs named here. Once a test of it fails, it has learned them.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.config import Home
from kb.errors import UsageError
from kb.export.vault.front_matter import identity
from kb.export.vault.writing import export_vault
from kb.models.note import Note
from kb.notes.editor_text import as_text, from_text
from tests.export.library import Shelf

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n-#:{}'\" "), max_size=30)
VAULT = "---\nkb: paper p1\ntitle: \"A: 'title'\"\n{}\n---\n\nThe reader's own words.\n"


def note(body: str = "The body.", statement: str = "A claim") -> Note:
    """A claim."""
    times = {"created_at": MOMENT, "revised_at": MOMENT}
    content = {"kind": "claim", "body": body, "fields": {"statement": statement}}
    return Note.model_validate({"id": "n1", "revision": 1, **times, **content})


@given(body=TEXT, statement=TEXT.filter(str.strip))
@pytest.mark.parametrize("change", [lambda text: text, lambda text: "\ufeff" + text.replace("\n", "\r\n")])
def test_a_note_comes_back_from_an_editor_as_it_went(change: Any, body: str, statement: str) -> None:
    """Also from one that begins files with a mark of their encoding, and ends lines as Windows does."""
    before = note(body.strip("\n"), statement)
    after = from_text(change(as_text(before)), before)
    assert (after.body, after.fields) == (before.body, before.fields)


@pytest.mark.parametrize(
    ("body", "statement"),
    [
        ("    indented code\n\nand a line", "A claim"),  # the library strips the body: no code block any more
        ("one\u2028line\x0c and a page", "A claim"),
        ("above\n---\nbelow", "with\n---\na rule in it"),
    ],
)
def test_what_a_body_begins_with_and_holds_is_kept(body: str, statement: str) -> None:
    after = from_text(as_text(note(body, statement)), note())
    assert (after.body, getattr(after.fields, "statement", "")) == (body, statement)


def test_the_library_strips_the_body() -> None:
    assert frontmatter.parse(as_text(note("    indented code")))[1] == "indented code"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The body alone.\n", "front matter is gone"),
        ("---\nkind: claim\nThe body.\n", "front matter is gone"),
        ("---\n- a\n- b\n---\nThe body.\n", "not a mapping"),
        ("---\njust words\n---\nThe body.\n", "not a mapping"),
    ],
)
def test_front_matter_that_went_missing_is_an_error_and_never_an_empty_note(text: str, why: str) -> None:
    """The library says of all of these that there are no properties: each would empty the note's fields."""
    with pytest.raises(UsageError, match=why):
        from_text(text, note())
    assert frontmatter.parse(text)[0] == {}


def test_a_mark_of_encoding_hides_the_front_matter_from_the_library() -> None:
    text = "\ufeff" + VAULT.format("year: 2020")
    assert identity(text) == ("paper", "p1")
    assert frontmatter.parse(text)[0] == {}


@pytest.mark.parametrize(
    "line",
    [
        "created: {{date}}",  # a template's place that is not filled in yet
        "aliases: [one, two",
        "cssclass: @wide",
        "title: one: two",
        "\ttags: x",
    ],
)
def test_a_vault_file_is_known_though_its_other_properties_are_no_yaml(line: str) -> None:
    """Obsidian leaves such lines in place; an error here would give the paper a second file."""
    text = VAULT.format(line)
    assert identity(text) == ("paper", "p1")
    with pytest.raises(yaml.YAMLError):
        frontmatter.parse(text)


OWN = (
    "# how I sort my papers\n"
    "zeta: 1\n"
    "alpha: 'single quotes'\n"
    "tags:\n  - one   # why\n  - two\n"
    "answer: yes\n"
    "when: 2020-01-02T10:00:00+02:00\n"
    "version: 1.10\n"
)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_properties_of_the_readers_own_stay_byte_for_byte(home: Home, tmp_path: Path, ending: str) -> None:
    """Comments, order, quotes and line ends: a new note comes into the file, and nothing else in it changes."""
    shelf = Shelf(home)
    paper = shelf.paper()
    export_vault(shelf.record, tmp_path)
    [file] = (tmp_path / "papers").iterdir()
    own = file.read_text().replace("\n---\n", f"\n{OWN}---\n", 1).replace("\n", ending).encode()
    file.write_bytes(own)
    shelf.note("claim", paper, statement="A new claim")
    export_vault(shelf.record, tmp_path)
    head = own[: own.index(b"version") + 20]
    assert file.read_bytes().startswith(head)
    assert b"A new claim" in file.read_bytes()


def test_the_library_writes_properties_anew() -> None:
    text = VAULT.format(OWN.rstrip("\n"))
    written = frontmatter.dumps(frontmatter.loads(text))
    assert "# how I sort my papers" not in written
    assert "# why" not in written
    assert written.index("alpha") < written.index("kb: ") < written.index("zeta")
    assert "answer: true" in written
    assert "version: 1.1\n" in written
    assert "'single quotes'" not in written
    assert not written.endswith("\n")
