"""Opening the screen: lists brought up to date, the engine started before the terminal is taken over."""

from pathlib import Path

from kb.config import Home


def open_screen(home: Home, paper: str | None, *, tutorial: bool = False) -> None:
    """Run the screen until the reader quits; raises NotFoundError for a paper that is not there."""
    paper_id = _named(home, paper) if paper else None
    from tui.run import run

    run(home, paper_id, tutorial=tutorial)


def _named(home: Home, paper: str) -> str:
    from kb.workspace import Workspace

    if Path(paper).suffix.lower() == ".pdf" and Path(paper).is_file():
        return _taken(home, paper)
    with Workspace(home) as workspace:
        return workspace.papers.find(paper).id


def _taken(home: Home, path: str) -> str:
    """Take a PDF in that is named on the command line, and open it."""
    from kb.errors import ItemFailedError
    from kb.ingest.outcome import Outcome
    from kb.ingest.pipeline import add
    from kb.workspace import Workspace

    with Workspace(home) as workspace:
        outcome = Outcome.of(add(workspace, [path]))
    for event in (*outcome.done, *outcome.skipped):
        return event.paper
    failure = outcome.failed[0]
    raise ItemFailedError(failure.message, next=failure.next)
