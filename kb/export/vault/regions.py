"""Regions of a Markdown file that the library keeps in step; everything around them is the reader's.

A region stands between two comment lines. The first carries a checksum of what was written, so that a region which
a hand has changed is known, and left alone.
"""

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from kb.models.base import Value

_BEGIN = re.compile(r"<!-- kb:begin (?P<kind>[a-z]+) (?P<id>[^\s>]+) (?P<sum>[0-9a-f]{16}) -->")
_END = re.compile(r"<!-- kb:end (?P<id>[^\s>]+) -->")
_LIKE_A_MARKER = re.compile(r"^(\\*)<!-- kb:")

Name = tuple[str, str]
"""What a region is about: its kind, such as ``note``, and the id."""


class VaultRegion(Value):
    """A region found in a file: the lines from its begin marker up to and with its end marker."""

    name: Name
    sum: str
    content: str
    first: int
    last: int

    @property
    def is_edited(self) -> bool:
        """Whether a hand has changed what was written."""
        return digest(self.content) != self.sum


def find(text: str) -> Iterator[VaultRegion]:
    """The regions of a text in order; a marker without its partner is the reader's text like any other."""
    lines = text.split("\n")
    begin: tuple[int, re.Match[str]] | None = None
    for at, line in enumerate(lines):
        bare = line.removesuffix("\r")
        if opening := _BEGIN.fullmatch(bare):
            begin = at, opening
        elif (closing := _END.fullmatch(bare)) and begin and closing["id"] == begin[1]["id"]:
            first, opening = begin
            content = "\n".join(inner.removesuffix("\r") for inner in lines[first + 1 : at])
            name = (opening["kind"], unquote(opening["id"]))
            yield VaultRegion(name=name, sum=opening["sum"], content=content, first=first, last=at)
            begin = None


def write(name: Name, content: str) -> str:
    """A region with its markers, without a line end."""
    kind, identifier = name[0], quote(name[1], safe="")
    lines = [f"<!-- kb:begin {kind} {identifier} {digest(content)} -->", content, f"<!-- kb:end {identifier} -->"]
    return "\n".join(lines)


def digest(content: str) -> str:
    """A checksum of a region's content."""
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def quoted(text: str) -> str:
    """Text for the inside of a region, in which no line can be taken for a marker."""
    return "\n".join(_LIKE_A_MARKER.sub(r"\\\g<0>", line) for line in text.split("\n"))


def unquoted(text: str) -> str:
    """What :func:`quoted` was given."""
    lines = text.split("\n")
    return "\n".join(line[1:] if line.startswith("\\") and _LIKE_A_MARKER.match(line) else line for line in lines)


def replace(text: str, region: VaultRegion, new: str | None) -> str:
    """The text with a region replaced by another, or taken out."""
    lines = text.split("\n")
    ending = "\r" if lines[region.first].endswith("\r") else ""
    lines[region.first : region.last + 1] = [] if new is None else [line + ending for line in new.split("\n")]
    return "\n".join(lines)
