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
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    cells = [[safe(str(cell)) for cell in row] for row in rows]
    widths = _fitted([max(map(cell_len, column)) for column in zip(headers, *cells, strict=True)], console.width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for index, (header, width) in enumerate(zip(headers, widths, strict=True)):
        justify = "right" if index in right else "left"
        table.add_column(header, justify=justify, no_wrap=True, overflow="ellipsis", width=width)  # type: ignore[arg-type]
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


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
