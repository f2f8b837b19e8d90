"""Pages of an unfinished layout, kept beside the library so that a cancelled run goes on where it stopped."""

import json
from pathlib import Path
from typing import Any

Regions = list[dict[str, Any]] | None
"""What the layout model saw on a page; None where the page was too much for it."""


class Scratch:
    """One file a version: a line for each page that is done, after a line that names the parser."""

    def __init__(self, folder: Path | None, sha256: str, parser: str) -> None:
        self._file = folder / f"{sha256}.jsonl" if folder else None
        self._parser = parser

    def load(self) -> dict[int, Regions]:
        """Pages that are done; none where another parser made them. A line that was cut off in writing is dropped."""
        if self._file is None or not self._file.exists():
            return {}
        head, _, text = self._file.read_text("utf-8").partition("\n")
        whole, newline, _ = text.rpartition("\n")
        if head != json.dumps(self._parser):
            self._file.unlink()
            return {}
        self._file.write_text(f"{head}\n{whole}{newline}", "utf-8")
        pages = [json.loads(line) for line in whole.splitlines()]
        return {int(page["page"]): page["regions"] for page in pages}

    def add(self, page: int, regions: Regions) -> None:
        """Keep one page."""
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            if file.tell() == 0:
                file.write(json.dumps(self._parser) + "\n")
            file.write(json.dumps({"page": page, "regions": regions}) + "\n")

    def clear(self) -> None:
        """The document is whole; its pages are no longer needed."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)
