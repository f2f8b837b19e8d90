"""The engine's process: one thread that works in small steps, and takes the searches first.

It owns the embedding model and the index, so that the screen's process imports none of them. It ends when its
standard input does, so it never outlives the screen.
"""

import json
import os
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from kb.config import Home
from kb.engine import jobs
from kb.engine.protocol import UNASKED, EngineError, Kind, Reply, Request, Steps
from kb.engine.side_jobs import SideJobs
from kb.errors import KbError
from kb.search.search_engine import SearchEngine
from kb.workspace import Workspace

NICENESS = 10
LOOK_S = 1.0
"""How often an engine with nothing to do looks for what other processes have added."""


@dataclass
class RunningJob:
    """A job under way."""

    request: Request
    steps: Steps


class Worker:
    """Does what it is asked, searches first; with nothing asked, brings the index up to date."""

    def __init__(self, home: Home, requests: "queue.Queue[Request | None]", reply: Callable[[Reply], None]) -> None:
        self._workspace = Workspace(home)
        self._search_engine: SearchEngine | None = None
        self._requests = requests
        self._reply = reply
        self._aside = SideJobs(reply)
        self._slow: deque[RunningJob] = deque()
        self._is_index_broken = False
        """Then it is not tried again unasked, to fail every second."""

    def run(self) -> None:
        """Until the screen is gone."""
        self._take_up("sync", jobs.sync(self._workspace))
        self._take_up("repair", jobs.repair(self._workspace))
        self._take_up("warm", self._warm())
        self._take_up("index", jobs.index(self._workspace))
        while (request := self._next()) is None or request.kind != "stop":
            if request is not None:
                self._accept(request)
            elif self._slow:
                self._step()
            elif not self._is_index_broken and jobs.waits(self._workspace):
                self._take_up("index", jobs.index(self._workspace))
        self._close()

    def _take_up(self, kind: Kind, steps: Steps) -> None:
        self._slow.append(RunningJob(Request(id=UNASKED, kind=kind), steps))

    def _next(self) -> Request | None:
        """The next request, waiting for one only when there is nothing else to do; None to go on with slow work.

        While it waits it looks now and then for what other processes have left to be indexed.
        """
        try:
            request = self._requests.get(block=not self._slow, timeout=LOOK_S)
        except queue.Empty:
            return None
        return request or Request(id=UNASKED, kind="stop")

    def _accept(self, request: Request) -> None:
        if request.kind in jobs.SEARCHES:
            self._finish(RunningJob(request, self._searched(request)))
        elif not self.take_aside(request):
            self._slow.appendleft(RunningJob(request, jobs.JOBS[request.kind](self._workspace, request.payload)))

    def take_aside(self, request: Request) -> bool:
        """Begin what needs nothing of this thread, and say whether it was that; the reading thread may call it."""
        home = self._workspace.home
        if request.kind == "halt":
            self._aside.stop()
        elif run := jobs.ASIDE.get(request.kind):
            self._aside.begin(request, lambda stop: run(home, request.payload, stop))
        elif question := jobs.AT_ONCE.get(request.kind):
            self._aside.ask(request, lambda: question(home, request.payload))
        else:
            return False
        return True

    def _searched(self, request: Request) -> Steps:
        if self._search_engine is None:
            self._search_engine = SearchEngine(self._workspace.home, self._workspace.embedder, resident=True)
        return jobs.SEARCHES[request.kind](self._search_engine, self._workspace, request.payload)

    def _warm(self) -> Steps:
        """Load the model and the index, so that the first search does not have to."""
        self._search_engine = SearchEngine(self._workspace.home, self._workspace.embedder, resident=True)
        self._search_engine.warm()
        yield {"ready": True}

    def _finish(self, running: RunningJob) -> None:
        while self._one(running):
            pass  # a search has one step, and nothing may come between

    def _step(self) -> None:
        """One step of the job in front; a job that has ended makes room."""
        running = self._slow[0]
        if not self._one(running):
            self._slow.remove(running)
            if running.request.kind in jobs.AFTERWARDS:
                self._take_up("index", jobs.index(self._workspace))

    def _one(self, running: RunningJob) -> bool:
        """Do one step and tell the screen; whether there are more."""
        request = running.request
        try:
            payload = next(running.steps)
        except StopIteration:
            if request.kind not in jobs.SEARCHES:
                self._reply(Reply(id=request.id, kind=request.kind, final=True))
            return False
        except KbError as error:
            self._is_index_broken |= request.kind == "index"
            told = EngineError.of(error)
            self._reply(Reply(id=request.id, kind=request.kind, error=told, final=True))
            return False
        self._reply(Reply(id=request.id, kind=request.kind, payload=payload, final=request.kind in jobs.SEARCHES))
        return True

    def _close(self) -> None:
        self._aside.stop()
        for running in self._slow:
            close = getattr(running.steps, "close", None)
            if close:
                close()
        if self._search_engine:
            self._search_engine.close()
        self._workspace.close()


def main() -> None:
    """Run over standard input and output; whatever else would print there goes to the log."""
    home = Home(Path(sys.argv[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1, encoding="utf-8")
    _redirect(home)
    os.nice(NICENESS)
    requests: queue.Queue[Request | None] = queue.Queue()
    one_at_a_time = threading.Lock()

    def tell(reply: Reply) -> None:
        with one_at_a_time:
            _write(answers, reply)

    worker = Worker(home, requests, tell)
    threading.Thread(target=_read, args=(sys.stdin, requests, worker.take_aside), daemon=True).start()
    worker.run()


def _redirect(home: Home) -> None:
    """Prints of libraries, also those of C code, must not reach the screen."""
    home.logs.mkdir(parents=True, exist_ok=True)
    log = os.open(home.logs / "engine.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)


def _read(lines: TextIO, requests: "queue.Queue[Request | None]", take_aside: Callable[[Request], bool]) -> None:
    for line in lines:
        request = Request.model_validate_json(line)
        if not take_aside(request):
            requests.put(request)
    requests.put(None)


def _write(answers: TextIO, reply: Reply) -> None:
    try:
        answers.write(json.dumps(reply.model_dump(mode="json"), ensure_ascii=False) + "\n")
    except BrokenPipeError:
        os._exit(0)  # the screen is gone, and what was done is on disk


if __name__ == "__main__":
    main()
