"""Reading a PDF in a child process with limits: a hostile file costs one failed paper, never the session."""

import base64
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from kb.models.base import Value
from kb.models.progress import Progress
from kb.models.text import Box, ParsedDocument, ParsedMetadata
from kb.reading.channel import Channel
from kb.reading.marks import MarksWritten, MarkToWrite, PdfMark
from kb.reading.passages import TokenSpans, cut
from kb.reading.scratch import Regions, Scratch
from kb.reading.workers import ask_all

RULES = 2
"""Counts up whenever the same file would give another text, so that what was parsed before is known to be stale."""
PARSERS: dict[int, str] = {
    1: f"pymupdf {version('pymupdf')} text/{RULES}",
    2: f"pymupdf {version('pymupdf')} layout/{RULES}",
}
"""Each stage's parser with its version."""

GIB = 1024**3


class ParseLimits(Value):
    """What one file may cost."""

    wall_s: float = 30
    cpu_s: float = 30
    memory_bytes: int = GIB
    """Address space, which is more than what is in memory at once."""


LAYOUT_LIMITS = ParseLimits(wall_s=60, cpu_s=60, memory_bytes=3 * GIB)
"""For the layout model: time for each page, and address space for the model itself."""


OCR_LIMITS = ParseLimits(wall_s=120, cpu_s=1800, memory_bytes=3 * GIB)
"""For recognising pictures of text: wall time for each page, the rest for the file."""


class Inspection(Value):
    """What can be said of a file without reading all of it."""

    pages: int
    metadata: ParsedMetadata
    warnings: tuple[str, ...] = ()


class ParserChild:
    """One limited child process for many files, one after another; a new one is started when it dies."""

    def __init__(
        self,
        limits: ParseLimits | None = None,
        *,
        layout_limits: ParseLimits = LAYOUT_LIMITS,
        workers: int = 1,
        scratch: Path | None = None,
        ocr: bool = False,
    ) -> None:
        """Limits of either stage; how many children share a layout, and where its finished pages wait for the rest.

        With ``ocr``, pages of pictures are read by Tesseract where that is installed, within limits of their own.
        """
        self._ocr = ocr
        self._limits = limits or ParseLimits()
        self._layout_limits = layout_limits
        self._scratch = scratch
        self._workers = workers
        self._channels = [Channel() for _ in range(workers)]

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
        for channel in self._channels:
            channel.close()

    @property
    def process_id(self) -> int | None:
        """The child that reads, for those who watch what it uses; None while there is none."""
        return self._channels[0].process_id

    @property
    def channels(self) -> tuple[Channel, ...]:
        """All children, for those who watch what they use."""
        return tuple(self._channels)

    def layout_request(self, path: Path, *, pages: int) -> dict[str, Any]:
        """The request for so many pages' layout, but for which pages they are."""
        limits = self._layout_limits
        return self._request("layout", path, limits.model_copy(update={"cpu_s": limits.cpu_s * (1 + pages)}))

    def inspect(self, path: Path) -> Inspection:
        """Pages, metadata and warnings; raises ItemFailedError where the file cannot be read."""
        answers = list(self._ask("inspect", path))
        return Inspection.model_validate(answers[-1]["done"])

    def parse(
        self,
        path: Path,
        sha256: str,
        spans: TokenSpans,
        *,
        stage: int,
        then: tuple[Path, str] | None = None,
        ocr: bool = False,
    ) -> Iterator[Progress | ParsedDocument]:
        """Progress by page, and last the document with its passages; raises ItemFailedError.

        ``then`` is the file, with its sha256, that will be read next in the first stage: the child begins with it
        while this one's text is cut and stored. ``ocr`` is for this file what it is for all files in the constructor.
        """
        ocr = ocr or self._ocr
        if stage == 1:
            yield from self._read(path, sha256, spans, None, then, ocr)
            return
        scratch = Scratch(self._scratch, sha256, PARSERS[2])
        regions = scratch.load()
        yield from self._layout(path, regions, scratch)
        yield from self._read(path, sha256, spans, regions, None, ocr)
        scratch.clear()

    def crop(self, path: Path, page: int, box: Box | None = None, *, dpi: int = 150) -> bytes:
        """The part of the page in the box, such as a formula's or a figure's, as PNG; without a box the whole page."""
        answers = list(self._ask("crop", path, page=page, box=box.model_dump() if box else None, dpi=dpi))
        return base64.b64decode(answers[-1]["done"]["png"])

    def marks(self, path: Path) -> tuple[PdfMark, ...]:
        """What people marked in the file, with the text under it."""
        answers = list(self._ask("marks", path))
        return tuple(PdfMark.model_validate(mark) for mark in answers[-1]["done"]["marks"])

    def write_marks(self, path: Path, target: Path, marks: Sequence[MarkToWrite]) -> MarksWritten:
        """Highlight quotes in a copy of the file at ``target``; says which quotes were not found."""
        wanted = [mark.model_dump(mode="json") for mark in marks]
        answers = list(self._ask("write_marks", path, target=str(target), marks=wanted))
        return MarksWritten.model_validate(answers[-1]["done"])

    def _read(
        self,
        path: Path,
        sha256: str,
        spans: TokenSpans,
        regions: dict[int, Regions] | None,
        then: tuple[Path, str] | None,
        ocr: bool,
    ) -> Iterator[Progress | ParsedDocument]:
        """The text, with progress by page where no layout has reported it already."""
        request = self._reading(path, sha256, regions, ocr)
        following = self._reading(*then, None, self._ocr) if then else None
        channel = self._begun(request) or self._free(1)[0]
        wall_s = OCR_LIMITS.wall_s if ocr else self._limits.wall_s
        for answer in channel.ask(request, wall_s, each=ocr, then=following):
            if "done" in answer:
                document = ParsedDocument.model_validate(answer["done"])
                passages = cut(document.blocks, document.sections, spans, sha256)
                yield document.model_copy(update={"passages": passages})
            elif regions is None:
                yield _progress(path, "parse", answer["pages"], answer["total"])

    def _reading(self, path: Path, sha256: str, regions: dict[int, Regions] | None, ocr: bool) -> dict[str, Any]:
        """The request for a file's text."""
        parser = PARSERS[1 if regions is None else 2]
        details = {"sha256": sha256, "parser": parser, "regions": regions, "ocr": ocr}
        return {**self._request("parse", path, OCR_LIMITS if ocr else self._limits), **details}

    def _begun(self, request: dict[str, Any]) -> Channel | None:
        """The child that has begun with the request already; one that has begun with another is ended."""
        for channel in self._channels:
            if channel.ahead == request:
                return channel
            if channel.ahead is not None and not channel.busy:
                channel.close()
        return None

    def _layout(self, path: Path, regions: dict[int, Regions], scratch: Scratch) -> Iterator[Progress]:
        """Fill in the regions of the pages that are missing."""
        total = self.inspect(path).pages
        missing = [page for page in range(1, total + 1) if page not in regions]
        request = self.layout_request(path, pages=len(missing))
        for answer in ask_all(self._free(self._workers), request, missing, self._layout_limits.wall_s):
            regions[answer["page"]] = answer["regions"]
            scratch.add(answer["page"], answer["regions"])
            yield _progress(path, "layout", len(regions), total)

    def _ask(self, do: str, path: Path, **details: Any) -> Iterator[dict[str, Any]]:
        """The child's answers to one request."""
        (channel,) = self._free(1)
        return channel.ask({**self._request(do, path, self._limits), **details}, self._limits.wall_s)

    def _free(self, wanted: int) -> list[Channel]:
        """Children that nobody waits for: a picture can be asked for between two pages of a layout."""
        free = [channel for channel in self._channels if not (channel.busy or channel.ahead)][:wanted]
        more = [Channel() for _ in range(wanted - len(free))]
        self._channels += more
        return free + more

    def _request(self, do: str, path: Path, limits: ParseLimits) -> dict[str, Any]:
        """What every request says."""
        return {"do": do, "path": str(path), "memory_bytes": limits.memory_bytes, "cpu_s": limits.cpu_s}


def _progress(path: Path, stage: Literal["parse", "layout"], done: int, total: int) -> Progress:
    """So many pages are done."""
    return Progress(what="step", stage=stage, source=str(path), done=done, total=total)
