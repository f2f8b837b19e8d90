"""The properties at the top of a vault's file: written once, and the reader's from then on.

Only the property ``kb`` is read again: it says what the file is about, whatever its name has become.
"""

import json
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from kb.escape.plain import one_line
from kb.export.vault.regions import Name

_FENCED = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<inside>.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_IDENTITY = re.compile(r"^kb:[ \t]*[\"']?(?P<kind>[a-z]+) (?P<id>[^\s\"']+)[\"']?[ \t]*\r?$", re.MULTILINE)


def identity(text: str) -> Name | None:
    """What the file is about; None for a file of the reader's own."""
    fenced = _FENCED.match(text)
    found = _IDENTITY.search(fenced["inside"]) if fenced else None
    return (found["kind"], unquote(found["id"])) if found else None


def front_matter(name: Name, properties: Mapping[str, object]) -> str:
    """The lines for a new file, ending with a line end; empty properties are left out."""
    told = {key: value for key, value in properties.items() if value not in (None, "", [], ())}
    lines = [f"kb: {name[0]} {quote(name[1], safe='')}", *(f"{key}: {_yaml(value)}" for key, value in told.items())]
    return "\n".join(["---", *lines, "---"]) + "\n"


def _yaml(value: object) -> str:
    """A value on one line; JSON strings and lists are YAML too."""
    if isinstance(value, str):
        return json.dumps(one_line(value), ensure_ascii=False)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_yaml(each) for each in value)}]"
    return json.dumps(value)
