"""The formats of exports there are, found by looking into the folder: adding one means adding a file."""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from kb.errors import UsageError
from kb.export import formats
from kb.export.document import ExportFormat, What

USUAL = "markdown"
"""The format where neither an option nor a file's name says another."""
_NAMES: dict[What, str] = {"summary": "a summary", "page": "a report", "table": "a table"}


@cache
def export_formats() -> tuple[ExportFormat, ...]:
    """All formats, the usual one first."""
    modules = [module.name for module in pkgutil.iter_modules(formats.__path__)]
    found: list[ExportFormat] = [importlib.import_module(f"{formats.__name__}.{name}").FORMAT for name in modules]
    return tuple(sorted(found, key=lambda one: (one.name != USUAL, one.name)))


def formats_for(what: What) -> tuple[ExportFormat, ...]:
    """Those that can write this."""
    return tuple(one for one in export_formats() if one.writes(what))


def format_for(what: What, name: str | None, to: Path | None = None) -> ExportFormat:
    """The format that was asked for, or else the one that the file's name stands for; raises UsageError."""
    possible = formats_for(what)
    suffix = to.suffix.lower() if to else ""
    wanted = name or next((one.name for one in possible if suffix in one.suffixes), USUAL)
    found = next((one for one in possible if one.name == wanted), None)
    if found is None:
        known = ", ".join(one.name for one in possible)
        raise UsageError(f"{_NAMES[what]} is not written as {wanted!r}", f"there are {known}", f"--format {USUAL}")
    return found
