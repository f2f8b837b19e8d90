"""Files over HTTP: resumed where they broke off, checked before anybody sees them, and never larger than allowed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from requests import Response

from kb.errors import ItemFailedError
from kb.models.progress import Progress
from kb.sources.host_guard import Guard
from kb.sources.http_request import HttpRequest
from kb.sources.limiter import Limiter
from kb.sources.partial_file import PartialFile
from kb.sources.pdf_bytes import check_pdf_bytes
from kb.sources.retry import RetryPolicy, UnavailableError

STEP = 1 << 18
"""A progress event for every so many bytes."""
MAX_BYTES = 200 << 20
SECONDS = 300.0

Check = Callable[[Path], None]


@dataclass(frozen=True)
class DownloadLimits:
    """What one answer may cost."""

    max_bytes: int = MAX_BYTES
    seconds: float = SECONDS
    """For one try; the next one goes on where it stopped."""
    silence: float = 30.0
    """Without any byte."""


def fetch_file(
    url: str,
    target: Path,
    *,
    check: Check | None = None,
    guard: Guard | None = None,
    limiter: Limiter | None = None,
    limits: DownloadLimits | None = None,
    retry_policy: RetryPolicy | None = None,
    source: str = "",
) -> Iterator[Progress]:
    """Download a PDF to ``target``, which appears whole, after both checks, or not at all."""

    def both(path: Path) -> None:
        check_pdf_bytes(path, url)
        if check is not None:
            check(path)

    limits = limits or DownloadLimits()
    exchange = HttpRequest(guard or Guard(), limiter, silence=limits.silence)
    retry_policy = retry_policy or (RetryPolicy(first=limiter.delay) if limiter else RetryPolicy())
    yield from Transfer(url, target, both, exchange, limits, retry_policy, source or url).run()


@dataclass(frozen=True)
class Transfer:
    """One URL on its way to one file."""

    url: str
    target: Path
    check: Check
    exchange: HttpRequest
    limits: DownloadLimits
    retry_policy: RetryPolicy
    source: str
    on_answer: Callable[[Response], None] = lambda response: None
    """Called with each answer before its body is read."""
    sleep: Callable[[float], None] = time.sleep

    def run(self) -> Iterator[Progress]:
        """Try, wait and try again, reporting each step; the last one is ``done``, or ``skipped`` where it was there."""
        if self.target.exists():
            yield self._progress("skipped", self.target.stat().st_size, message="already downloaded")
            return
        with PartialFile(self.target, self.url) as part:
            yield self._progress("start", part.size)
            yield from self._tries(part)
            size = part.size
            part.finish()
        yield self._progress("done", size, size)

    def _tries(self, part: PartialFile) -> Iterator[Progress]:
        """Until the whole file is there and passes its check."""
        for attempt in range(self.retry_policy.attempts):
            try:
                yield from self._body(part)
                self._checked(part)
                return
            except UnavailableError as failure:
                pause = self.retry_policy.after(failure, attempt)
                message = f"{failure.what}; trying again in {pause:.0f} s"
            yield self._progress("step", part.size, message=message)
            self._wait(pause)

    def _wait(self, seconds: float) -> None:
        """Let everybody on this machine wait where the server is one that all share."""
        if self.exchange.limiter:
            self.exchange.limiter.back_off(seconds)
        else:
            self.sleep(seconds)

    def _body(self, part: PartialFile) -> Iterator[Progress]:
        """One request, and its bytes."""
        deadline = time.monotonic() + self.limits.seconds
        with self.exchange.get(self.url, part.headers()) as response:
            self.on_answer(response)
            total = part.accept(response)
            self._check_size(part, total)
            reported = part.size
            for chunk in [] if response.status_code == 416 else self.exchange.chunks(response):
                part.write(chunk)
                self._check_size(part, part.size)
                if time.monotonic() > deadline:
                    raise UnavailableError(f"{self.url} comes too slowly", f"not whole in {self.limits.seconds:.0f} s")
                if part.size - reported >= STEP:
                    reported = part.size
                    yield self._progress("step", part.size, total)

    def _checked(self, part: PartialFile) -> None:
        """Check the whole file; one that fails is of no use to a later try."""
        try:
            self.check(part.path)
        except UnavailableError:
            part.empty()
            raise
        except ItemFailedError:
            part.discard()
            raise

    def _check_size(self, part: PartialFile, size: int) -> None:
        """Stop where more is coming than is allowed."""
        if size > self.limits.max_bytes:
            part.discard()
            raise ItemFailedError(
                f"{self.url} is too large",
                f"more than the {self.limits.max_bytes / (1 << 20):.0f} MiB that one file may have",
                "download it yourself and kb add the file, if you want it",
            )

    def _progress(self, what: str, done: int, total: int = 0, *, message: str = "") -> Progress:
        """One event of this download, in bytes."""
        return Progress.model_validate(
            {"what": what, "stage": "download", "source": self.source, "done": done, "total": total, "message": message}
        )
