"""The pages for contributors say what is so: the tree, the layers, and every path that they name."""

import re
from pathlib import Path

import pytest

from tests.support.tree import BETWEEN, PAGE, tree
from tests.test_architecture import LAYERS, MODULES

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md")
TEXT = PAGE.read_text("utf-8")


def test_the_tree_is_the_one_that_stands() -> None:
    found = BETWEEN.search(TEXT)
    assert found
    assert found[0] == f"{found[1]}{tree()}{found[2]}", "make tree"


def test_the_layers_are_those_that_are_held() -> None:
    rows = re.findall(r"^\| \d+ \| (.*) \|$", TEXT, re.MULTILINE)
    assert [tuple(re.findall(r"`([\w.]+)`", row)) for row in rows] == [tuple(row) for row in LAYERS]


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`((?:kb|tui|tests|reading_lists)/[\w./-]*)`", text))
    assert named, page
    missing = {name for name in named if not (ROOT / name.rstrip("/")).exists()}
    assert not missing
    assert set(re.findall(r"`(kb\.[\w.]+)`", text)) <= MODULES
    for benchmark in re.findall(r"tests\.benchmarks\.(\w+)", text):
        assert (ROOT / "tests" / "benchmarks" / f"{benchmark}.py").exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_that_a_page_names_exists(page: str) -> None:
    targets = set(re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([\w-]+)`|^make ([\w-]+)", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    assert {first or second for first, second in named} <= targets
