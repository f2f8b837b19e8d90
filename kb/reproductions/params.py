"""Knobs from text: checked against what an experiment has, so that a misspelt one never runs."""

import math
from collections.abc import Sequence
from typing import Any

from kb.errors import UsageError
from kb.reproductions.model import Param, Reproduction


def read_knobs(reproduction: Reproduction, settings: Sequence[str], *, quick: bool) -> dict[str, Any]:
    """Every knob's value after ``name=value`` settings; raises UsageError listing the names that there are."""
    knobs = reproduction.knobs(quick=quick)
    for setting in settings:
        name, equals, value = setting.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise UsageError(f"{setting!r} is not NAME=VALUE", next=f"kb reproduce show {reproduction.id}")
        if name not in reproduction.params:
            known = ", ".join(reproduction.params)
            raise UsageError(
                f"{reproduction.id} has no knob {name!r}", f"it has {known}", f"kb reproduce show {reproduction.id}"
            )
        knobs[name] = read_value(name, reproduction.params[name], value.strip())
    return knobs


def read_value(name: str, param: Param, text: str) -> Any:
    """A value of the kind that the knob's default has, inside its limits; raises UsageError."""
    try:
        value = _typed(param.default, text)
    except ValueError:
        kind = type(param.default).__name__
        raise UsageError(f"{name}={text} does not fit", f"{name} is a {kind}, such as {param.default}") from None
    if param.choices and value not in param.choices:
        raise UsageError(f"{name}={text} does not fit", f"choose from {', '.join(map(str, param.choices))}")
    low, high = param.low, param.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise UsageError(f"{name}={text} does not fit", f"{name} lies between {low} and {high}")
    return value


def _typed(default: Any, text: str) -> Any:
    if isinstance(default, bool):
        if text.lower() not in ("true", "false", "yes", "no", "1", "0"):
            raise ValueError(text)
        return text.lower() in ("true", "yes", "1")
    value = type(default)(text)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(text)
    return value
