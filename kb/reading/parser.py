"""Reading a PDF in a child process with limits: a hostile file costs one failed paper, never the session."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kb.models.base import Value
from kb.models.progress import Progress
from kb.models.text import ParsedDocument, ParsedMetadata
from kb.reading.channel import Channel
from kb.reading.passages import TokenSpans, cut

RULES = 1
"""Counts up whenever the same file would give another text, so that what was parsed before is known to be stale."""
PARSERS: dict[int, str] = {
    1: f"pymupdf {version('pymupdf')} text/{RULES}",
    2: f"pymupdf {version('pymupdf')} layout/{RULES}",
}
"""Each stage's parser with its version."""

GIB = 1024**3


class Limits(Value):
    """What one file may cost."""

    wall_s: float = 30
    cpu_s: float = 30
    memory_bytes: int = GIB
    """Address space, which is more than what is in memory at once."""


class Inspection(Value):
    """What can be said of a file without reading all of it."""

    pages: int
    metadata: ParsedMetadata
    warnings: tuple[str, ...] = ()


class ParserChild:
    """One limited child process for many files, one after another; a new one is started when it dies."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._channel = Channel()

    def __enter__(self) -> Self:
        """The child itself; it starts with the first file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child; the next file starts a new one."""
        self._channel.close()

    def inspect(self, path: Path) -> Inspection:
        """Pages, metadata and warnings; raises ItemFailedError where the file cannot be read."""
        answers = list(self._ask("inspect", path))
        return Inspection.model_validate(answers[-1]["done"])

    def parse(self, path: Path, sha256: str, spans: TokenSpans, *, stage: int) -> Iterator[Progress | ParsedDocument]:
        """Progress by page, and last the document with its passages; raises ItemFailedError."""
        for answer in self._ask("parse", path, sha256=sha256, parser=PARSERS[stage]):
            if "done" in answer:
                document = ParsedDocument.model_validate(answer["done"])
                passages = cut(document.blocks, document.sections, spans, sha256)
                yield document.model_copy(update={"passages": passages})
            else:
                yield _progress(answer, path, stage)

    def _ask(self, do: str, path: Path, **details: Any) -> Iterator[dict[str, Any]]:
        """The child's answers to one request."""
        limits = self._limits
        request = {"do": do, "path": str(path), "memory_bytes": limits.memory_bytes, "cpu_s": limits.cpu_s, **details}
        return self._channel.ask(request, limits.wall_s)


def _progress(answer: dict[str, Any], path: Path, stage: int) -> Progress:
    """So many pages are done."""
    return Progress(
        what="step",
        stage="parse" if stage == 1 else "layout",
        source=str(path),
        done=answer["pages"],
        total=answer["total"],
    )
