"""How far a text was read: its blocks in thousandths of the whole, and what of each section was gone over."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from kb.models.reading import WHOLE, Ranges, share
from tui.text.reflow import TextPosition

BARS = " ▁▂▃▄▅▆▇█"
"""From nothing to everything, one sign each."""


class Measure:
    """Where characters stand in the whole text, counted in thousandths, whatever its blocks are."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._starts = [0, *accumulate(len(text) for text in texts)]
        self._total = max(1, self._starts[-1])

    def part(self, position: TextPosition) -> int:
        """The thousandth that a character stands in; the end of the text is the whole."""
        at = self._starts[min(position.block, len(self._starts) - 1)] + position.offset
        return min(WHOLE, at * WHOLE // self._total)

    def between(self, start: TextPosition, end: TextPosition) -> tuple[int, int]:
        """The thousandths from one character up to another; the last character of the text completes it."""
        last = self._starts[min(end.block, len(self._starts) - 1)] + end.offset + 1
        return self.part(start), WHOLE if last >= self._total else min(WHOLE, last * WHOLE // self._total)

    def spans(self, sections: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The thousandths that each of the sections, given as (level, first block), has with what is below it."""
        found = []
        for number, (level, first) in enumerate(sections):
            after = next((block for other, block in sections[number + 1 :] if other <= level), len(self._starts) - 1)
            found.append((self.part(TextPosition(first, 0)), self.part(TextPosition(after, 0))))
        return found


def shares(seen: Ranges, spans: Sequence[tuple[int, int]]) -> list[float]:
    """How much of each part of the text was gone over."""
    return [share(seen, start, end) for start, end in spans]


def bar(share_read: float) -> str:
    """One sign for a share from 0 to 1; only what is read whole is full."""
    steps = [step / 8 for step in range(1, 9)]
    return BARS[bisect_right(steps, min(1.0, share_read + 1e-9)) or (1 if share_read > 0 else 0)]
