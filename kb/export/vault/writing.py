"""The vault brought in step with the library, as often as one likes; what a hand has written stays."""

from pathlib import Path

from kb.errors import UsageError
from kb.export.places import Places
from kb.export.vault.files import HeldRegion, VaultFile, in_step, scan, with_new
from kb.export.vault.layout import Layout, unlinked
from kb.export.vault.pages import Material, VaultPage, pages
from kb.export.vault.regions import Name
from kb.export.write import replace_bytes
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.base import Value


class VaultReport(Value):
    """What an export did to the files of a vault."""

    created: tuple[Path, ...] = ()
    updated: tuple[Path, ...] = ()
    unchanged: int = 0
    held: tuple[HeldRegion, ...] = ()
    """Regions that were left as the reader has written them."""
    unreadable: tuple[Path, ...] = ()


def export_vault(record: Record, folder: Path) -> VaultReport:
    """Bring a vault in step; raises UsageError for a folder that cannot be made or a file that cannot be written."""
    folder = folder.expanduser().absolute()
    files, unreadable = scan(folder)
    wanted, layout = vault_pages(record, folder, files)
    contents: dict[Name, str | None] = dict.fromkeys(_removable(record, files))
    contents |= {region.name: region.content for page in wanted for region in page.regions}
    present = {region.name for file in files for region in file.regions()}
    missing = {
        layout.files[page.name].path: [region for region in page.regions if region.name not in present]
        for page in wanted
    }
    held: list[HeldRegion] = []
    done: dict[str, list[Path]] = {"created": [], "updated": [], "unchanged": []}
    for file in {file.path: file for file in [*files, *layout.files.values()]}.values():
        kept, untouched = in_step(file, contents)
        held += untouched
        done[_write(file, with_new(kept, missing.get(file.path, ())))].append(file.path)
    return VaultReport(
        created=tuple(done["created"]),
        updated=tuple(done["updated"]),
        unchanged=len(done["unchanged"]),
        held=tuple(held),
        unreadable=tuple(unreadable),
    )


def vault_pages(record: Record, folder: Path, files: list[VaultFile]) -> tuple[list[VaultPage], Layout]:
    """What the vault should say, with links to where its files are."""
    material = _material(record)
    layout = Layout(folder, pages(material, unlinked), files)
    return pages(material, layout.link_to), layout


def _material(record: Record) -> Material:
    places = Places(record)
    try:
        notes = Notes(record).all()[::-1]
        return Material(
            papers={paper.id: paper for paper in sorted(Papers(record).all(), key=lambda paper: paper.key)},
            notes=notes,
            links=Links(record).all(),
            quotes={note.id: tuple(places.quote(anchor, note.paper) for anchor in note.anchors) for note in notes},
        )
    finally:
        places.close()


def _removable(record: Record, files: list[VaultFile]) -> list[Name]:
    """Regions that may go, if nothing is wanted in their place: of notes in the trash, and lists that are now empty."""
    trashed = {note.id for note in Notes(record).all(trashed=True)}
    found = [region.name for file in files for region in file.regions()]
    return [name for name in found if name[0] in {"agenda", "concept"} or (name[0] == "note" and name[1] in trashed)]


def _write(before: VaultFile, after: VaultFile) -> str:
    """Put the file in place, unless it says all of that already; returns what became of it."""
    if before.data is not None and before.text == after.text:
        return "unchanged"
    try:
        before.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"the folder {before.path.parent} cannot be made", error.strerror or "", "choose another folder"
        ) from error
    replace_bytes(before.path, after.text.encode(), before.data)
    return "created" if before.data is None else "updated"
