"""How near fetching comes to its floor: ``python -m tests.benchmarks.fetch_lists [--delay 0.2] [--whole] [--json]``.

With ``--whole`` what arrives is also parsed and taken into a library, as ``kb fetch`` does; else only the queue runs.
All reading lists are fetched from empty, against stand-ins on loopback. The floor is one pause for each request to
arXiv, or the processor time that was spent, whichever is more; both are measured in the same run.
"""

import argparse
import itertools
import json
import os
import tempfile
import time
from pathlib import Path

from kb.config import Home, Settings
from kb.ingest.fetch import FetchRequest, fetch
from kb.ingest.outcome import Outcome
from kb.sources import web as web_module
from kb.sources.arxiv import ArxivClient
from kb.sources.fetch_queue import FetchQueue
from kb.sources.host_guard import Guard
from kb.sources.limiter import Limiter
from kb.sources.lists import load_lists
from kb.sources.providers import browser
from kb.sources.providers import web as web_source
from kb.sources.providers.arxiv import ArxivSource
from kb.sources.source import Arrived
from kb.workspace import Workspace
from tests.support.arxiv_stand_in import ArxivStandIn
from tests.support.embedder import HashEmbedder
from tests.support.lists_stand_in import stock, wanted_from
from tests.support.web_stand_in import WebStandIn


def measure(folder: Path, delay: float, size: int) -> dict[str, float]:
    """Fetch everything once."""
    web_module.HOST_DELAY = 0.0
    home = Home(folder / "home")
    with ArxivStandIn() as arxiv, WebStandIn() as web:
        wanted = wanted_from(load_lists(home), web)
        stock(arxiv, web, wanted, size=size)
        settings = Settings(arxiv_url=arxiv.url, arxiv_delay=delay)
        client = ArxivClient(settings, Limiter(folder, delay))
        queue = FetchQueue(
            home, [browser.SOURCE, ArxivSource(client), web_source.SOURCE], web_guard=Guard(allow_private=True)
        )
        wall, processor = time.perf_counter(), time.process_time()
        arrived = sum(isinstance(event, Arrived) for event in queue.run(wanted))
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    times = sorted(seen.at for seen in arxiv.log)
    floor = max((len(times) - 1) * delay, processor)
    return {
        "wanted": len(wanted),
        "arrived": arrived,
        "arxiv_requests": len(times),
        "ids_asked_more_than_once": len(arxiv.asked_ids()) - len(set(arxiv.asked_ids())),
        "closest_s": round(min(later - earlier for earlier, later in itertools.pairwise(times)), 4),
        "delay_s": delay,
        "wall_s": round(wall, 2),
        "network_floor_s": round((len(times) - 1) * delay, 2),
        "processor_s": round(processor, 2),
        "wall_over_floor": round(wall / floor, 3),
    }


def measure_whole(folder: Path, delay: float, size: int) -> dict[str, float]:
    """Fetch everything into a library: downloads, checks, parsing and the record, overlapped as in the product."""
    web_module.HOST_DELAY = 0.0
    home = Home(folder / "home")
    with ArxivStandIn() as arxiv, WebStandIn() as web:
        wanted = wanted_from(load_lists(home), web)
        stock(arxiv, web, wanted, size=size)
        os.environ.update(KB_ARXIV_URL=arxiv.url, KB_ARXIV_DELAY=str(delay), KB_CACHE=str(folder / "cache"))
        wall, processor = time.perf_counter(), _processor()
        with Workspace(home, embedder=HashEmbedder()) as workspace:
            outcome = Outcome.of(fetch(workspace, FetchRequest(wanted=wanted, allow_private=True)))
            papers = len(workspace.papers.all())
        wall, processor = time.perf_counter() - wall, _processor() - processor
    floor = max((len(arxiv.log) - 1) * delay, processor)
    return {
        "wanted": len(wanted),
        "papers": papers,
        "failed": len(outcome.failed),
        "arxiv_requests": len(arxiv.log),
        "ids_asked_more_than_once": len(arxiv.asked_ids()) - len(set(arxiv.asked_ids())),
        "wall_s": round(wall, 2),
        "network_floor_s": round((len(arxiv.log) - 1) * delay, 2),
        "processor_s": round(processor, 2),
        "wall_over_floor": round(wall / floor, 3),
    }


def _processor() -> float:
    """Processor seconds of this process and of children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.2)
    parser.add_argument("--size", type=int, default=500_000, help="bytes of each PDF")
    parser.add_argument("--whole", action="store_true", help="also parse, and take into a library")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = measure_whole if options.whole else measure
        found = work(Path(folder), options.delay, options.size)
    print(json.dumps(found) if options.json else "\n".join(f"{name:>26}  {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
