"""Pages and PDFs by their address: public hosts only, within limits, saved as they came; no script is ever run."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from requests import Response

from kb.config import machine_cache
from kb.errors import ItemFailedError
from kb.models.paper import VersionKind
from kb.models.progress import Progress
from kb.sources.download import Check, DownloadLimits, Transfer
from kb.sources.host_guard import Guard
from kb.sources.http_request import HttpRequest
from kb.sources.limiter import Limiter
from kb.sources.pdf_bytes import check_pdf_bytes
from kb.sources.retry import RetryPolicy

HOST_DELAY = 1.0
"""Seconds between two requests to one host that is not arXiv."""
MAX_PAGE_BYTES = 30 << 20
HEAD = 1 << 16
OPEN = "open it in a browser"
_CHALLENGE = re.compile(
    r"<title>\s*(?:just a moment|attention required|access denied|verify(?:ing)? you are human|are you a robot)"
    r"|cf-chl-|challenge-platform|enable javascript and cookies to continue",
    re.IGNORECASE,
)
_PDF_META = re.compile(
    r"<meta\b(?=[^>]*\bname=[\"']?citation_pdf_url\b)[^>]*\bcontent=[\"']?([^\"'>\s]+)", re.IGNORECASE
)


def fetch_web(
    url: str,
    target: Path,
    *,
    guard: Guard | None = None,
    limiter: Limiter | None = None,
    limits: DownloadLimits | None = None,
    retry_policy: RetryPolicy | None = None,
    check_pdf: Check | None = None,
    source: str = "",
) -> Iterator[Progress]:
    """Save what an address answers with, a page or a PDF (see ``form_of``); ``target`` appears whole or not at all.

    A page that only announces a paper, and names its PDF as search engines want it, is replaced by that PDF.
    """
    page = _Page(url, check_pdf)
    exchange = HttpRequest(guard or Guard(), limiter or host_limiter(url), silence=(limits or DownloadLimits()).silence)
    transfer = Transfer(
        url,
        target,
        page.check,
        exchange,
        limits or DownloadLimits(),
        retry_policy or RetryPolicy(),
        source or url,
        page.note,
    )
    for event in transfer.run():
        if event.what == "done" and form_of(target) is VersionKind.HTML and (pdf := pdf_named_in(target, page.url)):
            yield from _instead(pdf, transfer, page)
        yield event


def _instead(pdf: str, transfer: Transfer, page: "_Page") -> Iterator[Progress]:
    """Fetch the PDF that a page names; where that fails, the page is what there is."""
    beside = transfer.target.with_name(f"{transfer.target.name}.pdf")
    named = Transfer(
        pdf, beside, page.check_pdf_only, transfer.exchange, transfer.limits, transfer.retry_policy, transfer.source
    )
    try:
        yield from (event for event in named.run() if event.what == "step")
    except ItemFailedError as error:
        yield Progress(what="step", stage="download", source=transfer.source, message=f"only the page is kept: {error}")
    else:
        beside.replace(transfer.target)


def host_limiter(url: str) -> Limiter:
    """This machine's pace for the host of an address."""
    host = re.sub(r"[^a-z0-9.-]", "_", (urlsplit(url).hostname or "unknown").lower())
    return Limiter(machine_cache() / "hosts", HOST_DELAY, name=host)


def form_of(path: Path) -> VersionKind:
    """Whether a saved file is a PDF or a page."""
    with path.open("rb") as file:
        return VersionKind.PDF if b"%PDF" in file.read(1024) else VersionKind.HTML


def pdf_named_in(path: Path, url: str) -> str | None:
    """The address of the PDF that a page about a paper names in its head (``citation_pdf_url``)."""
    with path.open("rb") as file:
        named = _PDF_META.search(file.read(HEAD).decode("utf-8", "replace"))
    return urljoin(url, unescape(named[1])) if named else None


class _Page:
    """Checks one answer: what its headers say, and what its bytes are."""

    def __init__(self, url: str, check_pdf: Check | None) -> None:
        self.url = url
        self._check_pdf = check_pdf
        self._charset = ""

    def note(self, response: Response) -> None:
        """Remember where redirects led, and the encoding that only the headers tell."""
        self.url = response.url
        named = re.search(r"charset=\"?([\w-]+)", response.headers.get("Content-Type", ""), re.IGNORECASE)
        self._charset = named[1] if named else ""

    def check(self, path: Path) -> None:
        """Raise for what is neither a PDF nor a page with something in it."""
        if form_of(path) is VersionKind.PDF:
            self.check_pdf_only(path)
            return
        data = path.read_bytes()
        if len(data) > MAX_PAGE_BYTES:
            raise ItemFailedError(
                f"{self.url} is too large", f"over {MAX_PAGE_BYTES >> 20} MiB", "open it in a browser"
            )
        text = data[:HEAD].decode("utf-8", "replace")
        if not re.search(r"<\w", text):
            raise ItemFailedError(f"{self.url} is neither a page nor a PDF", "it has no markup", OPEN)
        if _CHALLENGE.search(text):
            raise ItemFailedError(
                f"{self.url} did not answer with its text",
                "the server sent a check for robots instead",
                "open it in a browser; print it to a PDF and kb add that, if you want its text",
            )
        self._to_utf8(path, data)

    def check_pdf_only(self, path: Path) -> None:
        """Raise for what is no whole PDF."""
        check_pdf_bytes(path, self.url)
        if self._check_pdf is not None:
            self._check_pdf(path)

    def _to_utf8(self, path: Path, data: bytes) -> None:
        """Save the page in UTF-8 where only its headers told in which encoding it is."""
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            if self._charset:
                self._rewrite(path, data)

    def _rewrite(self, path: Path, data: bytes) -> None:
        """Save the page in UTF-8."""
        try:
            path.write_bytes(data.decode(self._charset, "replace").encode("utf-8"))
        except LookupError as error:
            why = f"its encoding {self._charset!r} is unknown"
            raise ItemFailedError(f"{self.url} cannot be read", why, OPEN) from error
