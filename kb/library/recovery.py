"""What cannot be saved keeps its text in a file, and the error says where."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kb.config import Home
from kb.errors import KbError
from kb.models.base import Value

_KEPT = "what you wrote is kept in"


@contextmanager
def kept_if_lost(home: Home, content: Value) -> Iterator[None]:
    """Run a write; where it fails, write all of its content to a recovery file and add its place to the error."""
    with text_kept_if_lost(home, content.model_dump_json(indent=2), "json"):
        yield


@contextmanager
def text_kept_if_lost(home: Home, text: str, suffix: str = "md") -> Iterator[None]:
    """The same for a text that is nothing else yet, such as one that was piped in; kept once, also where two ask."""
    try:
        yield
    except KbError as error:
        if not text.strip() or _KEPT in error.why:
            raise
        raise type(error)(error.what, _with_place(error.why, keep_text(home, text, suffix)), error.next) from error
    except Exception as error:
        why = _with_place(f"{type(error).__name__}: {error}", keep_text(home, text, suffix))
        raise KbError("this could not be saved", why, "run `kb doctor`") from error


def _with_place(why: str, place: Path | None) -> str:
    kept = f"{_KEPT} {place}" if place else "what you wrote could not be kept in any file"
    return f"{why}; {kept}" if why else kept


def keep_text(home: Home, text: str, suffix: str = "md") -> Path | None:
    """Write a text that could not be saved where the reader finds it again; None where no folder takes it."""
    name = f"note-{datetime.now():%Y%m%d-%H%M%S-%f}.{suffix}"
    for folder in (home.recovery, Path(tempfile.gettempdir()) / "insideview-recovery"):
        if _written(folder / name, text):
            return folder / name
    return None


def _written(file: Path, text: str) -> bool:
    """Whether the whole text is in the file now."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", errors="backslashreplace")
    except OSError:
        return False
    return True
