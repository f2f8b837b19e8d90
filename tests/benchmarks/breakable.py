"""Places in a source file that can be broken, one small change at a time, and still be Python.

Drawn from: comparisons (reversed, or moved by their boundary), numbers in expressions (0 becomes 1, any other doubles),
and ``and``, ``or``, ``not``. Left out: annotations and what only types need, decorators, asserts, what runs a file as a
script, and flags (``True`` and ``False`` mostly say how a library is called).
"""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

Kind = Literal["comparison", "constant", "boolean"]
_INSTEAD = {
    "<": (">=", "<="),
    "<=": (">", "<"),
    ">": ("<=", ">="),
    ">=": ("<", ">"),
    "==": ("!=",),
    "!=": ("==",),
    "in": ("not in",),
    "not in": ("in",),
    "is": ("is not",),
    "is not": ("is",),
    "and": ("or",),
    "or": ("and",),
}
_COMPARED = re.compile(r"<=|>=|==|!=|<|>|\bnot\s+in\b|\bis\s+not\b|\bin\b|\bis\b")
_JOINED = re.compile(r"\b(?:and|or)\b")
_ONLY_TYPES = {"Literal", "Annotated", "TypeVar"}


class Break(NamedTuple):
    """A stretch of source, counted in bytes, and what may stand there instead."""

    kind: Kind
    line: int
    start: int
    end: int
    was: str
    instead: tuple[str, ...]


def breaks(source: str) -> list[Break]:
    """Everything in a file that can be broken, in order."""
    text = source.encode()
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = [one for node in _reached(ast.parse(source)) for one in _of(node, text, starts)]
    return sorted(found, key=lambda one: one.start)


def broken(source: str, place: Break, instead: str) -> str:
    """The file with one place changed."""
    text = source.encode()
    return (text[: place.start] + instead.encode() + text[place.end :]).decode()


def _reached(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that matters when the program runs."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _aside(child):
                yield from _reached(child)


def _aside(node: ast.AST) -> bool:
    """Whether the node is for types, states what the code relies on, or runs the file as a script."""
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.Subscript | ast.Call):
        called = node.value if isinstance(node, ast.Subscript) else node.func
        return isinstance(called, ast.Name) and called.id in _ONLY_TYPES
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test) or "__name__" in ast.unparse(node.test)
    return False


def _of(node: ast.AST, text: bytes, starts: list[int]) -> Iterator[Break]:
    """What can be broken in the node itself."""
    if isinstance(node, ast.Compare):
        yield from _between("comparison", [node.left, *node.comparators], _COMPARED, text, starts)
    elif isinstance(node, ast.BoolOp):
        yield from _between("boolean", node.values, _JOINED, text, starts)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        start, end = _span(node, starts)[0], _span(node.operand, starts)[0]
        if text[start:end].strip() == b"not":
            yield Break("boolean", node.lineno, start, end, "not", ("",))
    elif isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        start, end = _span(node, starts)
        instead = repr(1 if node.value == 0 else 2 * node.value)
        yield Break("constant", node.lineno, start, end, text[start:end].decode(), (instead,))


def _between(
    kind: Kind, parts: list[ast.expr], operator: re.Pattern[str], text: bytes, starts: list[int]
) -> Iterator[Break]:
    """The operators between the parts of an expression; one beside a comment that reads like another is left alone."""
    for before, after in pairwise(parts):
        start, end = _span(before, starts)[1], _span(after, starts)[0]
        found = list(operator.finditer(text[start:end].decode()))
        if len(found) == 1 and text[start:end].isascii():
            was = " ".join(found[0].group().split())
            at = start + found[0].start()
            line = text.count(b"\n", 0, at) + 1
            yield Break(kind, line, at, start + found[0].end(), was, _INSTEAD[was])


def _span(node: ast.expr, starts: list[int]) -> tuple[int, int]:
    """Where the node starts and ends, in bytes from the beginning of the file."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
