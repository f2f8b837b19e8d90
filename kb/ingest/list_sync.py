"""Lists from their files into the record, where coverage, the screen and filters read them."""

import hashlib

from kb.library.marks import mark, set_mark
from kb.sources.lists import list_paths, load_lists
from kb.workspace import Workspace

_SYNCED = "lists"


def sync_lists(workspace: Workspace) -> bool:
    """Take over every list whose files have changed since the last time; returns whether anything was done."""
    stamp = _stamp(workspace)
    if mark(workspace.record, _SYNCED) == stamp:
        return False
    for reading_list in load_lists(workspace.home):
        workspace.reading_lists.sync(reading_list)
    workspace.reading_lists.attach_known()
    set_mark(workspace.record, _SYNCED, stamp)
    return True


def _stamp(workspace: Workspace) -> int:
    """A number that differs when any list file does: by name, size and time of change."""
    digest = hashlib.blake2b(digest_size=7)
    for list_id, path in sorted(list_paths(workspace.home).items()):
        facts = path.stat()
        digest.update(f"{list_id} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return int.from_bytes(digest.digest(), "big")
