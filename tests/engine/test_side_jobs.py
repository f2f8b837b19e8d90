"""Runs beside the engine's other work: told step by step, stopped at once, one at a time."""

import queue
import subprocess
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from kb.config import Home
from kb.engine import reproducing
from kb.engine.protocol import Reply, Request
from kb.engine.side_jobs import Job, SideJobs
from kb.reproductions import seeds
from kb.reproductions.store import past_runs

PATIENCE = 60


class Heard:
    """A job begun aside, and its replies in order."""

    def __init__(self, job: Job) -> None:
        self.replies: queue.Queue[Reply] = queue.Queue()
        self.aside = SideJobs(self.replies.put)
        self.aside.begin(Request(id=7, kind="reproduce"), job)

    def until(self, wanted: Callable[[Reply], bool]) -> list[Reply]:
        """The replies up to the one that is wanted."""
        found = [self.replies.get(timeout=PATIENCE)]
        while not wanted(found[-1]):
            found.append(self.replies.get(timeout=PATIENCE))
        return found


def reproduce(home: Home, **payload: Any) -> Job:
    return lambda stop: reproducing.reproduce(home, payload, stop)


def test_a_run_is_planned_told_and_kept(home: Home) -> None:
    heard = Heard(reproduce(home, reproduction="off-switch-game", quick=True, predictions=["1=0.5..0.7"]))
    replies = heard.until(lambda reply: reply.final)
    assert replies[0].payload["planned"]["mode"] == "quick"
    assert [reply.payload for reply in replies if reply.payload.get("ended")]
    done = replies[-2].payload["done"]
    assert (done["verdict"], done["scored"][0]["right"]) == ("none", True)
    assert [run["run"] for run in past_runs(home, "off-switch-game")] == [done["run"]]
    assert {reply.id for reply in replies} == {7}


def test_a_stopped_run_ends_its_children_and_keeps_nothing_half(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []
    start = seeds._start
    monkeypatch.setattr(seeds, "_start", lambda: children.append(start()) or children[-1])  # type: ignore[func-returns-value]
    heard = Heard(reproduce(home, reproduction="bp-and-mean-field"))
    heard.until(lambda reply: "seed" in reply.payload)
    assert [child for child in children if child.poll() is None]
    heard.aside.stop()
    assert heard.until(lambda reply: reply.final)[-1].payload == {"stopped": True}
    assert past_runs(home, "bp-and-mean-field") == []
    assert [child for child in children if child.poll() is None] == []


def test_a_second_run_is_told_to_wait(home: Home) -> None:
    begun = Event()

    def waiting(stop: Event) -> reproducing.Steps:
        begun.set()
        stop.wait(PATIENCE)
        yield {}

    heard = Heard(waiting)
    assert begun.wait(PATIENCE)
    heard.aside.begin(Request(id=8, kind="reproduce"), reproduce(home, reproduction="off-switch-game"))
    (refused,) = heard.until(lambda reply: reply.id == 8)
    assert refused.final
    assert "another run is going on" in str(refused.error)
    heard.aside.stop()
    heard.until(lambda reply: reply.final)


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"settings": ["temperature=3"]}, "mean, spread, noise, draws"),
        ({"predictions": ["2=perhaps"]}, "choose from"),
    ],
)
def test_what_does_not_fit_is_told_before_anything_runs(home: Home, payload: dict[str, Any], said: str) -> None:
    heard = Heard(reproduce(home, reproduction="off-switch-game", **payload))
    (refused,) = heard.until(lambda reply: reply.final)
    assert said in str(refused.error)
    assert past_runs(home, "off-switch-game") == []


def test_a_sweep_grows_and_names_the_best_value(home: Home) -> None:
    payload = {"reproduction": "off-switch-game", "values": "spread=0.5,2", "quick": True, "seeds": 2, "guess": "0.5"}
    heard = Heard(lambda stop: reproducing.sweep(home, payload, stop))
    replies = heard.until(lambda reply: reply.final)
    grown = [len(reply.payload["doses"]) for reply in replies if "doses" in reply.payload]
    assert grown == [1, 2]
    assert replies[-2].payload["best"] == "2.0"
    (scored,) = replies[-2].payload["scored"]
    assert (scored["right"], scored["text"].endswith("You said 0.5; it is 2.0.")) == (False, True)
    (page,) = reproducing.page(home, {"reproduction": "off-switch-game"})
    assert ("bad", f"    {scored['text']}") in page["about"]
    assert all(run["verdict"] == "none" for run in past_runs(home, "off-switch-game"))
