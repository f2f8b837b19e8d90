"""What the screen's benchmarks share: a library to show, keys with the time that they take, and the report."""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from textual import events
from textual.app import App

from kb.config import Home
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.paper import PaperDraft, VersionDraft
from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport, Passage, Section
from kb.reading.parser import PARSERS
from kb.recall.texts import Texts

SENTENCE = "A reward model is trained on comparisons of two segments, and the policy is trained on the reward model. "
PAGES = 120
SIZE = (160, 48)


def long_paper(sha256: str, pages: int = PAGES) -> ParsedDocument:
    """A paper of many pages: a heading and five paragraphs a page, each a passage."""
    blocks, sections, passages = [], [], []
    for page in range(1, pages + 1):
        sections.append(Section(index=page - 1, level=1, title=f"{page} A heading", page=page, first_block=len(blocks)))
        blocks.append(Block(index=len(blocks), kind=BlockKind.HEADING, text=f"{page} A heading", page=page, level=1))
        for part in range(5):
            text = f"Part {part} of page {page} of {sha256[:6]}. {SENTENCE * 6}"
            at = len(blocks)
            blocks.append(Block(index=at, kind=BlockKind.TEXT, text=text, page=page, section=page - 1))
            passages.append(
                Passage(
                    id=f"{sha256[:16]}:{len(passages)}",
                    index=len(passages),
                    text=text,
                    section=page - 1,
                    page=page,
                    first_block=at,
                    last_block=at,
                    tokens=140,
                )
            )
    report = ParseReport(stage=2, parser=PARSERS[2], pages=pages)
    return ParsedDocument(
        sha256=sha256, report=report, blocks=tuple(blocks), sections=tuple(sections), passages=tuple(passages)
    )


def add_texts(home: Home, count: int, pages: int = PAGES) -> list[str]:
    """Papers with texts that wait to be indexed; their ids."""
    home.derived.mkdir(parents=True, exist_ok=True)
    added = []
    with Record.open(home) as record, Texts(home.texts) as texts:
        papers = Papers(record)
        for number in range(count):
            sha256 = f"{number:064x}"[::-1]
            paper = papers.add(PaperDraft(title=f"A long paper {number}", year=2020))
            papers.add_version(paper.id, VersionDraft(sha256=sha256, bytes=1))
            texts.put(paper.id, long_paper(sha256, pages), title=paper.title)
            added.append(paper.id)
    return added


@dataclass
class Report:
    """Lines to print, and the same as data."""

    about: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def times(self, name: str, times: list[float], goal: str = "") -> None:
        """Median and 99th percentile of some milliseconds."""
        self.data[name] = {"median_ms": round(statistics.median(times), 2), "p99_ms": round(p99(times), 2)}
        line = f"{name:<40} median {statistics.median(times):7.1f} ms   p99 {p99(times):7.1f} ms"
        self.lines.append(f"{line}   ({goal})" if goal else line)

    def number(self, name: str, value: float, unit: str, goal: str = "") -> None:
        """One number."""
        self.data[name] = round(value, 3)
        self.lines.append(f"{name:<40} {value:14.2f} {unit}" + (f"   ({goal})" if goal else ""))

    def tell(self, as_json: bool) -> None:
        """Print it."""
        print(json.dumps({"benchmark": self.about, **self.data}) if as_json else "\n".join(self.lines))


def p99(times: list[float]) -> float:
    """The 99th percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


async def answered(app: App[Any], key: str, changed: Callable[[], object]) -> float:
    """Milliseconds from a key to the frame in which its effect is drawn."""
    before, done = changed(), asyncio.Event()
    began = time.perf_counter()
    app.post_message(events.Key(key, key if len(key) == 1 else None))
    while changed() == before:
        await asyncio.sleep(0)
    app.screen.call_after_refresh(done.set)
    await done.wait()
    return (time.perf_counter() - began) * 1000


def asked(about: str, papers: int = 10_000) -> argparse.Namespace:
    """The options that all of them take."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--papers", type=int, default=papers)
    parser.add_argument("--rounds", type=int, default=0)
    return parser.parse_args()
