"""Probabilities as small pictures: a bar for one belief, a row of steps for how it moved."""

from collections.abc import Sequence

STEPS = "▁▂▃▄▅▆▇█"
FULL, EMPTY = "█", "░"


def bar(low: float | None, high: float | None, width: int) -> str:
    """``███████░░░`` for 70 %; a range fills only what lies between its ends; nothing held is an empty bar."""
    if low is None or high is None:
        return "·" * width
    if low == high:
        filled = round(high * width)
        return FULL * filled + EMPTY * (width - filled)
    start = min(width - 1, int(low * width))
    end = max(start + 1, round(high * width))
    return EMPTY * start + FULL * (end - start) + EMPTY * (width - end)


def spark(values: Sequence[float], width: int) -> str:
    """The last values as steps, each between 0 and 1; nothing for fewer than two, which show no movement."""
    shown = values[-width:]
    return "".join(STEPS[min(len(STEPS) - 1, int(value * len(STEPS)))] for value in shown) if len(values) > 1 else ""
