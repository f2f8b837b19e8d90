"""Experiments stay as they were when their runs were kept: one number changed by accident makes all of those stale.

Most experiments take too long to be run for the sake of each of their numbers. Where one is changed on purpose, run
this with ``KB_GOLDEN=write``, and say in the changelog which runs are to be made again.
"""

import ast
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import kb.reproductions

HERE = Path(kb.reproductions.__file__).parent
FILES = {
    f"{folder}/{path.stem}": path for folder in ("experiments", "parts") for path in (HERE / folder).glob("[!_]*.py")
}
RECORDED = Path(__file__).parents[1] / "recorded" / "experiments.json"


def numbers_and_operators(source: str) -> Iterator[str]:
    """What an experiment computes with, whatever the things are called that it is computed from."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            yield repr(node.value)
        elif isinstance(node, ast.operator | ast.cmpop | ast.boolop | ast.unaryop):
            yield type(node).__name__


def setup(path: Path) -> str:
    """All of it in a few characters."""
    return hashlib.sha256(" ".join(numbers_and_operators(path.read_text("utf-8"))).encode()).hexdigest()[:16]


def test_every_experiment_computes_what_it_did() -> None:
    now = {name: setup(path) for name, path in sorted(FILES.items())}
    if os.environ.get("KB_GOLDEN") == "write":
        RECORDED.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
        pytest.skip(f"wrote {RECORDED.name}")
    recorded = json.loads(RECORDED.read_text("utf-8"))
    assert now == recorded, "an experiment computes something else; if that is meant, run this with KB_GOLDEN=write"


def test_a_changed_number_or_operator_is_another_setup_and_a_new_name_is_not() -> None:
    source = "from a import b\ndef f(x):\n    '''Twice.'''\n    return b(x) * 2 if x < 3 and not b else 0.5\n"
    known = list(numbers_and_operators(source))
    for old, new in (("* 2", "* 3"), ("* 2", "+ 2"), ("<", "<="), ("and", "or"), ("not b", "b"), ("0.5", "0.25")):
        assert list(numbers_and_operators(source.replace(old, new))) != known
    assert list(numbers_and_operators(source.replace("b", "renamed").replace("Twice", "Doubled"))) == known
