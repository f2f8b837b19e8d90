"""Which file of a vault holds which page: the one that says so, wherever it is now, or a new one."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kb.escape.plain import one_line
from kb.export.vault.files import VaultFile, new_file
from kb.export.vault.pages import VaultPage
from kb.export.vault.regions import Name

_LABEL = 80
_NOT_IN_LABELS = str.maketrans({"[": "(", "]": ")", "|": "/", "\\": "/", "\n": " "})


class Layout:
    """The files of a vault by what they are about, and the links that lead to them."""

    def __init__(self, folder: Path, pages: Iterable[VaultPage], files: Sequence[VaultFile]) -> None:
        self.files: dict[Name, VaultFile] = {}
        """The file of each page."""
        self._folder = folder
        known = {file.name: file for file in reversed(files) if file.name}
        taken = {str(file.path).casefold() for file in files}
        places: dict[Name, Path] = {}
        for page in pages:
            file = known.get(page.name) or new_file(page, _free(folder / f"{page.path}.md", taken))
            taken.add(str(file.path).casefold())
            self.files[page.name] = file
            places |= dict.fromkeys((page.name, *(region.name for region in page.regions)), file.path)
        places |= {region.name: file.path for file in files for region in file.regions() if region.name[0] == "note"}
        self._links = {name: path.relative_to(folder).with_suffix("").as_posix() for name, path in places.items()}

    def link_to(self, name: Name, label: str) -> str:
        """An Obsidian link to a page, or to a note within one."""
        target = self._links.get(name)
        shown = one_line(label.translate(_NOT_IN_LABELS))
        shown = shown if len(shown) <= _LABEL else f"{shown[: _LABEL - 1].rstrip()}…"
        if target is None:
            return shown
        block = f"#^{name[1]}" if name[0] == "note" else ""
        return f"[[{target}{block}|{shown or name[1]}]]"


def unlinked(name: Name, label: str) -> str:
    """In place of a link, while it is not known where anything is."""
    return f"{name[0]} {label}"


def _free(path: Path, taken: set[str]) -> Path:
    """The path, or a numbered one beside it where something else has its name."""
    candidate, number = path, 1
    while str(candidate).casefold() in taken or candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem}-{number}")
    return candidate
