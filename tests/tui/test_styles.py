"""Style sheets name classes of widgets; one that is called otherwise by now would lose its style without a word."""

import re
from pathlib import Path

import pytest
import textual

import tui

SHEETS = sorted((Path(tui.__file__).parent / "styles").glob("*.tcss"))
OPTIONAL = {"Image"}
"""A widget of a library that need not be installed."""
CLASS = re.compile(r"^\s*class (\w+)", re.MULTILINE)
NOT_SELECTORS = re.compile(r"/\*.*?\*/|\{[^}]*\}", re.DOTALL)
TYPE = re.compile(r"(?<![\w.#&$-])[A-Z]\w+")


def classes(package: str | None) -> set[str]:
    """The names of all classes in a package."""
    assert package is not None
    return {name for path in Path(package).parent.rglob("*.py") for name in CLASS.findall(path.read_text("utf-8"))}


KNOWN = classes(tui.__file__) | classes(textual.__file__) | OPTIONAL


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_class_that_a_style_sheet_names_is_there(sheet: Path) -> None:
    named = set(TYPE.findall(NOT_SELECTORS.sub(" ", sheet.read_text("utf-8"))))
    assert named <= KNOWN, f"{sheet.name} names {', '.join(sorted(named - KNOWN))}"
