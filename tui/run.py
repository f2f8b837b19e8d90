"""Opening the screen: pictures asked for, the engine made, and everything kept when the reader leaves."""

from typing import TYPE_CHECKING

from tui.app import InsideView
from tui.engine_port import LateEngine
from tui.runtime import terminal_images

if TYPE_CHECKING:
    from kb.config import Home


def run(home: "Home", paper: str | None = None, *, tutorial: bool = False) -> None:
    """Open the screen on a library, at a paper where one is given; returns when the reader leaves."""
    terminal_images.prepare()
    engine = LateEngine(home)
    app = InsideView(home, engine=engine, paper=paper, tutorial=tutorial)
    try:
        app.run()
    finally:
        engine.stop()
        app.library.settle()
