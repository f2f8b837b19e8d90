"""Settings, and where files live. ``KB_HOME`` moves everything that belongs to one library."""

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError

from kb.errors import UsageError
from kb.models.base import Value

APP = "insideview"
ARXIV_EXPORT_URL = "https://export.arxiv.org"


class Settings(Value):
    """What a reader can set in ``config.toml``; an environment variable ``KB_<NAME>`` wins over the file."""

    arxiv_url: str = ARXIV_EXPORT_URL
    """Serves both ``/api/query`` and ``/pdf/{id}``."""
    arxiv_delay: float = Field(default=3.0, ge=0)
    """Seconds between two requests to arXiv, from all processes on this machine together."""
    chroma_url: str = ""
    """A Chroma server to use instead of the library's own index; no lock is taken then."""
    record_url: str = ""
    """An SQLAlchemy URL for the record, such as PostgreSQL for a reading group; empty for SQLite in the home."""
    model: str = ""
    """A sentence-transformers name or folder; empty for the packaged all-MiniLM-L6-v2."""
    theme: str = "textual-dark"
    editor: str = ""
    """The editor for long text; empty for ``$VISUAL`` or ``$EDITOR``."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Keys for actions, by the action's id, such as ``{"reader.highlight": "h"}``."""


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
    def index_lock(self) -> Path:
        """Held by the one process that writes vectors."""
        return self.root / "index.lock"

    @property
    def config_file(self) -> Path:
        """The reader's settings."""
        return self.root / "config.toml"

    @cached_property
    def settings(self) -> Settings:
        """Settings from the file and the environment; raises UsageError where one is not valid."""
        return read_settings(self.config_file, os.environ)

    def paper_file(self, sha256: str, suffix: str) -> Path:
        """Where the bytes of a version are kept; ``suffix`` is ``pdf`` or ``html``."""
        return self.papers / sha256[:2] / f"{sha256}.{suffix}"


def open_home(path: Path | None = None) -> Home:
    """The home given, else ``KB_HOME``, else the platform's data folder; nothing is created."""
    chosen = path or os.environ.get("KB_HOME") or platformdirs.user_data_path(APP)
    return Home(Path(chosen).expanduser().absolute())


def machine_cache() -> Path:
    """Files that all homes on this machine share: the exported model, and the arXiv limiter (``KB_CACHE`` moves it)."""
    return Path(os.environ.get("KB_CACHE") or platformdirs.user_cache_path(APP)).expanduser().absolute()


def read_settings(file: Path, environment: "os._Environ[str] | dict[str, str]") -> Settings:
    """Merge the file and ``KB_*`` variables; raises UsageError naming the setting that is wrong."""
    values: dict[str, object] = {}
    if file.exists():
        try:
            values.update(tomllib.loads(file.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{file} is not valid TOML", str(error), f"mend or remove {file}") from error
    for name in Settings.model_fields:
        value = environment.get(f"KB_{name.upper()}")
        if value and name != "keys":
            values[name] = value
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"the setting {where!r} is not valid", first["msg"], f"see the settings in the README, then edit {file}"
        ) from error
