"""Broken words made whole: line-end hyphens, ligatures, accents that were drawn beside their letter."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMBINING = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "¸": "\u0327",
    "˚": "\u030a",
    "¯": "\u0304",
    "˙": "\u0307",
    "˛": "\u0328",
    "˘": "\u0306",
    "˝": "\u030b",
}
_ACCENT = re.compile(r"([´¨ˆ˜ˇ˚¸¯˙˛˘˝])\s?([A-Za-zı])|(?<=[^\W\d_])(`)([aeiou])")
_TORN_WORD = re.compile(r"(?<=[^\W\d_])\s(?=˛\s?[ae])")
"""An ogonek is drawn below its letter and tears the word before it; ą and ę open next to no word."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPECIAL = re.compile(r"[\u00ad\u200b-\u200f\ufeff\x00-\x08\x0b-\x1f\x7f]|[ﬀ-ﬆ]")
_UNUSUAL = re.compile(r"[\u00a0\u00ad\u200b-\u200f\ufeffﬀ-ﬆ´¨ˆ˜ˇ˚¸¯˙˛˘˝]")
_LINK = re.compile(r"(?:https?://|www\.)\S+$")
_HYPHENS = "-\u2010\u00ad"


def vocabulary(lines: Iterable[str]) -> set[str]:
    """The words, with and without hyphens, that a document writes on one line."""
    whole = [line.rpartition(" ")[0] if line[-1:] in _HYPHENS else line for line in lines]
    return set(WORD.findall(" ".join(set("\n".join(whole).lower().split()))))


def clean(text: str) -> str:
    """One line with ligatures spelt out, accents on their letters and invisible characters gone."""
    if text.isprintable() and "`" not in text and (text.isascii() or not _UNUSUAL.search(text)):
        return text
    text = _SPECIAL.sub(lambda found: _LIGATURES.get(found[0], found[0] if found[0] == "\u00ad" else ""), text)
    text = _ACCENT.sub(_accented, _TORN_WORD.sub("", text))
    return text.replace("\u00a0", " ")


def _accented(found: re.Match[str]) -> str:
    """The letter with its accent, where such a letter exists."""
    accent, letter = found[1] or found[3], found[2] or found[4]
    letter = "i" if letter == "ı" else letter
    whole = unicodedata.normalize("NFC", letter + _COMBINING[accent])
    return whole if len(whole) == 1 else found[0]


def join(lines: Sequence[str], words: Collection[str] = ()) -> str:
    """Lines as running text; a hyphen at a line's end stays only where the document writes that word with one."""
    text = ""
    for line in map(clean, lines):
        line = line.strip()
        if not line:
            continue
        text = _append(text, line, words) if text else line
    return text.replace("\u00ad", "")


def _append(text: str, line: str, words: Collection[str]) -> str:
    """The text with one more line."""
    if _goes_on(text, line):
        return text + line
    if text[-1] not in _HYPHENS or not text[-2:-1].isalpha() or not line[:1].isalpha():
        glue = "" if text[-1] in "\u2013\u2014/" and text[-2:-1].isalnum() else " "
        return text + glue + line
    if text[-1] != "\u00ad" and _keeps_hyphen(text, line, words):
        return text + line
    return text[:-1] + line


def _goes_on(text: str, line: str) -> bool:
    """Whether the text ends in a link that was broken and goes on in the line."""
    if "://" not in text[-200:] and "www." not in text[-200:]:
        return False
    last, first = text.rsplit(None, 1)[-1], line.split(None, 1)[0]
    if not _LINK.search(last) or last[-1] in ".,;)]":
        return False
    return last[-1] in "/_-=?&%" or bool(re.search(r"[/._=%&?#\d]", first.rstrip(".,;)]")))


def _keeps_hyphen(text: str, line: str, words: Collection[str]) -> bool:
    """Whether the hyphen belongs to the word and not to the line's end."""
    head, tail = text.rsplit(None, 1)[-1], line.split(None, 1)[0]
    before = WORD.search(head[::-1])
    after = WORD.match(tail)
    if not before or not after:
        return True
    first, second = before[0][::-1].lower(), after[0].lower()
    if first + second in words:
        return False
    if f"{first}-{second}" in words:
        return True
    return line[0].isupper() or "-" in first


def align(raw: str, text: str) -> list[int]:
    """For each character of the mended text, the offset in the raw text that it came from; never decreasing.

    Mending only leaves out or composes, so the text's letters stand in the raw text in the same order.
    """
    letters, places = _spelt_out(raw)
    offsets: list[int] = []
    at = 0
    for char in text:
        if char.isspace():
            offsets.append(places[min(at, len(places) - 1)] if places else 0)
            continue
        found = letters.find(unicodedata.normalize("NFD", char)[0], at)
        at = found if found >= 0 else at
        offsets.append(places[min(at, len(places) - 1)] if places else 0)
        at += found >= 0
    return offsets


def _spelt_out(raw: str) -> tuple[str, list[int]]:
    """The raw text letter by letter, ligatures and accents taken apart, and where each letter stands."""
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(raw):
        for letter in _LIGATURES.get(char) or unicodedata.normalize("NFD", char):
            letters.append(letter)
            places.append(at)
    return "".join(letters), places
