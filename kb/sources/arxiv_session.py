"""The session that the ``arxiv`` package sends through: our pace, timeouts and tries, and only whole, harmless XML."""

import re
import time
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from kb.errors import ItemFailedError
from kb.sources.arxiv_batches import BadIdError
from kb.sources.host_guard import Guard
from kb.sources.http_request import HttpRequest
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy, UnavailableError

MAX_FEED_BYTES = 20 << 20
FEED_SECONDS = 60.0
CHUNK = 1 << 16
_ERROR_ID = re.compile(rb"<id>\s*https?://arxiv\.org/api/errors#")
_ERROR_ENTRY = re.compile(r"api/errors#\S*?</id>.*?<summary>(?P<why>.*?)</summary>", re.DOTALL)


@dataclass(frozen=True)
class FeedPage:
    """As much of an answer as the ``arxiv`` package looks at."""

    content: bytes
    status_code: int = 200


class ArxivSession:
    """Stands where the package would use a plain requests session."""

    def __init__(self, guard: Guard, limiter: Limiter, retry_policy: RetryPolicy) -> None:
        self._exchange = HttpRequest(guard, limiter, refusals_are_answers=True)
        self._limiter = limiter
        self._retry_policy = retry_policy

    def get(self, url: str, headers: object = None) -> FeedPage:
        """One page of a feed, after as many tries as it takes; the package's own headers are not sent."""
        for attempt in range(self._retry_policy.attempts):
            try:
                return FeedPage(self._once(url))
            except UnavailableError as failure:
                self._limiter.back_off(self._retry_policy.after(failure, attempt))
        raise AssertionError("the last try either answers or raises")

    def _once(self, url: str) -> bytes:
        """One try: the status, the whole body, and a look at its XML."""
        deadline = time.monotonic() + FEED_SECONDS
        body = bytearray()
        with self._exchange.get(url) as response:
            for chunk in self._exchange.chunks(response, CHUNK):
                body += chunk
                if len(body) > MAX_FEED_BYTES:
                    raise ItemFailedError("arXiv's answer is too large", f"over {MAX_FEED_BYTES >> 20} MiB", "")
                if time.monotonic() > deadline:
                    raise UnavailableError("arXiv's answer comes too slowly", f"not whole in {FEED_SECONDS:.0f} s")
            refused = response.status_code == 400
        if refused or _ERROR_ID.search(body):
            raise _refusal(bytes(body))
        check_feed(bytes(body))
        return bytes(body)


def check_feed(body: bytes) -> None:
    """Raise where the XML declares entities, or is not whole: the package would take half a feed for all of it."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(body)
    except DefusedXmlException as error:
        raise ItemFailedError(
            "arXiv's answer is not read",
            f"its XML declares entities, which feeds never do ({error})",
            "check KB_ARXIV_URL",
        ) from error
    except (ParseError, ValueError) as error:
        raise UnavailableError("arXiv's answer is no whole feed", str(error)) from error
    if not str(root.tag).endswith("}feed"):
        raise UnavailableError("arXiv's answer is no feed", f"its root is {root.tag}")


def _refusal(body: bytes) -> BadIdError:
    """The error that an HTTP 400 carries, in arXiv's words."""
    match = _ERROR_ENTRY.search(body.decode("utf-8", "replace"))
    why = " ".join(match["why"].split()) if match else "HTTP 400 without a reason"
    return BadIdError("arXiv refused the request", why, "check the ids")
