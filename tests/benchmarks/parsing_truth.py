"""What is known of real papers, and how what a parser found is held against it."""

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

Heading = tuple[str, int]
"""A title and its page."""

_NUMBER = re.compile(r"^\W*(?:appendix\s+)?(?:(?:\d{1,2}|[A-Z])(?:\.\d+)*[.:]?|[IVX]{1,5}[.:])\s+", re.IGNORECASE)


class Truth(NamedTuple):
    """What is known of one file."""

    outline: list[Heading]
    title: str
    abstract: str


class Counts(NamedTuple):
    """Headings found, headings there are, and how many are both."""

    found: int
    there: int
    both: int

    def __add__(self, other: object) -> "Counts":
        """Both together."""
        assert isinstance(other, Counts)
        return Counts(self.found + other.found, self.there + other.there, self.both + other.both)

    def scores(self) -> dict[str, float]:
        """Precision, recall, and their harmonic mean."""
        precision = self.both / self.found if self.found else 0.0
        recall = self.both / self.there if self.there else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.both else 0.0
        return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def read_truth(file: Path, papers: Path) -> dict[str, Truth]:
    """Records by file name: from the file given, then what its neighbours and the papers' own index say beyond it."""
    records: dict[str, dict[str, Any]] = {}
    for source in [file, *sorted(set(file.parent.glob("*.jsonl")) - {file})]:
        for line in source.read_text("utf-8").splitlines():
            record = json.loads(line)
            known = records.setdefault(Path(record["file"]).name, {})
            for key in {"outline", "title", "abstract"} & record.keys():
                known.setdefault(key, record[key])
    for row in _index(papers / "INDEX.tsv"):
        records.setdefault(row["file"], {}).setdefault("title", row["title"])
    return {name: _truth(record) for name, record in records.items()}


def _index(file: Path) -> list[dict[str, str]]:
    """The rows of the papers' index; none where there is no index."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t"))


def _truth(record: dict[str, Any]) -> Truth:
    """One record."""
    outline = [(title, page) for _, title, page in record.get("outline", [])]
    return Truth(outline, record.get("title") or "", record.get("abstract") or "")


def plain(text: str) -> str:
    """Letters and figures only, without a section's number."""
    return re.sub(r"[^a-z0-9]", "", _NUMBER.sub("", text.strip()).lower())


def compare(found: Sequence[Heading], there: Sequence[Heading]) -> Counts:
    """Each heading is matched once, by its title, on its page or the one beside it."""
    left = list(found)
    both = 0
    for title, page in there:
        at = next((at for at, other in enumerate(left) if abs(other[1] - page) <= 1 and _alike(other[0], title)), None)
        if at is not None:
            left.pop(at)
            both += 1
    return Counts(len(found), len(there), both)


def _alike(one: str, other: str) -> bool:
    """Whether two titles are the same, up to what an outline cannot write."""
    return plain(one) == plain(other) or fuzz.ratio(plain(one), plain(other)) >= 90


def same_title(found: str, there: str) -> bool:
    """Whether the title is right."""
    return plain(found) == plain(there)


def same_abstract(found: str, there: str) -> bool:
    """Whether the abstract is right, up to the wording of another version of the paper."""
    return fuzz.ratio(plain(found), plain(there)) >= 95
