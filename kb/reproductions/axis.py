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

    def widened(self) -> "Axis":
        """The same axis with ends on round numbers; a logarithmic one stays as it is."""
        if self.log:
            return self
        step = _step(self.high - self.low)
        low, high = math.floor(self.low / step + 1e-9), math.ceil(self.high / step - 1e-9)
        return Axis(low * step, high * step)

    def ticks(self) -> list[float]:
        """Round numbers along the axis; on a logarithmic one powers of ten, with their 2 and 5 where those are few."""
        if not self.log:
            step = _step(self.high - self.low)
            first = math.ceil(self.low / step - 1e-9)
            return [at * step for at in range(first, math.floor(self.high / step + 1e-9) + 1)]
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        for parts in ((1,), (1, 3), (1, 2, 5)):
            found = [part * 10.0**power for power in powers for part in parts]
            inside = [value for value in found if self.share(value) is not None]
            if len(inside) > 2:
                return inside
        return [self.low, self.high]


def _step(width: float) -> float:
    """A round step that cuts a width into three to six."""
    rough = width / 4
    power = 10.0 ** math.floor(math.log10(rough))
    return min((part * power for part in (1, 2, 2.5, 5, 10)), key=lambda step: abs(math.log(step / rough)))


def short(value: float) -> str:
    """A number in few characters."""
    if value != value:
        return "–"
    return f"{value:.3g}"
