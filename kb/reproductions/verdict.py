"""The verdict: a pure function of the seeds' numbers and the checks, fixed before any run.

Every effect must pass (an intersection-union test), so no correction for several checks is needed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.reproductions.interval import half_width, mean_sd
from kb.reproductions.model import Check, Role, Sabotage

Status = Literal["pass", "fail", "unclear"]
Row = Mapping[str, float]
Kind = Literal["reproduced", "not reproduced", "inconclusive", "could not run", "none"]


@dataclass(frozen=True)
class CheckResult:
    """How one check came out over the seeds."""

    name: str
    role: Role
    op: str
    threshold: float
    mean: float
    lo: float
    hi: float
    status: Status
    headroom: float | None
    """Distance from the threshold in standard deviations; None where the number is exact."""
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What the run says of the claim at this scale, why, and by how narrow a margin."""

    kind: Kind
    why: str
    headroom: float | None = None


def judge_check(check: Check, rows: Sequence[Row]) -> CheckResult:
    """Mean and interval over seeds, and on which side of the threshold the whole interval lies."""
    values = tuple(float(row.get(check.metric, math.nan)) for row in rows)
    if not values or any(math.isnan(value) for value in values):
        return _result(check, (math.nan,) * 3, "unclear", None, values)
    mean, sd = mean_sd(values)
    half = max(half_width(values), check.resolution)
    low, high = check.bounds
    lo = max(mean - half, -math.inf if low is None else low)
    hi = min(mean + half, math.inf if high is None else high)
    headroom = abs(mean - check.threshold) / sd if sd > 0 else None
    return _result(check, (mean, lo, hi), _side(check, lo, hi), headroom, values)


def _result(
    check: Check, numbers: tuple[float, ...], status: Status, headroom: float | None, values: tuple[float, ...]
) -> CheckResult:
    mean, lo, hi = numbers
    return CheckResult(check.name, check.role, check.op, check.threshold, mean, lo, hi, status, headroom, values)


def _side(check: Check, lo: float, hi: float) -> Status:
    if check.op == ">=":
        inside, outside = lo >= check.threshold, hi < check.threshold
    else:
        inside, outside = hi <= check.threshold, lo > check.threshold
    return "pass" if inside else "fail" if outside else "unclear"


def judge(checks: Sequence[Check], rows: Sequence[Row]) -> tuple[tuple[CheckResult, ...], Verdict]:
    """All checks and the verdict that follows from them."""
    results = tuple(judge_check(check, rows) for check in checks)
    return results, decide(results)


def decide(results: Sequence[CheckResult]) -> Verdict:
    """Sanity first, then effects that failed, then controls, then effects that stayed open."""
    bad = _named(results, "sanity", ("fail", "unclear"))
    if bad:
        return Verdict("inconclusive", f"sanity: {bad}")
    margins = [one.headroom for one in results if one.role == "effect" and one.headroom is not None]
    headroom = min(margins, default=None)
    failed = _named(results, "effect", ("fail",))
    if failed:
        return Verdict("not reproduced", failed, headroom)
    uncontrolled = _named(results, "control", ("fail", "unclear"))
    if uncontrolled:
        return Verdict("inconclusive", f"control: {uncontrolled}", headroom)
    open_ = _named(results, "effect", ("unclear",))
    if open_:
        return Verdict("inconclusive", open_, headroom)
    return Verdict("reproduced", "every effect and control passes", headroom)


def _named(results: Sequence[CheckResult], role: Role, statuses: tuple[Status, ...]) -> str:
    return "; ".join(one.name for one in results if one.role == role and one.status in statuses)


def judge_sabotage(
    checks: Sequence[Check], sabotages: Sequence[Sabotage], rows: Sequence[Row]
) -> tuple[CheckResult, ...]:
    """Each check again with a control's number in the treatment's place; none of these may pass."""
    by_name = {check.name: check for check in checks}
    return tuple(judge_check(_swapped(by_name[one.check], one), rows) for one in sabotages)


def _swapped(check: Check, sabotage: Sabotage) -> Check:
    name = f"{check.name} ({sabotage.what})"
    return Check(name, check.role, sabotage.metric, check.op, check.threshold, "", check.resolution, check.bounds)
