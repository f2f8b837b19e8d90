"""Displayed formulas: their text where it is legible in one line, else only their name and number."""

import re
from collections.abc import Sequence

from kb.reading.structure.mend import clean
from kb.reading.structure.page import Line

_NUMBER = re.compile(r"\((?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,2})?[a-z]?\)\s*$")
_ILLEGIBLE = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08⎛-⎰⏐]")


def formula_text(lines: Sequence[Line]) -> str:
    """The formula for reading."""
    text = " ".join(clean(line.text).strip() for line in lines)
    if len(_baselines(lines)) <= 1 and not _ILLEGIBLE.search(text):
        return " ".join(text.split())
    number = _NUMBER.search(text)
    return f"[formula {number[0].strip()}]" if number else "[formula]"


def _baselines(lines: Sequence[Line]) -> list[float]:
    """The heights at which full-sized characters stand: fractions and sums have more than one."""
    full = max((span.size for line in lines for span in line.spans), default=0.0)
    found: list[float] = []
    for span in (span for line in lines for span in line.spans):
        if span.size < 0.85 * full or not any(map(str.isalnum, span.text)):
            continue
        if not any(abs(span.base - base) < 0.3 * full for base in found):
            found.append(span.base)
    return found
