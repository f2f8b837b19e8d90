"""A library of its own for the tutorial: the primers laid out, read and ready, beside the reader's own library."""

import shutil
from collections.abc import Iterator

from kb.config import Home
from kb.models.progress import Progress
from kb.workspace import Workspace


def tutorial_home(home: Home) -> Home:
    """Where the tutorial happens: a folder in the reader's home, so that nothing of theirs is touched."""
    return Home(home.root / "tutorial")


def forget(home: Home) -> None:
    """Delete the tutorial's library, to begin again."""
    if home.root.exists():
        shutil.rmtree(home.root)


def prepare(home: Home) -> Iterator[Progress]:
    """Bring the primers in that are not there yet; whoever comes back finds their notes."""
    from kb.ingest.files import IncomingFile, take_file
    from kb.ingest.list_sync import sync_lists
    from kb.onboarding.demo import SAMPLE, lay_out

    home.incoming.mkdir(parents=True, exist_ok=True)
    with Workspace(home) as workspace:
        sync_lists(workspace)
        if len(workspace.papers.all_versions()) >= len(SAMPLE):
            return
        for pdf, draft in lay_out(home.incoming):
            source = f"primer:{pdf.stem}"
            yield from take_file(workspace, IncomingFile(path=pdf, asked=source, source=source, draft=draft))
            pdf.unlink(missing_ok=True)
