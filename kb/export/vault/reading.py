"""Edits that a hand has made in a vault, taken back into the library: first shown, then applied."""

from difflib import unified_diff
from pathlib import Path
from typing import Literal

from kb.errors import NotFoundError
from kb.export.vault import regions
from kb.export.vault.files import VaultFile, scan
from kb.export.vault.note_text import with_edits
from kb.export.vault.regions import VaultRegion
from kb.export.vault.writing import vault_pages
from kb.export.write import replace_bytes
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.base import Value


class VaultEdit(Value):
    """One edited region, and what becomes of it."""

    path: Path
    note: str
    """Id of the note; for a paper, agenda or concept, its own."""
    headline: str = ""
    outcome: Literal["ready", "applied", "conflict", "unclear", "gone"]
    """``unclear`` where more was changed than the statement, fields and body of a note."""
    difference: str = ""
    """Where the edit stays where it is: lines of the library (``-``) against those written by hand (``+``)."""


def read_vault(record: Record, folder: Path, *, apply: bool = False) -> tuple[VaultEdit, ...]:
    """The edits made by hand in a vault; with ``apply``, those that are ready become revisions of their notes.

    An edit of a note that has since changed in the library is a conflict, and stays where it is.
    """
    folder = folder.expanduser().absolute()
    if not folder.is_dir():
        raise NotFoundError(f"the folder {folder} does not exist", next=f"kb export vault {folder}")
    files, _ = scan(folder)
    pages, _ = vault_pages(record, folder, files)
    current = {region.name: region.content for page in pages for region in page.regions}
    notes = Notes(record)
    edits: list[VaultEdit] = []
    for file in files:
        for region in file.regions():
            if region.is_edited and region.content != current.get(region.name):
                is_second = any(edit.note == region.name[1] and edit.outcome in {"ready", "applied"} for edit in edits)
                edits.append(_edit(notes, file, region, current.get(region.name), apply, is_second))
    return tuple(edits)


def _edit(
    notes: Notes, file: VaultFile, region: VaultRegion, current: str | None, apply: bool, is_second: bool
) -> VaultEdit:
    """``is_second`` says that another file holds an edit of the same note."""
    kind, identifier = region.name
    if current is None:
        return VaultEdit(path=file.path, note=identifier, outcome="gone")
    if kind != "note":
        return VaultEdit(path=file.path, note=identifier, outcome="unclear", difference=_difference(current, region))
    note = notes.get(identifier)
    told = VaultEdit(path=file.path, note=note.id, headline=note.headline, outcome="ready")
    if is_second or regions.digest(current) != region.sum:
        return told.model_copy(update={"outcome": "conflict", "difference": _difference(current, region)})
    content = with_edits(note, current, region.content)
    if content is None:
        return told.model_copy(update={"outcome": "unclear", "difference": _difference(current, region)})
    if not apply:
        return told
    notes.edit(note.id, content)
    _accept(file.path, region)
    return told.model_copy(update={"outcome": "applied"})


def _difference(current: str, region: VaultRegion) -> str:
    """The lines in which the library and the hand differ."""
    lines = unified_diff(current.splitlines(), region.content.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in list(lines)[2:] if line[0] in "-+")


def _accept(path: Path, region: VaultRegion) -> None:
    """Seal the edited region as it stands, so that the next export may bring it in step again."""
    data = path.read_bytes()
    text = data.decode()
    for found in regions.find(text):
        if found.name == region.name and found.content == region.content:
            text = regions.replace(text, found, regions.write(found.name, found.content))
    replace_bytes(path, text.encode(), data)
