"""Seals: a line with a checksum says that a file was made here, and whether a hand has changed it since."""

import hashlib
import io
import re
import zipfile
from typing import Literal

Kind = Literal["markdown", "html", "text", "bibtex", "latex", "pdf", "json", "jsonl", "apkg", "none"]
"""How a format can carry the line; ``none`` cannot, and is overwritten only when asked. A package for Anki says by
its parts that it was made here, and nobody edits one by hand."""
_PARTS_OF_A_PACKAGE = ("collection.anki2", "media")
State = Literal["ours", "edited", "foreign"]

_LINES: dict[Kind, tuple[str, str]] = {
    "markdown": ("<!-- written by kb export, sha256 ", " -->\n"),
    "html": ("<!-- written by kb export, sha256 ", " -->\n"),
    "text": ("[written by kb export, sha256 ", "]\n"),
    "bibtex": ("% written by kb export, sha256 ", "\n"),
    "latex": ("% written by kb export, sha256 ", "\n"),
    "pdf": ("% written by kb export, sha256 ", "\n"),
    "jsonl": ('{"written_by":"kb export, sha256 ', '"}\n'),
    "json": ('  "written_by": "kb export, sha256 ', '",\n'),
}


def sealed(text: str, kind: Kind) -> str:
    """The text with its seal: as the last line, or as the first member of an indented JSON object."""
    return text if kind not in _LINES or state(text, kind) == "ours" else _with_seal(text, kind)


def _with_seal(text: str, kind: Kind) -> str:
    before, after = _LINES[kind]
    text = text if text.endswith("\n") else text + "\n"
    line = f"{before}{_digest(text)}{after}"
    if kind == "json":
        head, brace, rest = text.partition("{\n")
        return f"{head}{brace}{line}{rest}"
    return f"{text}{line}"


def state(text: str, kind: Kind) -> State:
    """Whether a file's text was written here and is untouched, was written here and edited, or comes from elsewhere."""
    if kind not in _LINES:
        return "ours" if kind == "apkg" and _is_our_package(text.encode("latin-1")) else "foreign"
    before, after = _LINES[kind]
    seals = list(re.finditer(re.escape(before) + "([0-9a-f]{64})" + re.escape(after.rstrip("\n")) + "\n?", text))
    if not seals:
        return "foreign"
    last = seals[-1] if kind != "json" else seals[0]
    return "ours" if _with_seal(text[: last.start()] + text[last.end() :], kind) == text else "edited"


def _is_our_package(data: bytes) -> bool:
    """Whether these are the parts of a package as they are written here; Anki's own exports have others."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return tuple(package.namelist()) == _PARTS_OF_A_PACKAGE and b"Inside View" in package.read(
                "collection.anki2"
            )
    except (zipfile.BadZipFile, KeyError):
        return False


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
