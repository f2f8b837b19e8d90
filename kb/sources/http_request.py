"""One answer from a server: the request takes its turn, redirects are checked one by one, failures are put in words."""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from kb.errors import ItemFailedError, NetworkError
from kb.sources.host_guard import Guard
from kb.sources.limiter import Limiter
from kb.sources.retry import UnavailableError, check_status
from kb.sources.session import CONNECT_SECONDS, SILENCE_SECONDS, new_session

REDIRECTS = 5
CHUNK = 1 << 16
CHUNK = 1 << 16


class HttpRequest:
    """Sends requests under one guard and one limiter."""

    def __init__(
        self,
        guard: Guard,
        limiter: Limiter | None = None,
        *,
        silence: float = SILENCE_SECONDS,
        refusals_are_answers: bool = False,
    ) -> None:
        self.guard = guard
        self.limiter = limiter
        self._taken = frozenset({400}) if refusals_are_answers else frozenset[int]()
        self._timeout = (CONNECT_SECONDS, silence)
        self._session = new_session(guard)

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[requests.Response]:
        """The answer of status 200, 206 or 416, its body not yet read; its ``url`` is where redirects have led."""
        with explained(url):
            response = self._follow(url, headers or {})
        with response:
            if response.status_code not in self._taken:
                check_status(response.status_code, response.headers, response.url)
            yield response

    def chunks(self, response: requests.Response, size: int = CHUNK) -> Iterator[bytes]:
        """The body as it arrives, so that a slow server cannot keep a large read waiting."""
        with explained(response.url):
            while chunk := response.raw.read1(size, decode_content=True):
                yield chunk

    def _follow(self, url: str, headers: Mapping[str, str]) -> requests.Response:
        """Go from redirect to redirect; each is a request of its own."""
        for _ in range(REDIRECTS + 1):
            self.guard.check_url(url)
            with self.limiter.turn() if self.limiter else nullcontext():
                response = self._session.get(
                    url, headers=dict(headers), timeout=self._timeout, stream=True, allow_redirects=False
                )
            location = response.headers.get("Location")
            if not response.is_redirect or location is None:
                return response
            response.close()
            url = urljoin(url, location)
        raise ItemFailedError(f"{url} only leads from one redirect to the next", f"more than {REDIRECTS} of them", "")


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn what requests and urllib3 raise into errors that say what, why and what to do."""
    try:
        yield
    except (requests.Timeout, ReadTimeoutError) as error:
        raise UnavailableError(f"no answer for {url}", "the server was silent for too long") from error
    except requests.exceptions.SSLError as error:
        raise NetworkError(f"no safe connection for {url}", _reason(error), "check the address") from error
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, ValueError) as error:
        raise ItemFailedError(f"{url} is not an address that can be fetched", _reason(error), "check it") from error
    except (requests.RequestException, HTTPError) as error:
        reason = _innermost(error)
        if isinstance(error, HTTPError) or isinstance(reason, http.client.HTTPException | ConnectionResetError):
            raise UnavailableError(f"the answer for {url} broke off", _reason(error)) from error
        step = "check the network, then run the same command again"
        raise UnavailableError(f"no connection for {url}", _reason(error), step, reached=False) from error


def _reason(error: BaseException) -> str:
    """The innermost reason in a chain of library errors, in one line."""
    return " ".join(str(_innermost(error)).split(": ")[-1].split())[:200]


def _innermost(error: BaseException) -> BaseException:
    """The error that libraries have wrapped in their own."""
    while True:
        inner = [one for one in (getattr(error, "reason", None), *error.args) if isinstance(one, BaseException)]
        if not inner or inner[0] is error:
            return error
        error = inner[0]
