"""Which papers the library shows, and in which order: words, and conditions such as ``state:queued year:2016-2018``."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from tui.data.view_models import SIGNS, PaperRow

Condition = tuple[str, str]
KEYS = ("state", "list", "agenda", "year", "kind", "has")
"""What a condition can be about."""


def has_all(search_text: str, words: Iterable[str]) -> bool:
    """Whether all words stand somewhere in a text."""
    return all(word in search_text for word in words)


def parsed(text: str) -> tuple[list[str], list[Condition]]:
    """The words of a filter in lower case, and its conditions."""
    words, conditions = [], []
    for part in text.lower().split():
        key, colon, value = part.partition(":")
        if colon and key in KEYS:
            conditions.append((key, value))
        else:
            words.append(part)
    return words, conditions


def values(row: PaperRow, key: str) -> tuple[str, ...]:
    """What a row is, for one kind of condition."""
    if key == "state":
        return (row.state if row.paper else "missing",)
    if key == "has":
        facts = {"text": row.readable, "notes": bool(row.notes), "time": row.seconds > 0}
        return tuple(name for name, is_so in facts.items() if is_so)
    if key == "year":
        return (str(row.year),) if row.year else ()
    return {"list": row.lists, "agenda": row.agendas}.get(key, (row.kind,))


def meets(row: PaperRow, condition: Condition) -> bool:
    """Whether a row meets a condition; one that is only begun lets everything through that begins so."""
    key, wanted = condition
    if key == "year" and "-" in wanted:
        first, _, last = wanted.partition("-")
        return row.year is not None and int_or(first, 0) <= row.year <= int_or(last, 9999)
    return any(value.lower().startswith(wanted) for value in values(row, key))


def int_or(text: str, otherwise: int) -> int:
    """A number, or what is meant where none is typed yet."""
    return int(text) if text.isdecimal() else otherwise


def filtered(rows: tuple[PaperRow, ...], haystacks: tuple[str, ...], text: str) -> tuple[PaperRow, ...]:
    """The rows that have every word and meet every condition; the haystacks are the rows' own, made once."""
    words, conditions = parsed(text)
    if not words and not conditions:
        return rows
    kept: Iterable[int] = range(len(rows))
    for word in words:
        kept = [at for at in kept if word in haystacks[at]]
    return tuple(rows[at] for at in kept if all(meets(rows[at], one) for one in conditions))


def facets(rows: Sequence[PaperRow], key: str) -> list[tuple[str, int]]:
    """What there is to narrow by, each with how many papers; states in their order, years newest first."""
    counts = Counter(value for row in rows for value in values(row, key))
    if key == "state":
        return [(state, counts[state]) for state in (*SIGNS, "missing") if counts[state]]
    if key == "year":
        return sorted(counts.items(), reverse=True)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def with_condition(text: str, condition: Condition) -> str:
    """The filter with another condition of its kind; choosing the same again takes it away."""
    key, value = condition
    parts = text.split()
    kept = [part for part in parts if not part.lower().startswith(f"{key}:")]
    return " ".join(kept if f"{key}:{value}" in parts else [*kept, f"{key}:{value}"])


ORDERS: dict[str, Callable[[PaperRow], object] | None] = {
    "list": None,
    "title": lambda row: row.title.casefold(),
    "year": lambda row: -(row.year or 0),
    "state": lambda row: -list(SIGNS).index(row.state) if row.state in SIGNS else 0,
    "time read": lambda row: -row.seconds,
    "notes": lambda row: -row.notes,
}
"""Orders of the papers by name; the list's own comes first."""


def ordered(rows: tuple[PaperRow, ...], order: str) -> tuple[PaperRow, ...]:
    """The rows in one of the orders; rows that are alike stay as they were."""
    key = ORDERS[order]
    return rows if key is None else tuple(sorted(rows, key=key))  # type: ignore[arg-type]
