"""The look of a document's running text, against which headings, captions and notes stand out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.reading.structure.page import Line, Page


@dataclass(frozen=True)
class Style:
    """Size, line pitch and weight of the running text."""

    size: float
    pitch: float
    """From one baseline to the next."""
    bold: bool = False


def body_style(pages: Sequence[Page]) -> Style:
    """The style that has most of the document's characters."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
            bold[line.bold] += len(line.text)
    if not sizes:
        return Style(10.0, 12.0)
    size = sizes.most_common(1)[0][0]
    return Style(size, _pitch(pages, size), bold[True] > bold[False])


def _pitch(pages: Iterable[Page], size: float) -> float:
    """The most common distance of two lines of running text."""
    steps: Counter[float] = Counter()
    for page in pages:
        before: Line | None = None
        for line in page.lines:
            if abs(line.size - size) > 0.3:
                continue
            if before is not None:
                steps[round(line.base - before.base, 1)] += 1
            before = line
    usual = [(count, step) for step, count in steps.items() if 0.9 * size < step < 2.6 * size]
    return max(usual)[1] if usual else 1.2 * size
