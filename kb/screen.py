"""Opening the screen: lists brought up to date, the engine started before the terminal is taken over."""

from pathlib import Path

from kb.config import Home


def open_screen(home: Home, paper: str | None, *, tutorial: bool = False) -> None:
    """Run the screen until the reader quits; raises NotFoundError for a paper that is not there."""
    paper_id = _named(home, paper) if paper else None
    from tui.running import run

    run(home, paper_id, tutorial=tutorial)


def _named(home: Home, paper: str) -> str:
    from kb.desk import Desk

    if Path(paper).suffix.lower() == ".pdf" and Path(paper).is_file():
        return _taken(home, paper)
    with Desk(home) as desk:
        return desk.papers.find(paper).id


def _taken(home: Home, path: str) -> str:
    """Take a PDF in that is named on the command line, and open it."""
    from kb.cli.outcome import Outcome
    from kb.desk import Desk
    from kb.errors import ItemFailedError
    from kb.ingest import add

    with Desk(home) as desk:
        outcome = Outcome.of(add(desk, [path]))
    for event in (*outcome.done, *outcome.skipped):
        return event.paper
    failure = outcome.failed[0]
    raise ItemFailedError(failure.message, next=failure.next)
