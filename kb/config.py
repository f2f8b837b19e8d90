"""Where files live, and the settings. ``KB_HOME`` moves everything that belongs to one library.

Whatever is heavy is imported when it is first asked for, since every command and the screen's first frame need this.
"""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.settings import ARXIV_EXPORT_URL as ARXIV_EXPORT_URL
    from kb.settings import Settings as Settings
    from kb.settings import read_settings as read_settings

APP = "insideview"


def __getattr__(name: str) -> Any:
    """The settings' own module, as part of this one."""
    if name in ("ARXIV_EXPORT_URL", "Settings", "read_settings"):
        from kb import settings

        return getattr(settings, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True)
class Home:
    """One library's folder: the record and the papers' files are the truth, ``derived`` can be deleted at any time."""

    root: Path

    @property
    def record(self) -> Path:
        """The SQLite file of the record."""
        return self.root / "library.db"

    @property
    def papers(self) -> Path:
        """The papers' files, named by their sha256."""
        return self.root / "papers"

    @property
    def incoming(self) -> Path:
        """Downloads that are not finished (``*.part``)."""
        return self.root / "incoming"

    @property
    def lists(self) -> Path:
        """The reader's own reading lists."""
        return self.root / "lists"

    @property
    def recovery(self) -> Path:
        """The content of notes that could not be saved, as JSON."""
        return self.root / "recovery"

    @property
    def logs(self) -> Path:
        """Logs of the screen and of its engine."""
        return self.root / "logs"

    @property
    def derived(self) -> Path:
        """Everything that can be rebuilt from the record and the papers' files."""
        return self.root / "derived"

    @property
    def texts(self) -> Path:
        """The SQLite file with blocks, sections, passages and their full-text index."""
        return self.derived / "texts.db"

    @property
    def vectors(self) -> Path:
        """Chroma's folder."""
        return self.derived / "vectors"

    @property
    def crops(self) -> Path:
        """Pictures of parts of pages."""
        return self.derived / "crops"

    @property
    def templates(self) -> Path:
        """The reader's own way of putting what is exported."""
        return self.root / "templates"

    @property
    def exports(self) -> Path:
        """Summaries that were written from the screen."""
        return self.root / "exports"

    @property
    def index_lock(self) -> Path:
        """Held by the one process that writes vectors."""
        return self.root / "index.lock"

    @property
    def config_file(self) -> Path:
        """The reader's settings."""
        return self.root / "config.toml"

    @cached_property
    def settings(self) -> "Settings":
        """Settings from the file and the environment; raises UsageError where one is not valid."""
        from kb.settings import read_settings

        return read_settings(self.config_file, os.environ)

    def paper_file(self, sha256: str, suffix: str) -> Path:
        """Where the bytes of a version are kept; ``suffix`` is ``pdf`` or ``html``."""
        return self.papers / sha256[:2] / f"{sha256}.{suffix}"


def open_home(path: Path | None = None) -> Home:
    """The home given, else ``KB_HOME``, else the platform's data folder; nothing is created."""
    chosen = path or os.environ.get("KB_HOME")
    if not chosen:
        import platformdirs

        chosen = platformdirs.user_data_path(APP)
    return Home(Path(chosen).expanduser().absolute())


def machine_cache() -> Path:
    """Files that all homes on this machine share: the exported model, and the arXiv limiter (``KB_CACHE`` moves it)."""
    chosen: str | Path | None = os.environ.get("KB_CACHE")
    if not chosen:
        import platformdirs

        chosen = platformdirs.user_cache_path(APP)
    return Path(chosen).expanduser().absolute()
