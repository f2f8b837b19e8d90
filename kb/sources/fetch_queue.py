"""The fetch queue: everything that a reader wants, one request at a time, each outcome noted where a kill cannot reach.

It only brings files to ``home.incoming``. Whoever takes them into the library says so with ``done``, and so may read
one paper while the next is on its way (see ``kb.sources.prefetch``).
"""

from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from kb.config import Home
from kb.errors import KbError, NetworkError
from kb.models.progress import Failure, Progress
from kb.sources.download import Check, DownloadLimits
from kb.sources.host_guard import Guard
from kb.sources.journal import FetchEvent, Journal
from kb.sources.registry import sources as all_sources
from kb.sources.retry import UnavailableError
from kb.sources.source import Arrived, Download, FetchContext, FetchItem, Provider


class FetchQueue:
    """Fetches for one home from every source, or from those given."""

    def __init__(
        self,
        home: Home,
        sources: Sequence[Provider] | None = None,
        *,
        web_guard: Guard | None = None,
        check_pdf: Check | None = None,
        limits: DownloadLimits | None = None,
    ) -> None:
        self.journal = Journal(home.root / "fetch.jsonl")
        self._folder = home.incoming
        self._sources = all_sources() if sources is None else sources
        self._context = FetchContext(
            home.incoming, home.settings, web_guard or Guard(), self.journal, self.failed, check_pdf, limits
        )

    def run(self, wanted: Sequence[FetchItem]) -> Iterator[Progress | Arrived]:
        """Fetch everything; what fails is an event, and the rest goes on. Nothing that is here is sent for again."""
        unique = list({one.item: one for one in reversed(wanted)}.values())[::-1]
        self.journal.write([_line(one) for one in unique])
        waiting: list[list[tuple[Provider, Download]]] = []
        for source in self._sources:
            mine = [one for one in unique if one.way.kind == source.name]
            ready = (yield from source.prepare(mine, self._context)) if mine else []
            waiting.append([(source, download) for download in ready])
        yield from self._in_turn(waiting)

    def done(self, item: str, paper: str) -> None:
        """The library has taken what arrived: its file is no longer needed here."""
        self.journal.note(item, "done", paper=paper)
        forget(self._folder, item)

    def failed(self, item: str, error: KbError) -> Progress:
        """Note why an item failed, and say so."""
        failure = Failure.of(item, error)
        self.journal.note(item, "failed", failure=failure)
        return Progress(what="failed", stage="download", source=item, failure=failure)

    def _in_turn(self, waiting: Sequence[Sequence[tuple[Provider, Download]]]) -> Iterator[Progress | Arrived]:
        """One item of each source after another, so that no server is asked twice in a row without need."""
        unreached: dict[str, NetworkError] = {}
        for row in zip_longest(*waiting):
            for source, download in filter(None, row):
                if source.name in unreached:
                    yield self.failed(download.item, unreached[source.name])
                    continue
                error = yield from self._guarded(download)
                if error is not None and source.is_one_host:
                    unreached[source.name] = error

    def _guarded(self, download: Download) -> Generator[Progress | Arrived, None, NetworkError | None]:
        """One item; returns the error where the server could not be reached at all."""
        self.journal.note(download.item, "started")
        try:
            yield from download.steps
        except KbError as error:
            yield self.failed(download.item, error)
            return error if isinstance(error, UnavailableError) and not error.reached else None
        return None


def forget(incoming: Path, item: str) -> None:
    """Remove what is kept of an item while it is on its way, since its paper is in the library."""
    for source in all_sources():
        source.forget(incoming, item)


def _line(wanted: FetchItem) -> FetchEvent:
    """The journal's first line about an item."""
    return FetchEvent(item=wanted.item, state="queued", at=datetime.now(UTC), list=wanted.list, entry=wanted.entry)
