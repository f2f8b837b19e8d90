"""How well and how fast papers are parsed, both stages beside PyMuPDF's own reading of the same files in the same run.

    python -m tests.benchmarks.parsing DIR --truth FILE [--json] [--stages 1 2 pymupdf record workers] [--limit N]

FILE has a line of JSON for each paper: ``file``, and any of ``outline`` ([[level, title, page], …]), ``title`` and
``abstract``. The first figures are those of the last stage that ran; all are under ``stages``. Stage 2 and PyMuPDF's
own reading are held to one core; since a model's threads may choose their core themselves, what each does in a second
of processor time is the fairer figure. ``record`` is the road of ``kb add`` with all cores, ``workers`` the second
stage by one and by two workers on the same pages (``--pages N``).
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymupdf

from kb.config import open_home
from kb.models.text import ParsedDocument
from kb.reading.parser import PARSERS, ParserChild
from kb.reading.passages import TokenSpans
from kb.recall.embed import load_embedder
from kb.recall.texts import Texts
from tests.benchmarks.parsing_speed import Spent, Watch, children_of, into_record, peak_mb, warm, workers
from tests.benchmarks.parsing_truth import Counts, Heading, Truth, compare, read_truth, same_abstract, same_title

NOTHING = Truth([], "", "")
STAGES = ("1", "2", "pymupdf")
ALL = ("record", "workers", *STAGES)
CONDITIONS = ("with_outline", "without_outline")


@dataclass
class Tally:
    """One stage's figures, as they come in."""

    headings: dict[str, Counts] = field(default_factory=lambda: {each: Counts(0, 0, 0) for each in CONDITIONS})
    title: list[bool] = field(default_factory=list)
    abstract: list[bool] = field(default_factory=list)
    pages: int = 0
    seconds: float = 0.0
    processor_s: float = 0.0
    peak_mb: int = 0

    def count(self, condition: str, found: list[Heading], truth: Truth) -> None:
        """Add one paper's headings."""
        if truth.outline:
            self.headings[condition] += compare(found, truth.outline)

    def took(self, spent: Spent) -> None:
        """Add what one paper took."""
        self.seconds += spent.wall_s
        self.processor_s += spent.processor_s

    def report(self) -> dict[str, Any]:
        """The figures for printing."""
        return {
            "headings": {condition: counts.scores() for condition, counts in self.headings.items()},
            "title": {"right": sum(self.title), "of": len(self.title)},
            "abstract": {"right": sum(self.abstract), "of": len(self.abstract)},
            "pages_per_second": round(self.pages / self.seconds, 2) if self.seconds else 0.0,
            "pages_per_processor_second": round(self.pages / self.processor_s, 2) if self.processor_s else 0.0,
            "peak_mb": self.peak_mb,
        }


@dataclass
class Bench:
    """What all papers share: a child, a tokenizer, a record, and a folder for copies without outline."""

    child: ParserChild
    spans: TokenSpans
    texts: Texts
    folder: Path

    def without_outline(self, file: Path) -> Path:
        """A copy of the file whose outline is gone."""
        copy = self.folder / file.name
        with pymupdf.open(file) as document:
            document.set_toc([])
            document.save(copy)
        return copy

    def parse(self, file: Path, stage: int, reuse: Path | None = None) -> tuple[ParsedDocument, Spent]:
        """The document, and what it took into the record; a copy's layout is used again where one is given."""
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        if reuse is not None and stage == 2:
            shutil.copy(self._layout(reuse), self._layout(file))
        watch = Watch(children_of(self.child))
        for step in self.child.parse(file, sha256, self.spans, stage=stage):
            if isinstance(step, ParsedDocument):
                self.texts.put(file.stem, step)
                spent = watch.spent()
                if stage == 2:
                    shutil.copy(self.folder / "scratch" / f"{sha256}.jsonl", self.folder / f"{file.name}.layout")
                return step, spent
        raise AssertionError("a parse ends with a document")

    def _layout(self, file: Path) -> Path:
        """Where the pages of a layout wait: kept by name for the copy, found by sha256 by the parser."""
        if file.parent == self.folder:
            return self.folder / f"{file.name}.layout"
        return self.folder / "scratch" / f"{hashlib.sha256(file.read_bytes()).hexdigest()}.jsonl"


def measure(bench: Bench, file: Path, truth: Truth, stage: int, tally: Tally) -> None:
    """One paper, with and without its outline."""
    bare = bench.without_outline(file)
    plain, spent = bench.parse(bare, stage)
    whole, _ = bench.parse(file, stage, reuse=bare)
    for condition, document in zip(CONDITIONS, (whole, plain), strict=True):
        tally.count(condition, [(section.title, section.page) for section in document.sections], truth)
    if truth.title:
        tally.title.append(same_title(plain.metadata.title, truth.title))
    if truth.abstract:
        tally.abstract.append(same_abstract(plain.metadata.abstract, truth.abstract))
    tally.pages += plain.report.pages
    tally.took(spent)
    tally.peak_mb = max(tally.peak_mb, *(peak_mb(pid) for pid in children_of(bench.child)))


def measure_own(file: Path, truth: Truth, tally: Tally) -> None:
    """PyMuPDF's own layout reading of the same file; its outline is not part of that reading."""
    import pymupdf4llm

    watch = Watch(())
    pages = json.loads(pymupdf4llm.to_json(str(file), use_ocr=False))["pages"]
    tally.took(watch.spent())
    tally.pages += len(pages)
    boxes = [(box["boxclass"], _box_text(box), page["page_number"]) for page in pages for box in page["boxes"]]
    tally.count("without_outline", [(text, page) for kind, text, page in boxes if kind == "section-header"], truth)
    if truth.title:
        titles = [text for kind, text, page in boxes if kind == "title" and page == 1]
        tally.title.append(bool(titles) and same_title(" ".join(titles), truth.title))


def _box_text(box: dict[str, Any]) -> str:
    """The text of one of PyMuPDF's boxes."""
    return " ".join(span["text"] for line in box.get("textlines") or () for span in line["spans"])


def run(files: list[Path], truth: dict[str, Truth], stages: list[str]) -> dict[str, Tally]:
    """Every paper through every stage."""
    spans = load_embedder(open_home().settings).spans
    tallies = {stage: Tally() for stage in stages}
    if "1" in tallies:
        _run_stage(1, files, truth, spans, tallies["1"])
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if "2" in tallies:
        _run_stage(2, files, truth, spans, tallies["2"])
    if "pymupdf" in tallies:
        for file in files:
            print(f"{file.name} by PyMuPDF alone", file=sys.stderr)
            measure_own(file, truth.get(file.name, NOTHING), tallies["pymupdf"])
    return tallies


def _run_stage(stage: int, files: list[Path], truth: dict[str, Truth], spans: TokenSpans, tally: Tally) -> None:
    """All papers through one stage, with a child, a record and a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        with Texts(here / "texts.db") as texts, ParserChild(scratch=here / "scratch") as child:
            bench = Bench(child, spans, texts, here)
            child.inspect(files[0])
            spans("warm up")
            if stage == 2:
                warm(child, files[0], 1)
            for file in files:
                print(f"{file.name} stage {stage}", file=sys.stderr)
                measure(bench, file, truth.get(file.name, NOTHING), stage, tally)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, metavar="DIR")
    parser.add_argument("--truth", type=Path, required=True, metavar="FILE")
    parser.add_argument("--stages", nargs="+", default=list(ALL), choices=ALL)
    parser.add_argument("--limit", type=int, help="so many papers only")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pages", type=int, default=60, help="so many pages for the workers")
    options = parser.parse_args()
    files = sorted(options.papers.glob("*.pdf"))[: options.limit]
    speed: dict[str, Any] = {}
    if "record" in options.stages:
        speed["record"] = into_record(files)
    if "workers" in options.stages:
        speed["workers"] = workers(files, options.pages)
    stages = [stage for stage in options.stages if stage in STAGES]
    tallies = run(files, read_truth(options.truth, options.papers), stages)
    reports = {stage: tally.report() for stage, tally in tallies.items()}
    best = next((reports[stage] for stage in ("2", "1", "pymupdf") if stage in reports), {})
    speeds = {stage: report["pages_per_second"] for stage, report in reports.items()}
    if "record" in speed:
        speeds["into_record"] = speed["record"]["pages_per_second"]
    result = {**best, "pages_per_second": speeds, "parsers": PARSERS, "stages": reports, **speed}
    print(json.dumps(result, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
