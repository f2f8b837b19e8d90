"""Which code gave a result: a hash of what an experiment computes, and which earlier hashes mean the same code."""

import ast
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kb.reproductions.model import Reproduction
from kb.reproductions.registry import source_of

_EARLIER = Path(__file__).with_name("earlier_hashes.json")
"""For each experiment: hashes under which runs were stored before, each with the present form of the same code."""
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def code_hash(reproduction: Reproduction) -> str:
    """A hash of the syntax tree of the experiment's file and of the parts that experiments share.

    Imports, docstrings, comments and layout are left out: a module may be renamed or better explained, and what was
    measured with it stays comparable.
    """
    return _hash_of(source_of(reproduction))


@cache
def _hash_of(module: str) -> str:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    shared = sorted((Path(__file__).parent / "parts").glob("*.py"))
    digest = hashlib.sha256()
    for path in (Path(spec.origin), *shared):
        digest.update(tree_text(path.read_text(encoding="utf-8")).encode())
    return digest.hexdigest()[:16]


def same_code(reproduction: Reproduction) -> tuple[str, ...]:
    """Every hash under which runs of the present code may be stored, the present one first."""
    now = code_hash(reproduction)
    earlier = _earlier().get(reproduction.id, {})
    return (now, *(old for old, new in earlier.items() if new == now))


def present_hash(reproduction: str, stored: str) -> str:
    """The hash that a stored run's code has today; itself where it is not known under another."""
    return _earlier().get(reproduction, {}).get(stored, stored)


@cache
def _earlier() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(_EARLIER.read_text(encoding="utf-8"))
    return table


def tree_text(source: str) -> str:
    """The syntax tree as text, the same for every supported Python: fields that are empty are not written."""
    return "".join(_written(ast.parse(source)))


def _written(node: object) -> Iterator[str]:
    if isinstance(node, ast.AST):
        yield f"({type(node).__name__}"
        for name, value in ast.iter_fields(node):
            if value is not None and value != [] and name not in ("kind", "type_comment", "ctx"):
                yield f" {name}="
                yield from _written(_statements(node, value) if name == "body" else value)
        yield ")"
    elif isinstance(node, list):
        yield "["
        for item in node:
            yield from _written(item)
        yield "]"
    else:
        yield repr(node)


def _statements(node: ast.AST, body: object) -> object:
    """A body without imports and without its docstring."""
    if not isinstance(body, list):
        return body
    if isinstance(node, _DOCUMENTED) and _is_text(body[0]):
        body = body[1:]
    return [one for one in body if not isinstance(one, ast.Import | ast.ImportFrom)]


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
