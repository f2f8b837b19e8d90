"""Files that an item names: only PDFs that lie in folders which the reader opened for it are ever read."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

_SCHEMES = ("attachments:", "storage:", "file://")


class Folders:
    """The folders in which an import may look, the one that relative names start from first."""

    def __init__(self, base: Path, others: Sequence[Path] = ()) -> None:
        self._base = base
        self._roots = [folder.resolve() for folder in (base, *others) if folder.is_dir()]

    def pdf(self, name: str, key: str = "") -> Path | str:
        """The PDF that a name means, or in words why there is none.

        A path from another machine is looked for by its last two parts, as a storage folder that was moved has them.
        """
        if "\x00" in name or len(name) > 4096:
            return "its file's name is no name"
        parts = _parts(name)
        if not parts or not parts[-1].lower().endswith(".pdf"):
            return f"{_short(name)} is no PDF"
        return next((path for path in self._places(name, parts, key) if self._may_read(path)), self._why_not(name))

    def _places(self, name: str, parts: tuple[str, ...], key: str) -> list[Path]:
        plain = name
        for scheme in _SCHEMES:
            plain = plain.removeprefix(scheme)
        places = [self._base / plain, Path(plain)] if PureWindowsPath(plain).drive == "" else []
        for root in self._roots:
            tails = ((key, parts[-1]), parts[-2:]) if key else (parts[-2:],)
            places += [root.joinpath(*tail) for tail in tails if ".." not in tail]
        return places

    def _may_read(self, path: Path) -> bool:
        try:
            real = path.resolve()
            return real.is_file() and any(real.is_relative_to(root) for root in self._roots)
        except (OSError, RuntimeError, ValueError):
            return False

    def _why_not(self, name: str) -> str:
        path = Path(name)
        try:
            outside = path.is_absolute() and path.is_file()
        except (OSError, ValueError):
            outside = False
        if outside or ".." in _parts(name):
            return f"{_short(name)} lies outside the folders that may be read; name its folder with --files"
        return f"{_short(name)} was not found"


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a path of either system."""
    path = PureWindowsPath(name) if "\\" in name else PurePosixPath(name)
    parts = [part for part in path.parts if part not in ("/", "\\")]
    if parts:
        parts[-1] = parts[-1].rpartition(":")[2]
    return tuple(parts)


def _short(name: str) -> str:
    return name if len(name) <= 120 else f"…{name[-110:]}"
