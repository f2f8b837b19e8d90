"""What arXiv said of papers whose PDFs are not here yet, so that a call that was killed need not ask again."""

import time
from pathlib import Path

from pydantic import ValidationError

from kb.sources.arxiv import ArxivRecord

SECONDS = 24 * 3600
"""After a day there may be newer versions."""


class RecordCache:
    """One small file for each paper, in a folder that can be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, asked: str) -> ArxivRecord | None:
        """What was said of an id as it was asked for; None where nothing was, or too long ago."""
        file = self._file(asked)
        try:
            if time.time() - file.stat().st_mtime > SECONDS:
                return None
            return ArxivRecord.model_validate_json(file.read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, record: ArxivRecord) -> None:
        """Keep what was said."""
        file = self._file(record.asked)
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch = file.with_suffix(".new")
        scratch.write_text(record.model_dump_json(), "utf-8")
        scratch.replace(file)

    def drop(self, asked: str) -> None:
        """Forget one, since its paper is here."""
        self._file(asked).unlink(missing_ok=True)

    def _file(self, asked: str) -> Path:
        """The file for an id."""
        return self._folder / f"{asked.replace('/', '_').replace(':', '_')}.json"
