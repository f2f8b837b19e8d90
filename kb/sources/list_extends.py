"""Lists that begin with another list's entries: the longer course holds the shorter one, and says so once."""

from collections.abc import Mapping
from pathlib import Path

from kb.errors import UsageError
from kb.models.reading_list import ReadingList
from kb.sources.list_files import read_list


def read_whole(
    list_id: str,
    paths: Mapping[str, Path],
    above: tuple[str, ...] = (),
    known: Mapping[str, ReadingList] | None = None,
) -> ReadingList:
    """A list with the entries of those that it extends before its own, numbered on from theirs.

    ``above`` are the lists that extend this one, ``known`` those that were read already. Raises UsageError for a file
    that is no list, a list that is not there, and lists that extend each other.
    """
    own = read_list(paths[list_id])
    if not own.extends:
        return own
    step = f"name another list under 'extends' in {paths[list_id]}, or none"
    if own.extends not in paths:
        raise UsageError(f"the list {own.id} extends {own.extends!r}", f"there are {', '.join(paths)}", step)
    if own.extends in (*above, own.id):
        raise UsageError(f"the list {own.id} extends {own.extends!r}", "each would begin with the other", step)
    base = (known or {}).get(own.extends) or read_whole(own.extends, paths, (*above, own.id), known)
    last = max((entry.order for entry in base.entries), default=0)
    entries = (entry.model_copy(update={"order": entry.order + last}) for entry in own.entries)
    return own.model_copy(update={"entries": (*base.entries, *entries)})
