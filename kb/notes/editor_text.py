"""A note as Markdown with front matter, for an editor, and back again."""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from kb.config import Home
from kb.errors import KbError, UsageError
from kb.library.recovery import keep_text
from kb.models.note import Note, NoteContent

_RULE = "---"
_FENCED = re.compile(r"\A\ufeff?---[ \t]*\n(?P<front>.*?)^---[ \t]*$(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)


def as_text(note: Note) -> str:
    """The note with its fields, agendas and concepts on top and its body below; quotes stand there to be read."""
    front: dict[str, Any] = {
        "kind": note.kind.value,
        "fields": note.fields.model_dump(),
        "agendas": [f"{bearing.agenda}:{bearing.bearing.value}" for bearing in note.agendas],
        "concepts": list(note.concepts),
    }
    quotes = "".join(f"# quote: {anchor.quote}\n" for anchor in note.anchors)
    written = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=100)
    return f"{_RULE}\n{quotes}{written}{_RULE}\n{note.body}\n"


def from_text(text: str, note: Note, named: Callable[[str], str] = str.strip) -> NoteContent:
    """The content that an edited text stands for; paper and anchors stay as they are. Raises UsageError."""
    from kb.notes.resolve import bearing_of

    front, body = _cut(text)
    unknown = set(front) - {"kind", "fields", "agendas", "concepts"}
    if unknown:
        raise UsageError(f"the front matter has unknown names: {', '.join(sorted(map(str, unknown)))}")
    try:
        return NoteContent(
            kind=front.get("kind", note.kind),
            paper=note.paper,
            body=body,
            fields=front.get("fields") or {},
            agendas=tuple(bearing_of(str(agenda), named) for agenda in front.get("agendas") or ()),
            concepts=tuple(str(concept) for concept in front.get("concepts") or ()),
            anchors=note.anchors,
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"the front matter's {where or 'fields'} does not fit", first["msg"]) from error


def _cut(text: str) -> tuple[dict[str, Any], str]:
    """What stands between the rules as YAML, and the text below them; an indented rule is part of a field's text."""
    found = _FENCED.match(text.replace("\r\n", "\n"))
    if not found:
        raise UsageError("the note's front matter is gone", "it stands between two lines of ---")
    try:
        front = yaml.safe_load(found["front"]) or {}
    except yaml.YAMLError as error:
        raise UsageError("the note's front matter is not valid YAML", str(error).replace("\n", " ")) from error
    if not isinstance(front, dict):
        raise UsageError("the note's front matter is not a mapping of names to values")
    return front, found["body"].strip("\n")


def edit_in_editor(text: str, home: Home) -> str:
    """Let the reader change a text in their editor: that of the settings, else ``$VISUAL``, else ``$EDITOR``.

    Raises KbError where it fails; what was written until then is kept in a file, which the error names.
    """
    command = home.settings.editor or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="kb-note-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(text, "utf-8")
        try:
            code = subprocess.run([*shlex.split(command), str(file)], check=False).returncode
        except (OSError, ValueError) as error:
            raise KbError(
                f"the editor {command!r} cannot be started", str(error), "set EDITOR, then try again"
            ) from error
        after = file.read_bytes().decode("utf-8", "replace") if file.exists() else text
        if code:
            place = f"; what you wrote is kept in {keep_text(home, after)}" if after != text else ""
            raise KbError(f"the editor {command!r} ended with {code}", f"nothing was changed{place}", "kb note edit")
        return after
