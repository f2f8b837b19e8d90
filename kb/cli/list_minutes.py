"""How long the entries of reading lists take this reader, as the commands of lists say it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.config import Home
    from kb.library.reading_lists import Coverage
    from kb.models.minutes import Minutes
    from kb.models.reading_list import Entry
    from kb.workspace import Workspace


def minutes_here(home: "Home", list_id: str, entries: "Sequence[Entry]") -> "dict[str, Minutes]":
    """By entry, from the texts that are here and at the reader's pace; by the rule alone where there is no library."""
    from kb.insight.reading_minutes import ReadingMinutes

    if not home.record.exists():
        return ReadingMinutes().of_list(entries, {})
    from kb.ingest.list_sync import sync_lists
    from kb.workspace import Workspace

    with Workspace(home) as workspace:
        sync_lists(workspace)
        return _of_list(workspace, list_id, entries)


def covered(workspace: "Workspace", list_ids: Iterable[str], by_agenda: bool) -> "list[Coverage]":
    """How far the reader has come with each list, with what is left of it in minutes."""
    rows: list[Coverage] = []
    for list_id in list_ids:
        minutes = _of_list(workspace, list_id, workspace.reading_lists.entries(list_id))
        values = {entry: one.value for entry, one in minutes.items()}
        rows += workspace.reading_lists.coverage(list_id, by_agenda=by_agenda, minutes=values)
    return rows


def _of_list(workspace: "Workspace", list_id: str, entries: "Sequence[Entry]") -> "dict[str, Minutes]":
    from kb.insight.reading_minutes import ReadingMinutes

    return ReadingMinutes.open(workspace.home, workspace.record).of_list(
        entries, workspace.reading_lists.papers_of(list_id)
    )


def minutes_data(minutes: "Minutes") -> dict[str, Any]:
    """As plain data."""
    return {
        "minutes": minutes.value,
        "by": minutes.basis.value,
        "error_percent": minutes.error,
        "own_pace": minutes.own_pace,
    }


def in_all(minutes: "Iterable[Minutes]") -> str:
    """The sum, with how much of it is a guess."""
    found = list(minutes)
    rough = sum(one.value for one in found if one.is_rough)
    guessed = f", {hours(rough)} of it guessed by kind or pages" if rough else ""
    return f"In all {hours(sum(one.value for one in found))}{guessed}."


def hours(minutes: int) -> str:
    """A long time for people: ``45 min``, ``2.5 h``, ``51 h``."""
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes / 60:.1f} h" if minutes < 600 else f"{minutes / 60:.0f} h"
