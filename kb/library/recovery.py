"""A note that cannot be saved keeps its text in a file, and the error says where."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kb.config import Home
from kb.errors import KbError
from kb.models.note import NoteContent


@contextmanager
def kept_if_lost(home: Home, content: NoteContent) -> Iterator[None]:
    """Run a write; where it fails, write the note's content to a recovery file and add its place to the error."""
    try:
        yield
    except KbError as error:
        place = keep(home, content)
        kept = f"the note's text is kept in {place}" if place else "the note's text could not be kept in any file"
        raise type(error)(error.what, f"{error.why}; {kept}" if error.why else kept, error.next) from error


def keep(home: Home, content: NoteContent) -> Path | None:
    """Write a note to the home's recovery folder, or to the machine's temporary one; None where neither takes it."""
    return keep_text(home, content.model_dump_json(indent=2), "json")


def keep_text(home: Home, text: str, suffix: str = "md") -> Path | None:
    """Write a text that could not be saved where the reader finds it again; None where no folder takes it."""
    name = f"note-{datetime.now():%Y%m%d-%H%M%S-%f}.{suffix}"
    for folder in (home.recovery, Path(tempfile.gettempdir()) / "insideview-recovery"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        except OSError:
            continue
        return folder / name
    return None
