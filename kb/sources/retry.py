"""When to try a server again, and after how long: what it asks for, else longer and longer with some chance in it."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from kb.errors import ItemFailedError, NetworkError

TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses that pass by themselves."""
UNREACHED_ATTEMPTS = 2
_REFUSED = frozenset({401, 402, 403, 451})


class NotThereError(ItemFailedError):
    """The server knows of nothing at this address."""


class UnavailableError(NetworkError):
    """A request that failed in a way that may pass."""

    def __init__(
        self, what: str, why: str = "", step: str = "", *, wait: float | None = None, reached: bool = True
    ) -> None:
        super().__init__(what, why, step or "run the same command again later; it goes on where it stopped")
        self.wait = wait
        """What the server asked for, in seconds."""
        self.reached = reached
        """False where nothing answered at all, which trying again seldom mends."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often to try, and how long to wait in between."""

    attempts: int = 4
    first: float = 2.0
    """Seconds before the second try; each further pause is twice as long."""
    longest: float = 60.0
    longest_asked: float = 600.0
    """A server that asks for a longer pause than this is left alone until the next call."""
    chance: Callable[[], float] = random.random

    def pause(self, attempt: int, asked: float | None) -> float:
        """Seconds to wait after the given try (from 0): at least what was asked for, and never exactly alike."""
        grown = min(self.longest, self.first * float(2**attempt))
        return (asked or 0.0) + grown * (0.5 + 0.5 * self.chance())

    def after(self, failure: UnavailableError, attempt: int) -> float:
        """The pause before the next try; raises the failure itself where there shall be no next one."""
        attempts = self.attempts if failure.reached else min(self.attempts, UNREACHED_ATTEMPTS)
        if attempt + 1 >= attempts or (failure.wait or 0.0) > self.longest_asked:
            raise failure
        return self.pause(attempt, failure.wait)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a ``Retry-After`` header asks for, as a number or as a date; None where there is none."""
    value = headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def check_status(status: int, headers: Mapping[str, str], url: str) -> None:
    """Raise UnavailableError for a status that passes, ItemFailedError for one that does not."""
    if status in (200, 206, 416):
        return
    if status in TRY_AGAIN:
        asked = retry_after(headers)
        why = "it is overloaded or wants fewer requests" + (f", and asks for {asked:.0f} s" if asked else "")
        raise UnavailableError(f"the server answered {status} for {url}", why, wait=asked)
    if status in _REFUSED:
        raise ItemFailedError(
            f"the server does not give out {url} (HTTP {status})",
            "it wants a login or a payment, or refuses programs",
            "open it in a browser, save it, and kb add the file",
        )
    if status in (404, 410):
        raise NotThereError(f"{url} is not there (HTTP {status})", "", "check the id or the address")
    raise ItemFailedError(f"the server answered {status} for {url}", "", "open it in a browser to see why")
