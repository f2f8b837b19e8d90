"""What the reader guessed before a sweep: where the number is largest and how large it gets, and how that compares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kb.errors import UsageError
from kb.reproductions.model import Question, Reproduction
from kb.reproductions.params import read_value
from kb.reproductions.predictions import Scored, read_prediction


@dataclass(frozen=True)
class Guess:
    """A value of the knob and a range for the number; either may be missing."""

    where: str = ""
    size: str = ""
    lo: float | None = None
    hi: float | None = None


def read_guess(reproduction: Reproduction, name: str, values: Sequence[Any], where: str, size: str = "") -> Guess:
    """A guess as typed; raises UsageError for a value that is not swept and for what is no range."""
    said = ""
    if where.strip():
        value = read_value(name, reproduction.params[name], where.strip())
        if value not in values:
            raise UsageError(f"{name}={where} is not swept", f"choose from {', '.join(map(str, values))}")
        said = str(value)
    if not size.strip():
        return Guess(said)
    read = read_prediction(Question("how large?", ""), size)
    return Guess(said, read.answer, read.lo, read.hi)


def score_guess(guess: Guess, name: str, metric: str, best: Any, most: float) -> tuple[Scored, ...]:
    """Each part of a guess beside what came out: the value at which the number is largest, and its mean there."""
    scored = []
    if guess.where:
        asked = f"At which {name} is {metric} largest?"
        scored.append(Scored(asked, guess.where, str(best), guess.where == str(best)))
    if guess.lo is not None and guess.hi is not None:
        right, width = guess.lo <= most <= guess.hi, guess.hi - guess.lo
        scored.append(Scored(f"How large does {metric} get over {name}?", guess.size, most, right, width))
    return tuple(scored)
