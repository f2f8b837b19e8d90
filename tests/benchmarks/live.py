"""What a reader notices while the library grows: searches beside indexing, the screen's pulse, and others who add.

    python -m tests.benchmarks.live [--json] [--passages 400]

The real screen (without a terminal), the real engine in its own process, the real model. First the engine indexes
papers that it finds at its start, while searches are asked for; then two more processes add papers at once.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any

from kb.config import Home
from kb.engine.protocol import Reply
from kb.indexing.drain import backlog, drain
from kb.indexing.health import probe_index
from kb.models.paper import PaperDraft, VersionDraft
from kb.models.search import SearchResult
from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport, Passage
from kb.workspace import Workspace
from tui.app import InsideView
from tui.engine_port import LateEngine

A_PAPER, WORDS = 50, 110
PULSE_S = 0.005
PATIENCE_S = 120.0
QUERIES = (
    "reward models learned from comparisons",
    "an agent that pursues another goal",
    "honest debate",
    "scalable oversight",
)
_ADD = """
import sys, time
from pathlib import Path
from kb.config import Home
from kb.workspace import Desk
from kb.indexing.drain import drain
from tests.benchmarks.live import add_paper
name, count, passages = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with Desk(Home(Path(sys.argv[1]))) as desk:
    for number in range(count):
        add_paper(desk, f"{name} {number}", passages)
        for _ in drain(desk.home, desk.record, desk.texts, desk.embedder):
            pass
        print(f"{name} {number}", time.time(), flush=True)
"""


class Watched(LateEngine):
    """The engine, with its replies and their times."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.replies: list[tuple[float, Reply]] = []

    def start(self, on_reply: Callable[[Any], None]) -> None:
        """Start the other process, and listen beside the screen."""

        def both(reply: Reply) -> None:
            self.replies.append((time.time(), reply))
            on_reply(reply)

        super().start(both)

    async def ask(self, query: str, mode: str = "hybrid") -> tuple[float, SearchResult]:
        """Seconds until the engine's answer was there, and the answer."""
        asked = self.submit("search", query=query, where="passages", mode=mode, limit=10)
        start = time.time()
        while time.time() - start < PATIENCE_S:
            for at, reply in reversed(self.replies):
                if reply.id == asked and reply.final:
                    assert reply.error is None, reply.error
                    return at - start, SearchResult.model_validate(reply.payload)
            await asyncio.sleep(PULSE_S)
        raise TimeoutError(query)

    def has_done(self, kind: str) -> bool:
        """Whether the engine has ended this work, which it began by itself."""
        return any(reply.kind == kind and (reply.final or reply.payload.get("ready")) for _, reply in self.replies)


def sentences() -> list[str]:
    """Sentences of the primers."""
    folder = Path(str(files("reading_lists"))) / "primers"
    text = " ".join(" ".join(file.read_text("utf-8").split()) for file in sorted(folder.glob("*.md")))
    return [sentence for sentence in text.split(". ") if 5 < len(sentence.split()) < 60]


def add_paper(workspace: Workspace, name: str, passages: int) -> None:
    """A paper of that many passages, each unlike every other; it is parsed, and not yet indexed by meaning."""
    chosen, known = random.Random(name), sentences()
    texts = []
    for at in range(passages):
        words = f"The {name} experiment, part {at}."
        while len(words.split()) < WORDS:
            words += f" {chosen.choice(known)}."
        texts.append(words)
    sha256 = f"{chosen.getrandbits(256):064x}"
    blocks = tuple(Block(index=at, kind=BlockKind.TEXT, text=text, page=1 + at // 5) for at, text in enumerate(texts))
    document = ParsedDocument(
        sha256=sha256,
        report=ParseReport(stage=1, parser="benchmark 1", pages=1 + passages // 5),
        blocks=blocks,
        passages=tuple(
            Passage(id=f"{sha256[:16]}:{at}", index=at, text=text, section=None, section_title="", page=1 + at // 5,
                    first_block=at, last_block=at, tokens=WORDS)
            for at, text in enumerate(texts)
        ),
    )  # fmt: skip
    paper = workspace.papers.add(PaperDraft(title=name))
    workspace.texts.put(paper.id, document, title=name)
    workspace.papers.add_version(paper.id, VersionDraft(sha256=sha256, bytes=1))


async def pulse(lags: list[float]) -> None:
    """How much later than asked for the screen's loop comes round, again and again."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(PULSE_S)
        lags.append((time.perf_counter() - start - PULSE_S) * 1000)


async def beside_indexing(engine: Watched, lags: list[float]) -> dict[str, Any]:
    """Searches, one after the other, as long as the engine indexes."""
    async with asyncio.timeout(PATIENCE_S):
        while not engine.has_done("warm"):
            await asyncio.sleep(PULSE_S)
    lags.clear()
    times: list[float] = []
    while not engine.has_done("index"):
        seconds, found = await engine.ask(QUERIES[len(times) % len(QUERIES)])
        assert found.hits
        times.append(seconds * 1000)
        await asyncio.sleep(0.1)
    steps = [reply.payload for _, reply in engine.replies if reply.kind == "index" and reply.payload]
    return {"indexed": steps[-1]["done"], "searches": len(times), "search_ms": spread(times), "lag_ms": spread(lags)}


async def beside_others(engine: Watched, home: Home, papers: int, passages: int) -> dict[str, Any]:
    """Two processes add; how long after each paper the open screen finds it, by words or meaning, and by meaning."""
    command = [sys.executable, "-c", _ADD, str(home.root)]
    running = [
        await asyncio.create_subprocess_exec(
            *command, name, str(papers), str(passages), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        for name in ("Alpha", "Beta")
    ]
    delays = await asyncio.gather(*(_delays(engine, process, passages) for process in running))
    assert [process.returncode for process in running] == [0, 0]
    found = [one for each in delays for one in each]
    return {"papers": len(found), "found_s": spread([one[0] for one in found]),
            "found_by_meaning_s": spread([one[1] for one in found])}  # fmt: skip


async def _delays(engine: Watched, process: asyncio.subprocess.Process, passages: int) -> list[tuple[float, float]]:
    """For each paper: the process says when it has added it, or left it to the one that is indexing."""
    assert process.stdout
    asked = []
    while line := (await process.stdout.readline()).decode():
        *name, at = line.split()
        query = f"The {' '.join(name)} experiment, part {passages - 1}."
        both = (_until_found(engine, query, name, mode, float(at)) for mode in ("words", "meaning"))
        asked.append(asyncio.gather(*both))
    await process.wait()
    return [(by_words, by_meaning) for by_words, by_meaning in await asyncio.gather(*asked)]


async def _until_found(engine: Watched, query: str, name: Sequence[str], mode: str, since: float) -> float:
    """Seconds from the time that its process had added the paper to the time that the screen has it."""
    while True:
        _, found = await engine.ask(query, mode)
        if any(hit.title == " ".join(name) for hit in found.hits):
            return max(0.0, time.time() - since)
        if time.time() - since > PATIENCE_S:
            raise TimeoutError(query)
        await asyncio.sleep(0.05)


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, the worst of a hundred, and the worst."""
    ordered = sorted(values)
    worst = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return {"p50": round(median(ordered), 2), "p99": round(worst, 2), "max": round(ordered[-1], 2)}


async def measure(home: Home, papers: int, passages: int) -> dict[str, Any]:
    """Both measurements in one sitting at one screen."""
    engine, lags = Watched(home), list[float]()
    app = InsideView(home, engine=engine)
    try:
        async with app.run_test(size=(160, 48)):
            beating = asyncio.create_task(pulse(lags))
            alone = await beside_indexing(engine, lags)
            lags.clear()
            others = await beside_others(engine, home, papers, passages)
            beating.cancel()
            return {"while_indexing": alone, "while_two_add": {**others, "lag_ms": spread(lags)}}
    finally:
        engine.stop()
        app.library.settle()


def kept(home: Home) -> dict[str, Any]:
    """What is there in the end."""
    with Workspace(home) as workspace:
        waiting = backlog(workspace.record, workspace.texts)
        for _ in drain(workspace.home, workspace.record, workspace.texts, workspace.embedder):
            pass
        probes = {probe.name: probe.detail for probe in probe_index(home, workspace.texts, workspace.embedder)}
        return {"passages": workspace.texts.counts()["searched"], "left_waiting": waiting, **probes}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.live", description=__doc__)
    parser.add_argument("--passages", type=int, default=400, help="to be indexed while searches are asked for")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kb-live-") as temporary:
        home = Home(Path(temporary) / "home")
        with Workspace(home) as workspace:
            add_paper(workspace, "First", A_PAPER)
            for _ in drain(home, workspace.record, workspace.texts, workspace.embedder):
                pass
            for number in range(options.passages // A_PAPER):
                add_paper(workspace, f"Waiting {number}", A_PAPER)
        found = asyncio.run(measure(home, papers=3, passages=20))
        found["in_the_end"] = kept(home)
        found["expected_passages"] = (1 + options.passages // A_PAPER) * A_PAPER + 2 * 3 * 20
    print(json.dumps(found, indent=None if options.json else 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
