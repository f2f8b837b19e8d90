"""What is broken to try the tests: only what matters when the program runs, and always into Python."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.breakable import breaks, broken
from tests.benchmarks.mutation import ROOT, Nearness, draw

SOURCE = '''
from typing import Literal
DEPTH: Literal[3] = 3  # é and 5 in a comment
@cached(size=128)
def told(rows, least=0.5):
    """Docstrings say 7."""
    assert len(rows) > 0
    if rows and (not least or 1 < DEPTH <= 9) is not None:
        return "ä", [row for row in rows if row not in least]
    return True
if __name__ == "__main__":
    told([1])
'''


def test_comparisons_numbers_and_boolean_operators_can_be_broken_and_nothing_else() -> None:
    assert [(place.line, place.was, place.instead) for place in breaks(SOURCE)] == [
        (3, "3", ("6",)),
        (5, "0.5", ("1.0",)),
        (8, "and", ("or",)),
        (8, "not", ("",)),
        (8, "or", ("and",)),
        (8, "1", ("2",)),
        (8, "<", (">=", "<=")),
        (8, "<=", (">", "<")),
        (8, "9", ("18",)),
        (8, "is not", ("is",)),
        (9, "not in", ("in",)),
    ]


def test_a_break_changes_its_place_alone() -> None:
    (comparison,) = [place for place in breaks(SOURCE) if place.was == "not in"]
    changed = broken(SOURCE, comparison, "in")
    assert changed == SOURCE.replace("row not in least", "row in least")


@given(st.integers(0, 10_000))
def test_what_is_drawn_is_python_still_and_a_seed_draws_the_same_again(seed: int) -> None:
    drawn = draw(seed, 3)
    assert drawn == draw(seed, 3)
    assert len({(one.file, one.place.line) for one in drawn}) == 3
    for one in drawn:
        source = (ROOT / one.file).read_text("utf-8")
        changed = broken(source, one.place, one.instead)
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source))


def test_every_package_has_its_turn() -> None:
    drawn = draw(1, 30)
    assert {"kb", "tui"} == {one.file.split("/")[0] for one in drawn}
    assert {"comparison", "constant", "boolean"} == {one.place.kind for one in drawn}


def test_tests_that_import_a_module_run_first_and_every_file_runs_once() -> None:
    stages = Nearness().stages("kb/reading/structure/columns.py")
    assert "tests/reading/structure/test_columns.py" in stages["near"]
    assert "tests/reading/structure/test_captions.py" in stages["folder"]
    every = [name for names in stages.values() for name in names]
    assert len(every) == len(set(every)) == len(list((ROOT / "tests").rglob("test_*.py")))
