"""Whole lists come in whole: each thing once, at the pace that is kept, through faults and kills."""

import itertools
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Home, Settings
from kb.models.paper import VersionKind
from kb.models.progress import Progress
from kb.sources.arxiv import ArxivClient
from kb.sources.download import DownloadLimits
from kb.sources.fetch_queue import FetchQueue, forget
from kb.sources.host_guard import Guard
from kb.sources.limiter import Limiter
from kb.sources.lists import load_lists
from kb.sources.providers import browser, web
from kb.sources.providers.arxiv import ArxivSource
from kb.sources.retry import RetryPolicy
from kb.sources.source import AccessMethod, Arrived, FetchItem, Provider
from tests.support.arxiv_feed import Listed
from tests.support.arxiv_stand_in import ArxivStandIn
from tests.support.faults import Fault
from tests.support.lists_stand_in import stock, wanted_from
from tests.support.pdf_bytes import tiny_pdf
from tests.support.web_pages import forum
from tests.support.web_stand_in import Answer, WebStandIn


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Web hosts are asked as fast as the stand-in for arXiv."""
    monkeypatch.setattr("kb.sources.web.HOST_DELAY", 0.01)


@pytest.fixture
def fetches(home: Home, settings: Settings, limiter: Limiter, retry_policy: RetryPolicy) -> FetchQueue:
    """A queue that may ask this machine."""
    client = ArxivClient(settings, limiter, retry_policy=retry_policy)
    return FetchQueue(home, asking(client), web_guard=Guard(allow_private=True))


def asking(client: ArxivClient) -> list[Provider]:
    """The sources of the lists, arXiv by this client."""
    return [browser.SOURCE, ArxivSource(client), web.SOURCE]


def arxiv_items(arxiv: ArxivStandIn, count: int, size: int = 5_000) -> list[FetchItem]:
    """Papers that the stand-in has, and the wish for them."""
    ids = [f"2101.{number:05}" for number in range(count)]
    for arxiv_id in ids:
        arxiv.add(Listed(arxiv_id), tiny_pdf(arxiv_id, size=size))
    return [FetchItem(way=AccessMethod(kind="arxiv", value=arxiv_id)) for arxiv_id in ids]


def split(events: Iterator[Progress | Arrived]) -> tuple[list[Progress], dict[str, Arrived]]:
    """Steps, and what arrived by item."""
    steps, arrived = [], {}
    for event in events:
        if isinstance(event, Arrived):
            arrived[event.item] = event
        else:
            steps.append(event)
    return steps, arrived


def test_all_lists_from_empty(arxiv: ArxivStandIn, web: WebStandIn, home: Home, fetches: FetchQueue) -> None:
    wanted = wanted_from(load_lists(home), web)
    stock(arxiv, web, wanted)
    steps, arrived = split(fetches.run(wanted))
    assert [step.failure for step in steps if step.failure] == []
    by_kind = {kind: {one.item for one in wanted if one.way.kind == kind} for kind in ("arxiv", "web", "browser")}
    assert set(arrived) == by_kind["arxiv"] | by_kind["web"]
    assert sorted(arxiv.asked_ids()) == sorted(by_kind["arxiv"])
    assert Counter(seen.path for seen in arxiv.requests("^/pdf/")) == {f"/pdf/{item}v1": 1 for item in by_kind["arxiv"]}
    assert len(web.log) == len(by_kind["web"])
    assert closest(arxiv) >= 0.01
    for item, one in arrived.items():
        assert one.path.read_bytes()[:4] == (b"%PDF" if one.kind is VersionKind.PDF else b"<!DO")
        fetches.done(item, "slug")
    assert Counter(line.state for line in fetches.journal.items().values()) == {
        "done": len(arrived),
        "browser": len(by_kind["browser"]),
    }
    assert [file.name for file in home.incoming.iterdir() if file.is_file()] == []


def closest(arxiv: ArxivStandIn) -> float:
    """The shortest time between two requests."""
    times = sorted(seen.at for seen in arxiv.log)
    return min(later - earlier for earlier, later in itertools.pairwise(times))


def test_a_second_call_asks_for_nothing_that_is_here(arxiv: ArxivStandIn, fetches: FetchQueue) -> None:
    wanted = arxiv_items(arxiv, 3)
    split(fetches.run(wanted))
    before = len(arxiv.log)
    steps, arrived = split(fetches.run(wanted))
    assert len(arrived) == 3
    assert len(arxiv.log) == before
    assert {step.what for step in steps} == {"skipped"}


def test_what_was_taken_in_just_before_a_kill_can_be_forgotten(
    arxiv: ArxivStandIn, home: Home, fetches: FetchQueue
) -> None:
    wanted = arxiv_items(arxiv, 2)
    split(fetches.run(wanted))
    forget(home.incoming, wanted[0].item)
    forget(home.incoming, "https://example.org/never-fetched")
    kept = sorted(file.name for file in home.incoming.rglob("*") if file.is_file())
    assert kept == ["2101.00001.json", "2101.00001v1.pdf"]


def test_what_opens_only_in_a_browser_is_kept_with_the_reason(fetches: FetchQueue) -> None:
    way = AccessMethod(kind="browser", value="https://youtu.be/x", why="a talk is watched; it has no text here")
    (step,) = fetches.run([FetchItem(way=way, list="mlss", entry="mlss-001")])
    assert isinstance(step, Progress)
    assert step.what == "skipped"
    line = fetches.journal.items()["https://youtu.be/x"]
    assert (line.state, line.message, line.list) == ("browser", way.why, "mlss")


FAULTS = [
    Fault("pdf/2101.00000", "status", status=429, retry_after="1"),
    Fault("pdf/2101.00001", "status", status=503, times=9),
    Fault("pdf/2101.00002", "cut", after=3_000, times=9),
    Fault("pdf/2101.00003", "longer", after=500, times=9),
    Fault("pdf/2101.00004", "shorter", after=500, times=9),
    Fault("pdf/2101.00005", "html", times=9),
    Fault("pdf/2101.00006", "redirect", location="http://192.168.0.1/x.pdf", times=9),
    Fault("pdf/2101.00007", "huge", times=9),
    Fault("pdf/2101.00008", "drip", pause=0.05, times=9),
    Fault("pdf/2101.00009", "status", status=404, times=9),
]
PASSES = {"2101.00000", "2101.00002", "2101.00003"}
"""What enough tries overcome: the rest of the file is asked for, and comes."""


def test_each_fault_costs_its_own_item_at_most_and_a_later_call_repairs(
    arxiv: ArxivStandIn, home: Home, settings: Settings, limiter: Limiter, retry_policy: RetryPolicy
) -> None:
    client = ArxivClient(settings, limiter, retry_policy=retry_policy)
    fetches = FetchQueue(home, asking(client), limits=DownloadLimits(max_bytes=1 << 20, seconds=0.3))
    wanted = arxiv_items(arxiv, 12)
    arxiv.faults.extend(Fault(**vars(fault)) for fault in FAULTS)
    steps, arrived = split(fetches.run(wanted))
    failed = {step.source: step.failure for step in steps if step.failure}
    assert set(arrived) | set(failed) == {one.item for one in wanted}
    assert set(arrived) & set(failed) == set()
    assert {"2101.00010", "2101.00011", "2101.00000"} <= set(arrived)
    assert {f"2101.0000{n}" for n in (1, 5, 6, 7, 9)} <= set(failed)
    for item, failure in failed.items():
        assert failure is not None
        assert failure.message
        stored = fetches.journal.items()[item].failure
        assert stored == failure
    assert {file.name for file in home.incoming.glob("*.pdf")} == {f"{item}v1.pdf" for item in arrived}
    arxiv.faults.clear()
    retried = [FetchItem(way=AccessMethod(kind="arxiv", value=line.item)) for line in fetches.journal.failed()]
    _, repaired = split(fetches.run(retried))
    assert set(repaired) == set(failed)
    for one in (*arrived.values(), *repaired.values()):
        assert one.path.read_bytes() == arxiv.pdfs[f"{one.item}v1"]


def test_a_withdrawn_paper_is_named_and_the_rest_goes_on(arxiv: ArxivStandIn, fetches: FetchQueue) -> None:
    wanted = arxiv_items(arxiv, 2)
    arxiv.add(Listed("2101.00000", 3, comment="This paper has been withdrawn", pdf_link=False), None)
    steps, arrived = split(fetches.run(wanted))
    (failure,) = [step.failure for step in steps if step.failure]
    assert "withdrawn" in failure.message
    assert failure.next == "kb add arxiv:2101.00000v2 for the version before"
    assert set(arrived) == {"2101.00001"}


def test_a_paper_without_a_pdf_says_so(arxiv: ArxivStandIn, fetches: FetchQueue) -> None:
    arxiv.add(Listed("2101.00000"), None)
    steps, _ = split(fetches.run([FetchItem(way=AccessMethod(kind="arxiv", value="2101.00000"))]))
    (failure,) = [step.failure for step in steps if step.failure]
    assert "no PDF" in failure.message


def test_a_version_that_was_replaced_between_feed_and_download(arxiv: ArxivStandIn, fetches: FetchQueue) -> None:
    wanted = arxiv_items(arxiv, 1)

    def replaced(path: str) -> None:
        if path.startswith("/pdf/") and arxiv.papers["2101.00000"].version == 1:
            arxiv.pdfs.clear()
            arxiv.add(Listed("2101.00000", 2, title="Its second version"), tiny_pdf("second"))

    arxiv.before = replaced
    _, arrived = split(fetches.run(wanted))
    assert arrived["2101.00000"].label == "v2"
    assert arrived["2101.00000"].draft is not None
    assert arrived["2101.00000"].draft.title == "Its second version"
    assert arrived["2101.00000"].path.read_bytes() == tiny_pdf("second")
    fetches.done("2101.00000", "slug")
    assert not arrived["2101.00000"].path.exists()


def test_two_versions_of_one_paper_come_side_by_side(arxiv: ArxivStandIn, fetches: FetchQueue) -> None:
    arxiv.add(Listed("2101.00000", 1), tiny_pdf("first"))
    arxiv.add(Listed("2101.00000", 2), tiny_pdf("second"))
    wanted = [FetchItem(way=AccessMethod(kind="arxiv", value=item)) for item in ("2101.00000v1", "2101.00000v2")]
    _, arrived = split(fetches.run(wanted))
    assert {item: one.path.read_bytes() for item, one in arrived.items()} == {
        "2101.00000v1": tiny_pdf("first"),
        "2101.00000v2": tiny_pdf("second"),
    }


def test_without_a_network_nothing_is_tried_for_long(home: Home, limiter: Limiter, retry_policy: RetryPolicy) -> None:
    client = ArxivClient(Settings(arxiv_url="http://127.0.0.1:9"), limiter, retry_policy=retry_policy)
    wanted = [FetchItem(way=AccessMethod(kind="arxiv", value=f"2101.{n:05}")) for n in range(30)]
    steps, arrived = split(FetchQueue(home, asking(client)).run(wanted))
    assert arrived == {}
    assert len([step for step in steps if step.failure and step.failure.code == 6]) == 30


def test_the_network_that_goes_away_between_feed_and_pdf(
    arxiv: ArxivStandIn, fetches: FetchQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = arxiv_items(arxiv, 5)
    tried: list[str] = []

    def gone(exchange: object, url: str, headers: object) -> None:
        import requests

        tried.append(url)
        raise requests.ConnectionError("Network is unreachable")

    events = fetches.run(wanted)
    first = [next(events) for _ in range(5)]
    assert {event.what for event in first if isinstance(event, Progress)} == {"step"}
    monkeypatch.setattr("kb.sources.http_request.HttpRequest._follow", gone)
    steps, arrived = split(events)
    assert arrived == {}
    assert len([step for step in steps if step.what == "failed"]) == 5
    assert len(tried) == 2


WORKER = """
import os, sys
from pathlib import Path
from kb.config import Home, Settings
from kb.sources.arxiv import ArxivClient
from kb.sources.fetch_queue import FetchQueue, forget
from kb.sources.limiter import Limiter
from kb.sources.providers.arxiv import ArxivSource
from kb.sources.source import AccessMethod, Arrived, FetchItem
import arxiv, defusedxml.ElementTree, kb.sources.arxiv_session
home, cache, url, delay = Home(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3], float(sys.argv[4])

def fetch(ids):
    limiter = Limiter(cache, delay)
    client = ArxivClient(Settings(arxiv_url=url, arxiv_delay=delay), limiter)
    queue = FetchQueue(home, [ArxivSource(client)])
    wanted = [FetchItem(way=AccessMethod(kind="arxiv", value=i)) for i in ids]
    return [e for e in queue.run(wanted) if isinstance(e, Arrived)]
"""


def test_two_processes_at_once_keep_the_pace_together(arxiv: ArxivStandIn, tmp_path: Path) -> None:
    items = [one.item for one in arxiv_items(arxiv, 12)]
    code = WORKER + "print(len(fetch(sys.argv[5].split(','))))"
    workers = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                code,
                str(tmp_path / name),
                str(tmp_path / "cache"),
                arxiv.url,
                "0.05",
                ",".join(ids),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name, ids in (("one", items[:6]), ("other", items[6:]))
    ]
    assert [worker.communicate(timeout=120)[0].strip() for worker in workers] == ["6", "6"]
    assert len(arxiv.log) == 14
    assert closest(arxiv) >= 0.05


KILLER = (
    WORKER
    + """
import json, random, signal, time
ids, kills = sys.argv[5].split(","), int(sys.argv[6])
chance = random.Random(7)
for _ in range(kills):
    child = os.fork()
    if child == 0:
        fetch(ids)
        os._exit(0)
    time.sleep(chance.uniform(0.0, 0.12))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    whole = sorted(path.name for path in home.incoming.glob("*.pdf")) if home.incoming.exists() else []
    print(json.dumps([time.time(), whole]), flush=True)
whole = sorted(one.path.name for one in fetch(ids))
print(json.dumps([time.time(), whole]), flush=True)
"""
)


def test_kills_at_any_moment_lose_nothing_and_send_for_nothing_twice(arxiv: ArxivStandIn, tmp_path: Path) -> None:
    kills = int(os.environ.get("KB_TEST_KILLS", "20"))
    items = [one.item for one in arxiv_items(arxiv, 40, size=200_000)]
    arxiv.piece_bytes = 20_000
    home, pace = Home(tmp_path / "killed"), kills * 0.05 / 40
    arguments = [str(home.root), str(tmp_path / "cache"), arxiv.url, str(pace), ",".join(items), str(kills)]
    done = subprocess.run([sys.executable, "-c", KILLER, *arguments], capture_output=True, text=True, timeout=550)
    assert done.returncode == 0, done.stderr
    times = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(times) == kills + 1
    finished: dict[str, float] = {}
    for at, whole in times:
        assert set(finished) <= set(whole)
        for name in whole:
            finished.setdefault(name, at)
    assert len(finished) == 40
    assert sum(len(whole) < 40 for _, whole in times) > kills * 0.6
    for name, at in finished.items():
        assert (home.incoming / name).read_bytes() == arxiv.pdfs[name.removesuffix(".pdf")]
        assert [seen for seen in arxiv.requests(f"/pdf/{name.removesuffix('.pdf')}") if seen.at > at] == []
    assert list(home.incoming.glob("*.part")) == []


def test_a_page_and_the_paper_behind_it_both_come(arxiv: ArxivStandIn, web: WebStandIn, fetches: FetchQueue) -> None:
    arxiv_items(arxiv, 1)
    web.pages["/post"] = Answer(forum().encode(), type="text/html")
    wanted = [
        FetchItem(way=AccessMethod(kind="web", value=f"{web.url}/post"), list="mlss", entry="e1"),
        FetchItem(way=AccessMethod(kind="arxiv", value="2101.00000", behind=True), list="mlss", entry="e1"),
    ]
    _, arrived = split(fetches.run(wanted))
    assert [one.kind for one in arrived.values()] == [VersionKind.PDF, VersionKind.HTML]
