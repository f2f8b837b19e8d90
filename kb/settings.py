"""What a reader can set, from ``config.toml`` and ``KB_*`` variables; apart, so that a home costs no pydantic."""

import os
import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from kb.errors import UsageError
from kb.models.base import Value

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
    rerank_model: str = ""
    """A cross-encoder of sentence-transformers, by name or folder, that orders the first hits anew; empty for none."""
    theme: str = "textual-dark"
    editor: str = ""
    """The editor for long text; empty for ``$VISUAL`` or ``$EDITOR``."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Keys for actions, by the action's id, such as ``{"reader.highlight": "h"}``."""


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
