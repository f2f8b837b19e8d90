"""Going to another place with something to be done there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.host import Host
    from tui.messages import FindSimilar, OpenPaper


async def find_similar(app: "Host", asked: "FindSimilar") -> None:
    """Show in the search what is like something."""
    from tui.screens.search.screen import SearchScreen

    await app.switch_mode("search")
    if isinstance(app.place, SearchScreen):
        app.place.more_like(asked.like, asked.back)


async def open_paper(app: "Host", asked: "OpenPaper") -> None:
    """Show a paper in the reader."""
    from tui.screens.reader.screen import ReaderScreen

    await app.switch_mode("reader")
    if isinstance(app.place, ReaderScreen):
        app.place.open(asked)
