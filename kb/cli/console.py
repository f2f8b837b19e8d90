"""How the command line speaks: data on stdout, narration on stderr, and text from outside shown but never obeyed."""

import json
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from kb.errors import ExitCode, KbError

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


_GAP = 3
_KEPT = 26
"""Characters of a narrow column that a wide one beside it may not take."""


def safe(text: str) -> str:
    """A text with every control character (terminal escapes, bidirectional overrides) made visible."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def say(text: str) -> None:
    """Narrate on stderr."""
    print(safe(text), file=sys.stderr)  # noqa: T201 - this is where the command line speaks


def put(text: str = "") -> None:
    """Write data for a person on stdout."""
    print(safe(text))  # noqa: T201 - this is where the command line answers


def put_json(value: dict[str, Any]) -> None:
    """Write one object for a program on stdout."""
    print(json.dumps(value, ensure_ascii=False, default=str))  # noqa: T201 - this is where the command line answers


def on_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def has_screen() -> bool:
    """Whether a screen can be shown, and keys can be read."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def complain(error: KbError, as_json: bool = False) -> ExitCode:
    """Say what happened, why, and the next command; with ``--json`` also as an object. Returns the exit code."""
    say(f"kb: {error.what}" + (f"\n    why:  {error.why}" if error.why else ""))
    if error.next:
        say(f"    next: {error.next}")
    if as_json:
        put_json({"error": {"code": int(error.code), "message": error.what, "why": error.why, "next": error.next}})
    return error.code


def put_table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, right: Collection[int] = ()) -> None:
    """A plain table that fits the terminal: one line a row, the widest text column cut with an ellipsis."""
    import shutil

    from rich.cells import cell_len

    cells = [[safe(" ".join(str(cell).split())) for cell in row] for row in rows]
    wanted = [max(map(cell_len, column)) for column in zip(headers, *cells, strict=True)]
    widths = _fitted(wanted, shutil.get_terminal_size().columns)
    head = _line(headers, widths, right)
    print(f"\x1b[1m{head}\x1b[0m" if sys.stdout.isatty() else head)  # noqa: T201 - this is where the command line answers
    print("─" * (sum(widths) + _GAP * (len(widths) - 1)))  # noqa: T201
    for row in cells:
        print(_line(row, widths, right))  # noqa: T201


def _line(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    """One row, each cell cut or filled to its column's width."""
    from rich.cells import cell_len, set_cell_size

    shown = []
    for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        size = cell_len(cell)
        text = f"{set_cell_size(cell, width - 1)}…" if size > width else cell
        fill = " " * max(0, width - size)
        shown.append(fill + text if index in right else text + fill)
    return (" " * _GAP).join(shown).rstrip()


def _fitted(widths: list[int], room: int) -> list[int]:
    """Widths that fit a line: the widest column gives way, and any other only where it takes a third of the line."""
    widest = widths.index(max(widths))
    kept = [width if index == widest else min(width, max(_KEPT, room // 3)) for index, width in enumerate(widths)]
    left = room - _GAP * (len(widths) - 1) - sum(kept) + kept[widest]
    kept[widest] = max(_KEPT // 2, min(widths[widest], left))
    return kept


def wrapped(text: str, indent: str = "", width: int | None = None) -> str:
    """A paragraph folded to the terminal."""
    import shutil
    import textwrap

    width = width or min(shutil.get_terminal_size().columns, 100)
    return "\n".join(
        textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent) for line in text.splitlines()
    )
