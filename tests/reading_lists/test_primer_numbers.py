"""The numbers in the primers are those that come out when they are computed, and none stands there unchecked."""

import re
from importlib import import_module
from types import ModuleType

import pytest

from tests.reading_lists.primer_files import NAMES, primer

NUMBER = re.compile(r"(?<![\w.-])\d[\d,]*\.\d+|(?<![\w.-])\d{1,3}(?:,\d{3})+|(?<![\w.-])\d+(?= %)")
"""What could be wrong: decimals, thousands, shares."""
ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}")
EACH = pytest.mark.parametrize("name", NAMES)


def told(name: str) -> str:
    """The primer's abstract and text up to its references, on one line."""
    read = primer(name)
    return " ".join(f"{read.front['abstract']} {read.body.partition('## References')[0]}".split())


def numbers_of(name: str) -> ModuleType:
    """The module that computes a primer's numbers."""
    return import_module(f"tests.reading_lists.primer_numbers.{name.replace('-', '_')}")


def pieces(name: str) -> list[str]:
    """What must stand in the primer, on one line each."""
    module = numbers_of(name)
    return [" ".join(piece.split()) for piece in (*module.sentences(), *getattr(module, "QUOTED", ()))]


@EACH
def test_what_comes_out_stands_in_the_text(name: str) -> None:
    """Each computed piece is in the primer, to the last digit."""
    text = told(name)
    assert [piece for piece in pieces(name) if piece not in text] == []


@EACH
def test_no_number_stands_unchecked(name: str) -> None:
    """Every decimal, thousand and share in the text lies in a piece that was computed or has a named source."""
    text = told(name)
    checked = [found.span() for piece in pieces(name) for found in re.finditer(re.escape(piece), text)]
    unchecked = [
        text[max(0, number.start() - 30) : number.end() + 10]
        for number in NUMBER.finditer(text)
        if not ARXIV_ID.fullmatch(number.group())
        and not any(start <= number.start() and number.end() <= end for start, end in checked)
    ]
    assert unchecked == []


@EACH
def test_a_wrong_number_would_be_noticed(name: str) -> None:
    """A text with one digit changed no longer holds all that was computed."""
    text = told(name)
    number = next(found for found in NUMBER.finditer(text) if not ARXIV_ID.fullmatch(found.group()))
    last = number.end() - 1
    changed = text[:last] + str((int(text[last]) + 1) % 10) + text[last + 1 :]
    assert [piece for piece in pieces(name) if piece not in changed]
