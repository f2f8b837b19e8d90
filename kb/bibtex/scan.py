"""BibTeX files as entries with their fields, as BibTeX itself reads them: strings, joins, nested braces, comments."""

import re
from collections.abc import Iterator

from kb.models.base import Value
from kb.models.paper import FIELD_NAME

_ENTRY = re.compile(r"@\s*(?P<type>[A-Za-z]+)\s*(?P<open>[{(])")
_KEY = re.compile(r"\s*(?P<key>[^\s,{}()\"#%'=~\\][^\s,{}\"#%=~\\]*)?\s*(?P<end>[,})])")
_FIELD = re.compile(r"[\s,%]*(?P<name>[^\s,#{}()\"%'=~\\]+)\s*=\s*")
_NAME = re.compile(FIELD_NAME)
"""Names of fields that are kept; one that begins otherwise, such as ``__markedentry``, is a program's own."""
_BARE = re.compile(r"[^\s,#{}()\"%'=~\\]+")
_END = re.compile(r"[\s,%]*[})]")
_ESCAPED = re.compile(r"\\[{}]")
_LONGEST = 100_000
"""Characters of a value after which an escaped brace is no longer looked for: longer than any abstract."""
_SPACE = re.compile(r"\s*")
_JOIN = re.compile(r"\s*#\s*")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - the names as BibTeX has them


class RawEntry(Value):
    """One entry: its fields still in LaTeX, by lower-case name."""

    type: str
    key: str
    fields: dict[str, str]
    line: int


class BrokenEntry(Value):
    """An entry that could not be read, and why."""

    line: int
    why: str


class _Unreadable(Exception):  # noqa: N818 - never leaves this module
    pass


def scan(text: str) -> Iterator[RawEntry | BrokenEntry]:
    """The entries of a file in order; what stands between entries is a comment, as it is for BibTeX."""
    strings = {month: month for month in MONTHS}
    at = 0
    while match := _ENTRY.search(text, at):
        at = match.end()
        kind, line = match["type"].lower(), text.count("\n", 0, match.start()) + 1
        try:
            if kind == "comment":
                at = _closing(text, at, {"{": "}", "(": ")"}[match["open"]]) + 1
            elif kind == "preamble":
                _, at = _value(text, at, strings)
            elif kind == "string":
                fields, at = _fields(text, at, strings)
                strings |= fields
            else:
                key, at, more = _key(text, at)
                fields, at = _fields(text, at, strings) if more else ({}, at)
                yield RawEntry(type=kind, key=key, fields=fields, line=line)
        except _Unreadable as error:
            if kind == "comment":
                continue
            yield BrokenEntry(line=line, why=str(error))


def _key(text: str, at: int) -> tuple[str, int, bool]:
    match = _KEY.match(text, at)
    if not match:
        raise _Unreadable("its key cannot be read")
    return match["key"] or "", match.end(), match["end"] == ","


def _fields(text: str, at: int, strings: dict[str, str]) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while match := _FIELD.match(text, at):
        value, at = _value(text, match.end(), strings)
        name = match["name"].lower()
        if _NAME.fullmatch(name):
            fields.setdefault(name, value)
    end = _END.match(text, at)
    if not end:
        rest = text[at:].lstrip(" \t\r\n,")
        raise _Unreadable("it is not closed" if rest[:1] in {"", "@"} else "a field has no name or no value")
    return fields, end.end()


def _value(text: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """A value with its joined parts; an unknown name stands for itself."""
    parts = []
    if space := _SPACE.match(text, at):
        at = space.end()
    while True:
        part, at = _part(text, at, strings)
        parts.append(part)
        join = _JOIN.match(text, at)
        if not join:
            return "".join(parts), at
        at = join.end()


def _part(text: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    opening = text[at : at + 1]
    if opening == "{":
        return _braced(text, at)
    if opening == '"':
        end = _closing(text, at + 1, '"')
        return text[at + 1 : end], end + 1
    bare = _BARE.match(text, at)
    if not bare:
        raise _Unreadable("a value is missing")
    return strings.get(bare.group().lower(), bare.group()), bare.end()


def _braced(text: str, at: int) -> tuple[str, int]:
    """A value between braces. Where BibTeX's own count never ends, escaped ones are left out of it, as others do."""
    try:
        end = _closing(text, at + 1, "}")
        return text[at + 1 : end], end + 1
    except _Unreadable:
        hidden = _ESCAPED.sub("  ", text[at + 1 : at + 1 + _LONGEST])
        end = at + 1 + _closing(hidden, 0, "}")
        return _ESCAPED.sub(_written_out, text[at + 1 : end]), end + 1


def _written_out(brace: re.Match[str]) -> str:
    return "\\textbraceleft{}" if brace.group() == "\\{" else "\\textbraceright{}"


def _closing(text: str, at: int, end: str) -> int:
    """Where a value ends, braces within it counted; BibTeX counts escaped ones too."""
    depth = 0
    for place in range(at, len(text)):
        character = text[place]
        if character == end and depth == 0:
            return place
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    raise _Unreadable("a value is not closed")
