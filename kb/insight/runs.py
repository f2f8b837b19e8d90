"""What the reader's own runs of an agenda's reproductions came to."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.config import Home
from kb.reproductions.store import past_runs


@dataclass(frozen=True)
class Reproduced:
    """A reproduction, and the newest run of it."""

    id: str
    verdict: str = ""
    """Empty where it was not run yet."""
    run: str = ""
    at: str = ""
    """The day of the newest run."""
    runs: int = 0


def reproduced(home: Home, ids: Iterable[str]) -> tuple[Reproduced, ...]:
    """Each reproduction with its newest verdict, in the order given."""
    return tuple(_newest(home, one) for one in ids)


def _newest(home: Home, reproduction: str) -> Reproduced:
    runs = past_runs(home, reproduction)
    if not runs:
        return Reproduced(reproduction)
    newest = runs[-1]
    verdict = str(newest.get("verdict") or "no verdict")
    return Reproduced(reproduction, verdict, str(newest["run"]), str(newest.get("at", ""))[:10], len(runs))
