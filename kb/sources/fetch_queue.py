"""The fetch queue: everything that a reader wants, one request at a time, each outcome noted where a kill cannot reach.

It only brings files to ``home.incoming``. Whoever takes them into the library says so with ``done``, and so may read
one paper while the next is on its way (see ``kb.sources.prefetch``).
"""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from kb.config import Home
from kb.errors import KbError, NetworkError
from kb.models.base import Value
from kb.models.paper import PaperDraft, VersionKind
from kb.models.progress import Failure, Progress
from kb.sources.access import AccessMethod
from kb.sources.arxiv import ArxivClient, ArxivMiss, ArxivRecord
from kb.sources.arxiv_pdf import fetch_arxiv_pdf, pdf_target
from kb.sources.download import Check, DownloadLimits
from kb.sources.host_guard import Guard
from kb.sources.journal import FetchEvent, Journal
from kb.sources.record_cache import RecordCache
from kb.sources.retry import UnavailableError
from kb.sources.web import fetch_web, form_of


class FetchItem(Value):
    """One thing to fetch, and the entry that it is for."""

    way: AccessMethod
    list: str = ""
    entry: str = ""

    @property
    def item(self) -> str:
        """What the journal calls it: an arXiv id or an address."""
        return self.way.value


class Arrived(Value):
    """A file that is whole and waits in ``home.incoming``."""

    item: str
    path: Path
    kind: VersionKind
    source: str
    """The address that it came from."""
    label: str = ""
    """``v2`` for an arXiv version."""
    draft: PaperDraft | None = None
    """What arXiv says of it."""


class FetchQueue:
    """Fetches for one home; ``check_pdf`` says whether a PDF can be opened, before it gets its name."""

    def __init__(
        self,
        home: Home,
        client: ArxivClient,
        *,
        web_guard: Guard | None = None,
        check_pdf: Check | None = None,
        limits: DownloadLimits | None = None,
    ) -> None:
        self.journal = Journal(home.root / "fetch.jsonl")
        self._folder = home.incoming
        self._client = client
        self._guard = web_guard or Guard()
        self._check = check_pdf
        self._limits = limits
        self._records = _records(home.incoming)

    def run(self, wanted: Sequence[FetchItem]) -> Iterator[Progress | Arrived]:
        """Fetch everything; what fails is an event, and the rest goes on. Nothing that is here is sent for again."""
        unique = list({one.item: one for one in reversed(wanted)}.values())[::-1]
        self.journal.write([_line(one) for one in unique])
        yield from (self._browser(one) for one in unique if one.way.kind == "browser")
        arxiv = yield from self._ask([one for one in unique if one.way.kind == "arxiv"])
        web = [one for one in unique if one.way.kind == "web"]
        unreached: NetworkError | None = None
        for record, page in zip_longest(arxiv, web):
            if record is not None:
                if unreached is None:
                    unreached = yield from self._guarded(record.asked, self._arxiv(record))
                else:
                    yield self.failed(record.asked, unreached)
            if page is not None:
                yield from self._guarded(page.item, self._web(page))

    def done(self, item: str, paper: str) -> None:
        """The library has taken what arrived: its file is no longer needed here."""
        self.journal.note(item, "done", paper=paper)
        forget(self._folder, item)

    def failed(self, item: str, error: KbError) -> Progress:
        """Note why an item failed, and say so."""
        failure = Failure.of(item, error)
        self.journal.note(item, "failed", failure=failure)
        return Progress(what="failed", stage="download", source=item, failure=failure)

    def _browser(self, wanted: FetchItem) -> Progress:
        """Note that an item has no text here, and why."""
        self.journal.note(wanted.item, "browser", message=wanted.way.why)
        return Progress(what="skipped", stage="find", source=wanted.item, message=wanted.way.why)

    def _ask(self, wanted: Sequence[FetchItem]) -> Generator[Progress | Arrived, None, list[ArxivRecord]]:
        """Ask arXiv for all ids that nothing is known of; returns the records of all that are there."""
        found = {one.item: self._records.get(one.item) for one in wanted}
        missing = [item for item, record in found.items() if record is None]
        try:
            for answer in self._client.records(missing) if missing else ():
                if isinstance(answer, ArxivMiss):
                    yield self.failed(answer.asked, answer.error)
                    continue
                self._records.put(answer)
                found[answer.asked] = answer
                yield Progress(what="step", stage="find", source=answer.asked, title=answer.draft.title)
        except NetworkError as error:
            for item in missing:
                if found[item] is None:
                    yield self.failed(item, error)
        return [record for record in found.values() if record is not None]

    def _guarded(
        self, item: str, steps: Iterator[Progress | Arrived]
    ) -> Generator[Progress | Arrived, None, NetworkError | None]:
        """One item; returns the error where the server could not be reached at all."""
        self.journal.note(item, "started")
        try:
            yield from steps
        except KbError as error:
            yield self.failed(item, error)
            return error if isinstance(error, UnavailableError) and not error.reached else None
        return None

    def _arxiv(self, record: ArxivRecord) -> Iterator[Progress | Arrived]:
        """One PDF from arXiv."""
        fetched = yield from fetch_arxiv_pdf(self._client, record, self._folder, check=self._check, limits=self._limits)
        if fetched is not record:
            self._records.put(fetched)
        yield Arrived(
            item=record.asked,
            path=pdf_target(self._folder, fetched),
            kind=VersionKind.PDF,
            source=fetched.pdf_url,
            label=f"v{fetched.version}",
            draft=fetched.draft,
        )

    def _web(self, wanted: FetchItem) -> Iterator[Progress | Arrived]:
        """One page or PDF from the web."""
        target = page_target(self._folder, wanted.item)
        yield from fetch_web(wanted.item, target, guard=self._guard, check_pdf=self._check, limits=self._limits)
        yield Arrived(item=wanted.item, path=target, kind=form_of(target), source=wanted.item)


def forget(incoming: Path, item: str) -> None:
    """Remove what is kept of an item while it is on its way, since its paper is in the library."""
    records = _records(incoming)
    record = records.get(item)
    if record is not None:
        pdf_target(incoming, record).unlink(missing_ok=True)
        records.drop(item)
    page_target(incoming, item).unlink(missing_ok=True)


def _records(incoming: Path) -> RecordCache:
    """What arXiv said of papers that are on their way."""
    return RecordCache(incoming / "records")


def page_target(folder: Path, url: str) -> Path:
    """Where what an address answers with is put until the library has taken it."""
    return folder / f"web-{hashlib.sha256(url.encode()).hexdigest()[:32]}"


def _line(wanted: FetchItem) -> FetchEvent:
    """The journal's first line about an item."""
    return FetchEvent(item=wanted.item, state="queued", at=datetime.now(UTC), list=wanted.list, entry=wanted.entry)
