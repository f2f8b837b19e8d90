"""The look of a document's running text, against which headings, captions and notes stand out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.reading.structure.page import Page


@dataclass(frozen=True)
class Style:
    """Size, line pitch and weight of the running text."""

    size: float
    pitch: float
    """From one baseline to the next."""
    bold: bool = False
    font: str = ""
    """Name of the font."""


def body_style(pages: Sequence[Page]) -> Style:
    """The style that has most of the document's characters."""
    exact: dict[tuple[float, bool, str], int] = {}
    for page in pages:
        for line in page.lines:
            key = (line.size, line.bold, line.spans[0].font.name)
            exact[key] = exact.get(key, 0) + len(line.text)
    if not exact:
        return Style(10.0, 12.0)
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    fonts: Counter[str] = Counter()
    for (size, is_bold, font), characters in exact.items():
        sizes[round(size, 1)] += characters
        bold[is_bold] += characters
        fonts[font] += characters
    usual = sizes.most_common(1)[0][0]
    return Style(usual, _pitch(pages, usual), bold[True] > bold[False], fonts.most_common(1)[0][0])


def _pitch(pages: Iterable[Page], size: float) -> float:
    """The most common distance of two lines of running text."""
    exact: dict[float, int] = {}
    for page in pages:
        bases = [line.base for line in page.lines if -0.3 <= line.size - size <= 0.3]
        for above, below in pairwise(bases):
            step = below - above
            exact[step] = exact.get(step, 0) + 1
    steps: Counter[float] = Counter()
    for step, count in exact.items():
        steps[round(step, 1)] += count
    usual = [(count, step) for step, count in steps.items() if 0.9 * size < step < 2.6 * size]
    return max(usual)[1] if usual else 1.2 * size
