"""What a font's name says: TeX's fonts in particular carry weight and slope in their names only."""

import re
from functools import lru_cache

from kb.reading.structure.page import Font

_BOLD = re.compile(r"bold|black|heavy|demi|semibold|-medi|BX|CMB\d|LMB|SFBX|-Bd|\.B$|TB$", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|slant|CMTI|CMSL|SFTI|-It$|\.I$|TI$", re.IGNORECASE)
_MATH = re.compile(
    r"CMMI|CMSY|CMEX|CMBSY|MSAM|MSBM|EUFM|Math|Symbol|rsfs|txsy|pxsy|MTMI|MTSY|MTEX|EuclidSymbol", re.IGNORECASE
)
_MONO = re.compile(r"CMTT|Mono|Courier|Consol|Typewriter|Menlo|Inconsol|txtt|SFTT", re.IGNORECASE)


_CODES = dict(zip("\x0b\x0c\x0d\x0e\x0f\x1b\x1c\x1d\x1e\x1f", ["ff", "fi", "fl", "ffi", "ffl"] * 2, strict=True))
_CODE = re.compile(r"(?<=[a-z]{2})[\x0b-\x0f\x1b-\x1f](?![^\W_a-z]|[(=])|[\x0b-\x0f\x1b-\x1f](?=[a-z]{2})")


def spelt(text: str) -> str:
    """The text with TeX's codes for ligatures spelt out, which fonts without names for their characters leave bare."""
    return _CODE.sub(lambda found: _CODES[found[0]], text)


@lru_cache(maxsize=4096)
def describe(name: str, bold: bool = False, italic: bool = False) -> Font:
    """The font of this name; ``bold`` and ``italic`` are what the file itself declares."""
    plain = name.rsplit("+", 1)[-1]
    return Font(
        plain,
        bold or bool(_BOLD.search(plain)),
        italic or bool(_ITALIC.search(plain)),
        bool(_MATH.search(plain)),
        bool(_MONO.search(plain)),
    )
