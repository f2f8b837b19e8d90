"""Lists from their files into the record, where coverage, the screen and filters read them."""

import hashlib

import sqlalchemy as sa

from kb.library.schema import marks
from kb.sources.lists import list_paths, load_lists
from kb.workspace import Workspace

_SYNCED = "lists"


def sync_lists(workspace: Workspace) -> bool:
    """Take over every list whose files have changed since the last time; returns whether anything was done."""
    stamp = _stamp(workspace)
    with workspace.record.read() as connection:
        known = connection.execute(sa.select(marks.c.value).where(marks.c.name == _SYNCED)).scalar()
    if known == stamp:
        return False
    for reading_list in load_lists(workspace.home):
        workspace.reading_lists.sync(reading_list)
    workspace.reading_lists.attach_known()
    with workspace.record.write() as connection:
        connection.execute(marks.delete().where(marks.c.name == _SYNCED))
        connection.execute(marks.insert().values(name=_SYNCED, value=stamp))
    return True


def _stamp(workspace: Workspace) -> int:
    """A number that differs when any list file does: by name, size and time of change."""
    digest = hashlib.blake2b(digest_size=7)
    for list_id, path in sorted(list_paths(workspace.home).items()):
        facts = path.stat()
        digest.update(f"{list_id} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return int.from_bytes(digest.digest(), "big")
