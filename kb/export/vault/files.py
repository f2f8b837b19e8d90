"""The files of a vault: found wherever the reader has moved them, and changed only where nobody has written."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from kb.export.vault import regions
from kb.export.vault.front_matter import front_matter, identity
from kb.export.vault.pages import PageRegion, VaultPage
from kb.export.vault.regions import Name, VaultRegion
from kb.models.base import Value

Standing = Literal["edited", "conflict", "gone"]
"""Why a region was left alone: edited by hand, edited by hand and in the library, or its note is no longer there."""


class VaultFile(Value):
    """One Markdown file as it was read."""

    path: Path
    data: bytes | None
    """None for a file that is still to be made."""
    text: str
    name: Name | None
    """What the file is about; None for one of the reader's own."""

    def regions(self) -> tuple[VaultRegion, ...]:
        """The regions in it."""
        return tuple(regions.find(self.text))


class HeldRegion(Value):
    """A region that was left as the reader has written it."""

    path: Path
    name: Name
    why: Standing


def scan(folder: Path) -> tuple[list[VaultFile], list[Path]]:
    """Every Markdown file below a folder, and those that are no text; hidden folders are left out."""
    found, unreadable = [], []
    for path in sorted(folder.rglob("*.md")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts) or not path.is_file():
            continue
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            unreadable.append(path)
            continue
        found.append(VaultFile(path=path, data=data, text=text, name=identity(text)))
    return found, unreadable


def new_file(page: VaultPage, path: Path) -> VaultFile:
    """A file for a page that has none yet; its regions are put in afterwards."""
    return VaultFile(path=path, data=None, text=front_matter(page.name, page.properties), name=page.name)


def in_step(file: VaultFile, wanted: Mapping[Name, str | None]) -> tuple[VaultFile, list[HeldRegion]]:
    """The file with each of its regions as wanted, but for those that a hand has changed.

    A region that is wanted as None is taken out; one that is not spoken of, as in another library's vault, stays.
    """
    text, held = file.text, []
    for region in reversed(file.regions()):
        new = wanted.get(region.name)
        if region.name in wanted and (new == region.content or not region.is_edited):
            text = regions.replace(text, region, None if new is None else regions.write(region.name, new))
        elif region.is_edited or region.name not in wanted:
            held.append(HeldRegion(path=file.path, name=region.name, why=_standing(region, new)))
    return file.model_copy(update={"text": text}), held[::-1]


def with_new(file: VaultFile, missing: Iterable[PageRegion]) -> VaultFile:
    """The file with further regions, each after the last one under its heading."""
    text = file.text
    for region in missing:
        text = _inserted(text, region)
    return file.model_copy(update={"text": text})


def _standing(region: VaultRegion, new: str | None) -> Standing:
    if new is None:
        return "gone"
    return "edited" if regions.digest(new) == region.sum else "conflict"


def _inserted(text: str, region: PageRegion) -> str:
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    at = _place(text, lines, region.heading)
    new = ["", *regions.write(region.name, region.content).split("\n")]
    if at is None:
        while lines and not lines[-1].strip():
            lines.pop()
        at = len(lines)
        new = [*(["", f"## {region.heading}"] if region.heading else []), *new, ""]
    lines[at:at] = [line + ending[:-1] for line in new]
    return "\n".join(lines)


def _place(text: str, lines: list[str], heading: str) -> int | None:
    """The line before which a region goes: after the last one of its section; None for the end of the file."""
    inside = {at for region in regions.find(text) for at in range(region.first, region.last + 1)}
    ends = {region.last + 1 for region in regions.find(text)}
    start = next((at for at, line in enumerate(lines) if at not in inside and line.rstrip() == f"## {heading}"), None)
    if start is None or not heading:
        return None
    after = range(start + 1, len(lines))
    end = next((at for at in after if at not in inside and re.match(r"#{1,2} ", lines[at])), len(lines))
    return max((at for at in ends if start < at <= end), default=start + 1)
