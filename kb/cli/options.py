"""Options that many commands share, and the desk that they work at."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kb.desk import Desk

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@contextmanager
def desk() -> "Iterator[Desk]":
    """The desk of the home that ``--home`` or ``KB_HOME`` names."""
    from kb.config import open_home
    from kb.desk import Desk

    with Desk(open_home()) as opened:
        yield opened
