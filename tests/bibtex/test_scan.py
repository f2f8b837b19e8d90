"""Inputs that the scanner reads, as BibTeX does or more kindly, and that bibtexparser 2 reads otherwise or not at all.

They are why the scanner is not that library. Once a test of the library fails, it has learned the input.
"""

import logging
from pathlib import Path
from typing import Any

import bibtexparser
import pytest

from kb.bibtex.scan import BrokenEntry, RawEntry, scan

NEXT = "\n@misc{next, title={b}}\n"
RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "bibliography.bib"
Entries = list[tuple[str, dict[str, str]]]

OTHERWISE: dict[str, tuple[str, Entries]] = {
    "a string joined with text": (
        '@string{n = "Advances in {NeurIPS}"}\n@misc{a, booktitle = n # " 30"}',
        [("a", {"booktitle": "Advances in {NeurIPS} 30"})],
    ),
    "a string made of another": (
        '@string{x = "X"}\n@string{y = x # "Y"}\n@misc{a, title = y}',
        [("a", {"title": "XY"})],
    ),
    "two strings in one block": ('@string{x = "1", y = "2"}\n@misc{a, title = y}', [("a", {"title": "2"})]),
    "text joined with text": ('@misc{a, title = "x" # {y}}', [("a", {"title": "xy"})]),
    "a day joined with its month": ('@misc{a, month = "10~" # jan}', [("a", {"month": "10~jan"})]),
    "an entry that a field quotes": (
        "@misc{a, abstract = {line\n@article{fake, title={q}}\nend}, year=2020}",
        [("a", {"abstract": "line\n@article{fake, title={q}}\nend", "year": "2020"})],
    ),
    "a field given twice": ("@misc{a, title={x}, title={y}}", [("a", {"title": "x"})]),
    "a key given twice": ("@misc{a, title={x}}\n@misc{a, title={y}}", [("a", {"title": "x"}), ("a", {"title": "y"})]),
    "a comma too many": ("@misc{a, title={x},, year=2020}", [("a", {"title": "x", "year": "2020"})]),
    "a comma too few": ("@misc{a, title={x} year=2020}", [("a", {"title": "x", "year": "2020"})]),
    "a space after the sign": ("@ misc { a , title = {x} }", [("a", {"title": "x"})]),
}

ALIKE: dict[str, tuple[str, Entries]] = {
    "nested braces": (
        '@misc{a, title = {A {B {C} D} "q" E}, note = "a {"}quote{"}"}',
        [("a", {"title": 'A {B {C} D} "q" E', "note": 'a {"}quote{"}'})],
    ),
    "round brackets": ("@misc(a, title = {x (y)}, year = 2020)", [("a", {"title": "x (y)", "year": "2020"})]),
    "a preamble": ('@preamble{"\\newcommand{\\x}{y}" # " z"}', []),
    "a comment with an entry in it": ("@comment{@misc{hidden, title={no}}}", []),
    "a crossref, which stays a field": ("@misc{a, crossref = {p}}", [("a", {"crossref": "p"})]),
    "strings whatever their case": ('@STRING{Nips = "N"}\n@misc{a, booktitle = NIPS}', [("a", {"booktitle": "N"})]),
    "a value that is never closed": ("@misc{a, title = {never closed", []),
    "a field without a sign": ("@misc{a, title {x}}", []),
}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """The library warns of blocks that it cannot read; here that is the point."""
    caplog.set_level(logging.CRITICAL)


def scanned(text: str) -> Entries:
    """Entries that the scanner could read."""
    return [(entry.key, entry.fields) for entry in scan(text) if isinstance(entry, RawEntry)]


def parsed(text: str) -> Entries:
    """Entries that the library could read, with its strings put in."""
    entries: list[Any] = bibtexparser.parse_string(text).entries
    return [(entry.key, {field.key.lower(): field.value for field in entry.fields}) for entry in entries]


@pytest.mark.parametrize("name", [*OTHERWISE, *ALIKE])
def test_it_is_read_and_so_is_the_next_entry(name: str) -> None:
    text, expected = {**OTHERWISE, **ALIKE}[name]
    assert scanned(text + NEXT) == [*expected, ("next", {"title": "b"})]


@pytest.mark.parametrize("name", OTHERWISE)
def test_the_library_reads_it_otherwise(name: str) -> None:
    text, expected = OTHERWISE[name]
    assert parsed(text + NEXT) != [*expected, ("next", {"title": "b"})]


@pytest.mark.parametrize("text", ["@misc{a, title = }", "@misc{a, title = {x} # \n}"])
def test_a_value_that_is_missing_is_said_and_not_read_as_something_else(text: str) -> None:
    first, _ = scan(text + NEXT)
    assert first == BrokenEntry(line=1, why="a value is missing")
    assert "a" in dict(parsed(text + NEXT))


def test_joined_strings_of_a_real_bibliography_are_left_as_they_are_by_the_library() -> None:
    text = RECORDED.read_text("utf-8")
    ours, theirs = dict(scanned(text)), dict(parsed(text))
    assert list(ours) == list(theirs)
    left = [key for key, fields in theirs.items() if any(' # "' in value for value in fields.values())]
    assert len(left) > 100
    assert not any(' # "' in value for key in left for value in ours[key].values())


def test_the_library_does_not_write_a_file_as_it_was() -> None:
    """Nor do the blocks that it keeps put the file together again: what stands between them is gone."""
    text = RECORDED.read_text("utf-8")
    library = bibtexparser.parse_string(text, parse_stack=[])
    assert bibtexparser.write_string(library, unparse_stack=[]) != text
    assert "".join(block.raw or "" for block in library.blocks) != text
