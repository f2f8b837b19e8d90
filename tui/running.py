"""Opening the screen: pictures asked for, the engine made, and everything kept when the reader leaves."""

from typing import TYPE_CHECKING

from tui import pictures
from tui.app import InsideView
from tui.engine_port import LateEngine

if TYPE_CHECKING:
    from kb.config import Home


def run(home: "Home", paper: str | None = None, *, tutorial: bool = False) -> None:
    """Open the screen on a library, at a paper where one is given; returns when the reader leaves."""
    pictures.prepare()
    engine = LateEngine(home)
    app = InsideView(home, engine=engine, paper=paper, tutorial=tutorial)
    try:
        app.run()
    finally:
        engine.stop()
        app.shelf.settle()
