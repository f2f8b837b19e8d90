"""Jobs that need nothing of the engine's own thread: they wait for other processes, or read a few files.

Each has a thread of its own, so that searches and indexing go on, and so that it need not wait for either.
"""

import threading
from collections.abc import Callable

from kb.engine.protocol import EngineError, Reply, Request, Steps
from kb.errors import BusyError, KbError

Job = Callable[[threading.Event], Steps]
"""Makes the steps; they end early once the event is set."""


class SideJobs:
    """At most one run at a time, which can be stopped; and questions that are answered at once."""

    def __init__(self, reply: Callable[[Reply], None]) -> None:
        self._reply = reply
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, request: Request, job: Job) -> None:
        """Start a run; where another one is under way, say so instead."""
        if self._thread is not None and self._thread.is_alive():
            busy = BusyError("another run is going on", "two at once would only slow each other down", "stop it first")
            self._fail(request, busy)
            return
        self._stop = threading.Event()
        self._thread = self._start(request, job, self._stop)

    def ask(self, request: Request, question: Callable[[], Steps]) -> None:
        """Answer a question, whatever else is going on."""
        self._start(request, lambda _: question(), threading.Event())

    def stop(self) -> None:
        """Tell the run, if there is one, to end at once; it says itself when it has."""
        self._stop.set()

    def _start(self, request: Request, job: Job, stop: threading.Event) -> threading.Thread:
        thread = threading.Thread(target=self._run, args=(request, job, stop), daemon=True)
        thread.start()
        return thread

    def _run(self, request: Request, job: Job, stop: threading.Event) -> None:
        try:
            for payload in job(stop):
                self._reply(Reply(id=request.id, kind=request.kind, payload=payload))
        except KbError as error:
            self._fail(request, error)
        except OSError as error:
            self._fail(request, KbError("the run was not kept", str(error), "kb doctor"))
        else:
            how = {"stopped": True} if stop.is_set() else {}
            self._reply(Reply(id=request.id, kind=request.kind, payload=how, final=True))

    def _fail(self, request: Request, error: KbError) -> None:
        self._reply(Reply(id=request.id, kind=request.kind, error=EngineError.of(error), final=True))
