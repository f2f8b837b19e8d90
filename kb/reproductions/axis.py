"""From numbers to places on an axis, linear or logarithmic, and the few labels that go with them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """A range of numbers, and where in it each stands."""

    low: float
    high: float
    log: bool = False

    @classmethod
    def over(cls, values: Iterable[float], *, log: bool = False) -> "Axis":
        """An axis that holds all values that can be drawn."""
        kept = [value for value in values if math.isfinite(value) and (value > 0 or not log)]
        if not kept:
            return cls(1.0, 10.0, log)
        low, high = min(kept), max(kept)
        if low == high:
            low, high = (low / 2, high * 2) if log else (low - 0.5, high + 0.5)
        return cls(low, high, log)

    def share(self, value: float) -> float | None:
        """How far along the axis a value stands, from 0 to 1; None where it cannot be drawn."""
        if not math.isfinite(value) or (self.log and value <= 0):
            return None
        if self.log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return share if -1e-9 <= share <= 1 + 1e-9 else None

    def ticks(self, count: int) -> list[float]:
        """Values at equal steps along the axis."""
        steps = [at / (count - 1) for at in range(count)]
        if self.log:
            return [self.low * (self.high / self.low) ** step for step in steps]
        return [self.low + (self.high - self.low) * step for step in steps]


def short(value: float) -> str:
    """A number in few characters."""
    if value != value:
        return "–"
    return f"{value:.3g}"
