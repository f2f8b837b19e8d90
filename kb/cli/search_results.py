"""How hits are shown in a terminal: where each stands, why it was found, and its words with those asked for marked."""

import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kb.cli.console import put, put_json, safe, say

if TYPE_CHECKING:
    from kb.models.search import Hit, SearchResult

_INDENT = "    "
_WIDEST = 100
_WORD = re.compile(r"\S+")
_LOOKS = {"title": "1", "mark": "1;33", "dim": "2"}
"""ANSI codes; none of them is used where the output is no terminal."""
NOTHING = "nothing found. Next: try fewer or other words, or kb papers to see what is in the library"
EMPTY = "nothing found: the library has no texts yet. Next: kb fetch spine-10h --week 1, or kb add FILE"


def show(
    result: "SearchResult", *, as_json: bool, new: Collection[str] = (), extra: dict[str, Any] | None = None
) -> int:
    """Print a result; returns the exit code."""
    from kb.errors import ExitCode

    if as_json:
        put_json({**result.model_dump(mode="json"), **(extra or {})})
    else:
        _say_filters(result)
        print_hits(result.hits, new)
    if not result.hits and not as_json:
        say(NOTHING if _has_texts() else EMPTY)
    if result.notice and (result.hits or _has_texts()):
        say(result.notice)
    return ExitCode.OK if result.hits else ExitCode.NOTHING_FOUND


def _has_texts() -> bool:
    from kb.config import open_home

    return open_home().texts.exists()


def _say_filters(result: "SearchResult") -> None:
    """What filters were understood as, where that is not what was typed."""
    told = [
        f"{'not ' * each.excludes}{each.name} {each.reading}"
        for each in result.filters
        if each.reading.casefold() != each.value.casefold()
    ]
    if told:
        say(f"only {', '.join(told)}")


def print_hits(hits: "Sequence[Hit]", new: Collection[str] = ()) -> None:
    """Each hit in a few lines, with a line between."""
    from kb.library.saved_searches import name_of

    width = min(_columns(), _WIDEST)
    for hit in hits:
        _print_hit(hit, width, is_new=name_of(hit) in new)


def _print_hit(hit: "Hit", width: int, *, is_new: bool) -> None:
    number = f"{hit.rank:>2}. "
    for at, line in enumerate(_folded((heading(hit), ()), width - len(_INDENT))):
        _put((number if at == 0 else _INDENT) + looking(line, "title"))
    _put(_INDENT + looking(_place_line(hit, width - len(_INDENT), is_new), "dim"))
    for line in _folded(_said(hit), width - len(_INDENT)):
        _put(_INDENT + line)
    if names := " · ".join(filter(None, [hit.key, hit.id if hit.what == "passage" else ""])):
        _put(_INDENT + looking(safe(names), "dim"))
    put()


def printed(label: str, text: str, marks: "Sequence[tuple[int, int]]") -> None:
    """A text folded under a label, its marked words in their look."""
    width = min(_columns(), _WIDEST) - len(_INDENT)
    for at, line in enumerate(_folded((text, marks), width)):
        _put((f"{label:<{len(_INDENT)}}" if at == 0 else _INDENT) + line)


def place_line(hit: "Hit") -> str:
    """Whose passage it is, of which paper, and where in it."""
    return " · ".join(filter(None, [hit.by, hit.title, hit.section, f"p. {hit.page}" if hit.page else ""]))


def heading(hit: "Hit") -> str:
    """A paper's title; a note's kind and what it says in a line."""
    return f"{hit.kind}: {_headline(hit)}" if hit.what == "note" else hit.title or "(no title)"


def _headline(hit: "Hit") -> str:
    return hit.headline or hit.text.strip().partition("\n")[0]


def _place_line(hit: "Hit", width: int, is_new: bool) -> str:
    """Where it stands on the left, why it was found on the right; the section gives way where there is no room."""
    why = " and ".join(hit.matched)
    page = f"p. {hit.page}" if hit.page else ""
    first = ["new" * is_new, f"note {hit.note}" if hit.note else hit.by]
    last = [", ".join(hit.agendas), hit.colour, hit.title, page] if hit.note else [hit.section, page]
    parts = [safe(part) for part in (*first, *last) if part]
    room = width - len(why) - 2
    if sum(map(len, parts)) + 3 * (len(parts) - 1) > room and len(parts) > 2:
        middle = len(parts) - (2 if page else 1)
        others = sum(map(len, parts)) - len(parts[middle]) + 3 * (len(parts) - 1)
        parts[middle] = parts[middle][: max(8, room - others - 1)].rstrip() + "…"
    left = " · ".join(parts)
    return f"{left:<{room}}  {why}".rstrip()


def _said(hit: "Hit") -> "tuple[str, Sequence[tuple[int, int]]]":
    """The words to show with their marks; a note's first line is in its heading already."""
    text, marks = hit.snippet or hit.text, hit.marks
    first = _headline(hit)
    if hit.what == "note" and text.startswith(first):
        cut = len(first)
        return text[cut:], [(a - cut, b - cut) for a, b in marks if a >= cut]
    return text, marks


def _folded(said: "tuple[str, Sequence[tuple[int, int]]]", width: int) -> Iterator[str]:
    """The text in lines of so many cells, safe to print, each marked word in its look."""
    from rich.cells import cell_len

    text, marks = said
    line: list[str] = []
    used = 0
    for word in _WORD.finditer(text):
        cells = cell_len(safe(word[0]))
        if line and used + 1 + cells > width:
            yield " ".join(line)
            line, used = [], 0
        used += cells + bool(line)
        line.append(_marked(word, marks))
    if line:
        yield " ".join(line)


def _marked(word: "re.Match[str]", marks: "Sequence[tuple[int, int]]") -> str:
    begin, end = word.span()
    at = 0
    parts = []
    for first, last in sorted(marks):
        if first < end and last > begin:
            a, b = max(0, first - begin), min(end, last) - begin
            parts += [safe(word[0][at:a]), looking(safe(word[0][a:b]), "mark")]
            at = b
    return "".join([*parts, safe(word[0][at:])])


def looking(text: str, look: str) -> str:
    """The text in a look, on a terminal that has not asked for none."""
    if not text or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_LOOKS[look]}m{text}\x1b[0m"


def _put(line: str) -> None:
    """A line whose text from outside was made safe piece by piece, since its looks are escapes of our own."""
    print(line)  # noqa: T201 - this is where the command line answers


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns
