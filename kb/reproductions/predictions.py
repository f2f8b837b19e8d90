"""What the reader predicted before a run, and how it compares with what came out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.errors import UsageError
from kb.reproductions.interval import mean_sd
from kb.reproductions.model import Question, Reproduction

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*(?:\.\.|\s+to\s+)\s*({_NUMBER})")


@dataclass(frozen=True)
class Prediction:
    """An answer given before the run: a word, or a range of numbers."""

    question: str
    metric: str
    answer: str
    lo: float | None = None
    hi: float | None = None


@dataclass(frozen=True)
class Scored:
    """A prediction beside the number that came out."""

    question: str
    answer: str
    value: float | str
    right: bool
    width: float | None = None
    """How much the range left open; a narrow range that holds the value says more."""


def read_prediction(question: Question, text: str) -> Prediction:
    """An answer as typed; raises UsageError where it is neither one of the choices nor a number or a range."""
    text = text.strip()
    if question.choices:
        hits = [choice for choice in question.choices if text and choice.lower().startswith(text.lower())]
        if len(hits) != 1:
            raise UsageError(
                f"{text!r} is no answer to {question.text!r}", f"choose from {', '.join(question.choices)}"
            )
        return Prediction(question.text, question.metric, hits[0])
    found = _RANGE.fullmatch(text)
    if found:
        lo, hi = sorted((float(found[1]), float(found[2])))
    elif re.fullmatch(_NUMBER, text):
        lo = hi = float(text)
    else:
        raise UsageError(f"{text!r} is no answer to {question.text!r}", "a range is wanted, such as 0.2..0.5")
    return Prediction(question.text, question.metric, text, lo, hi)


def read_predictions(reproduction: Reproduction, answers: Sequence[str]) -> tuple[Prediction, ...]:
    """Answers as ``NUMBER=ANSWER``, the number being the question's; raises UsageError."""
    found = {}
    for answer in answers:
        number, equals, text = answer.partition("=")
        if not equals or not number.strip().isdigit() or not 1 <= int(number) <= len(reproduction.ask_first):
            count = len(reproduction.ask_first)
            why = f"--predict takes N=ANSWER, with N from 1 to {count}"
            raise UsageError(f"{answer!r} answers no question", why, f"kb reproduce show {reproduction.id}")
        found[int(number)] = read_prediction(reproduction.ask_first[int(number) - 1], text)
    return tuple(found[number] for number in sorted(found))


def score(
    reproduction: Reproduction, predictions: Sequence[Prediction], rows: Sequence[Mapping[str, Any]]
) -> tuple[Scored, ...]:
    """Each prediction against the mean over seeds."""
    questions = {question.text: question for question in reproduction.ask_first}
    scored = []
    for one in predictions:
        question = questions.get(one.question)
        values = [row[one.metric] for row in rows if row.get(one.metric) is not None]
        if question is not None and values:
            scored.append(_score(question, one, mean_sd(values)[0]))
    return tuple(scored)


def _score(question: Question, one: Prediction, value: float) -> Scored:
    if question.choices:
        right = one.answer == question.choices[0 if value < question.cut else 1]
        return Scored(one.question, one.answer, value, right)
    assert one.lo is not None
    assert one.hi is not None
    return Scored(one.question, one.answer, value, one.lo <= value <= one.hi, one.hi - one.lo)
