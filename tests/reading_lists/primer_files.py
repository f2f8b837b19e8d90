"""The primers as a reader of files sees them: front matter and body apart."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import reading_lists

FOLDER = Path(reading_lists.__file__).parent / "primers"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


@dataclass(frozen=True)
class Primer:
    """One file, split at its front matter."""

    name: str
    front: dict[str, Any]
    body: str

    @property
    def sections(self) -> list[str]:
        """The titles of the second-level headings, in order."""
        return [line[3:] for line in self.body.splitlines() if line.startswith("## ")]

    def section(self, title: str) -> str:
        """The text under a second-level heading."""
        return self.body.partition(f"\n## {title}\n")[2].partition("\n## ")[0]

    @property
    def references(self) -> str:
        """The text of the last section, which lists the sources."""
        return self.section("References")


def primer(name: str) -> Primer:
    """Read one primer from the package."""
    _, front, body = (FOLDER / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    return Primer(name, yaml.load(front, Loader=yaml.CSafeLoader), body)
