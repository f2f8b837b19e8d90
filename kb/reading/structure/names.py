"""People's names among the lines between a title and an abstract, where addresses stand too."""

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.reading.structure.mend import clean
from kb.reading.structure.page import Line
from kb.reading.structure.paragraphs import Chunk

_ADDRESS = re.compile(
    r"@|\d{3}|universit|institut|\bdept\b|department|laborator|\blabs?\b|school|college|academy|faculty|"
    r"\binc\b|\bltd\b|\bcorp|\bgroup\b|\bteams?\b|street|square|\bcent(?:er|re)\b|foundation|berkeley|research|"
    r"google|openai|deepmind|microsoft|facebook|anthropic|\bmeta\b|amazon|apple|nvidia|"
    r"http|www|\.com|\.edu|\.org|contribut|correspond|abstract|preprint|conference|proceedings|\bai\b|\b(?:uk|usa)\b",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_][\w.'’`-]*"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,4}}")
_MIDDLE = re.compile(r"[A-Z]\.?|(?:[A-Z]\.)+|de|der|den|del|della|da|das|dos|di|du|la|le|las|van|von|bin|ibn|el|al")
_MARKS = re.compile(r"[∗*†‡§¶♢♠♣◦⋆]")


def names(chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """The names in their order, each once."""
    found: dict[str, None] = {}
    for line in (line for chunk in chunks for line in chunk.lines):
        found.update(dict.fromkeys(_in_line(line)))
    return tuple(found)


def _in_line(line: Line) -> Iterator[str]:
    """The names that stand in one line."""
    for piece in _pieces(line):
        if _ADDRESS.search(piece):
            continue
        for part in re.split(r",|;|\band\b|&|\d", piece):
            words = _MARKS.sub("", part).strip(" .").split()
            yield from filter(_NAME.fullmatch, map(" ".join, _people(words)))


def _pieces(line: Line) -> list[str]:
    """The line cut at wide gaps and where its weight changes, without the superscripts that point to addresses."""
    pieces = [""]
    end: float | None = None
    bold = line.spans[0].font.bold
    for span in line.spans:
        gap = 0.0 if end is None else (span.x0 - end) / span.size
        small = span.size < 0.8 * line.size
        turns = not small and span.text.strip() != "" and span.font.bold != bold
        if gap > 1.2 or turns:
            pieces.append("")
        pieces[-1] += (" " if gap > 0.18 else "") + ("," if small else clean(span.text))
        end = span.x1
        bold = span.font.bold if turns else bold
    return pieces


def _people(words: Sequence[str]) -> Iterable[list[str]]:
    """Words of several names in a row, two to a name, initials and particles aside."""
    if len(words) < 4:
        return [list(words)]
    people: list[list[str]] = [[]]
    for word in words:
        plain = [each for each in people[-1] if not _MIDDLE.fullmatch(each)]
        if len(plain) == 2:
            people.append([])
        people[-1].append(word)
    complete = all(sum(not _MIDDLE.fullmatch(word) for word in person) == 2 for person in people)
    return people if complete else [list(words)]
