"""GPT-2 small counted out, and 400 features in 100 dimensions read by a threshold."""

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tests.reading_lists.primer_numbers.bars import bar
from tests.reading_lists.primer_numbers.shapes import (
    GPT2_SMALL,
    GPT3_WEIGHTS,
    VOCABULARY,
    attention_weights,
    embedding_weights,
    feed_forward_weights,
    weights,
)

YEAR = 365.25 * 24 * 3600
FEATURES, DIMENSIONS, INPUTS = 400, 100, 4000
THRESHOLD = 0.5


@cache
def directions(count: int, dimensions: int) -> NDArray[np.float64]:
    """Random unit vectors, the same every time."""
    drawn: NDArray[np.float64] = np.random.default_rng(0).standard_normal((count, dimensions))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn


@cache
def cosines(count: int, dimensions: int) -> tuple[float, float]:
    """The typical and the largest overlap of two of them, without sign."""
    drawn = directions(count, dimensions)
    overlaps = drawn @ drawn.T
    np.fill_diagonal(overlaps, 0)
    return float(np.sqrt((overlaps**2).sum() / (count * (count - 1)))), float(np.abs(overlaps).max())


@cache
def read(chance: float) -> tuple[float, float]:
    """Features that are on with this chance: the share of those that are read, and false alarms per input."""
    kept = directions(FEATURES, DIMENSIONS)
    on = np.random.default_rng(1).random((INPUTS, FEATURES)) < chance
    seen = (on.astype(float) @ kept) @ kept.T > THRESHOLD
    return float(seen[on].mean()), float((seen & ~on).sum(axis=1).mean())


def sentences() -> Iterator[str]:
    """Counts, overlaps, readings and answers."""
    yield from _counts()
    yield from _overlaps()
    yield from _readings()
    yield from _answers()


def _counts() -> Iterator[str]:
    total = weights(GPT2_SMALL)
    yield f"{VOCABULARY:,} tokens, windows of {GPT2_SMALL.context:,} tokens, a width of {GPT2_SMALL.width}"
    yield f"Added up, GPT-2 small has {total:,} weights"
    parts = [part(GPT2_SMALL) for part in (embedding_weights, attention_weights, feed_forward_weights)]
    words, attention, forward = (f"{100 * part / total:.0f} %" for part in parts)
    yield f"{words} of them in the tables of tokens and places, {attention} in attention, {forward} in the feed-forward"
    yield f"would take you {total / YEAR:.1f} years; the 175 billion of GPT-3, {GPT3_WEIGHTS / YEAR:,.0f} years."


def _overlaps() -> Iterator[str]:
    typical, largest = cosines(2000, 768)
    yield f"Draw 2,000 random directions in 768 dimensions: two of them have a cosine of typically {typical:.3f}"
    yield f"which is 1 / √768, and among all 2.0 million pairs the largest is {largest:.2f}."
    assert math.isclose(typical, 1 / math.sqrt(768), rel_tol=0.01)
    assert round(2000 * 1999 / 2 / 1e6, 1) == 2.0


def _readings() -> Iterator[str]:
    yield f"say it is on if the product is above {THRESHOLD}. Over {INPUTS:,} random inputs"
    alarms = {}
    for chance in (0.0025, 0.01, 0.05, 0.2):
        hits, alarms[chance] = read(chance)
        on = round(chance * FEATURES)
        yield f"{on} on at once: {hits:.2f} of those on are noticed"
        shown = f"{alarms[chance]:.1f}" if alarms[chance] < 10 else f"{alarms[chance]:.0f}"
        yield f"on at once {on:2d} |{bar(alarms[chance], 2)} {shown}"
    rare, common = alarms[0.0025], alarms[0.05]
    yield f"Noticing costs {rare:.1f} false alarms an input when one feature is on, and {common:.0f} when twenty are."
    moved = np.median((np.abs(directions(FEATURES, DIMENSIONS)) > 0.2).sum(axis=0))
    yield f"moved by more than 0.2 by {moved:.0f} of the 400 features."


def _answers() -> Iterator[str]:
    yield f"A model has a width of {64**2:,}."
    yield f"1 / √4096 = 1 / 64 = {1 / 64:.3f}."
    spread = math.sqrt(20) / 10
    chance = 0.5 * math.erfc(THRESHOLD / spread / math.sqrt(2))
    yield "1 / √100 = 0.1"
    yield f"How often do the leaks alone pass {THRESHOLD}?"
    yield (
        f"√20 × 0.1 = {spread:.2f}. Passing {THRESHOLD} takes {THRESHOLD} / {spread:.2f} = "
        f"{THRESHOLD / spread:.2f} of them, which has a chance of {chance:.2f}"
    )
    yield f"380 × {chance:.2f} is about {380 * chance:.0f}"
