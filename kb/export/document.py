"""What an export makes, and what a format of exports is. Each format is a file in ``formats``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kb.export.seal import Kind
    from kb.export.tables import Table
    from kb.models.summary import Summary

Data = str | bytes
What = Literal["summary", "page", "table"]
"""Reading summaries; reports written in Markdown; tables."""
Pictures = Literal["none", "inside", "beside"]
"""Whether a summary's pictures are in the file itself or are files beside it."""


@dataclass(frozen=True)
class Document:
    """Something exported."""

    data: Data
    kind: "Kind"
    folder: Path | None = None
    """Where the pictures go that it refers to."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Those pictures by file name."""


@dataclass(frozen=True)
class ExportFormat:
    """A way to write exports; what it cannot write is None. ``own`` is the folder of the reader's own templates."""

    name: str
    suffixes: tuple[str, ...]
    """Of file names that stand for it, in lower case with the dot."""
    kind: "Kind"
    """How its files carry their seal."""
    pictures: Pictures = "none"
    summary: "Callable[[Summary, Path, Mapping[str, str]], Data] | None" = None
    """A summary; the mapping names the file of each picture that lies beside."""
    page: "Callable[[str, str, Path | None], Data] | None" = None
    """A report by its title and its Markdown."""
    table: "Callable[[Table, Path | None], Data] | None" = None

    def writes(self, what: What) -> bool:
        """Whether it can write this."""
        return getattr(self, what) is not None
