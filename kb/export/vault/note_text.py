"""A note as a vault's region, and the edits that a hand has made in one.

The first line holds the note's statement, list items its other fields, then come its quotes and links, which are
shown and not read back, and below a marker its body to the letter.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kb.escape.markdown import markdown_inline, markdown_text
from kb.escape.plain import visible
from kb.export.vault.regions import quoted, unquoted
from kb.export.wording import relation, where
from kb.models.note import FIELDS_OF, Link, LinkKind, Note, NoteContent
from kb.models.note_kind import headline_field
from kb.models.provenance import Provenance
from kb.models.summary import SummaryQuote

if TYPE_CHECKING:
    from kb.export.vault.links import LinkTo

BODY = "<!-- kb:body -->"
_STATEMENT = re.compile(r"\*\*(?P<kind>[A-Z][a-z]+)\.\*\* ?(?P<text>.*?) ?\^(?P<id>\w+)\s*")
_FIELD = re.compile(r"- (?P<name>[a-z ]+): (?P<value>.*)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCED = re.compile(r"(?P<fence>`{3,})text\n(?P<inside>.*)\n(?P=fence)\s*", re.DOTALL)
_OUTGOING: dict[LinkKind, str] = {
    LinkKind.SUPPORTS: "Supports",
    LinkKind.OPPOSES: "Opposes",
    LinkKind.INFORMS: "Informs",
    LinkKind.REPLICATES: "Replicates",
    LinkKind.FAILS_TO_REPLICATE: "Fails to replicate",
    LinkKind.DEPENDS_ON: "Depends on",
    LinkKind.DEFINES: "Defines",
    LinkKind.UNDERCUTS: "Undercuts",
}
_INCOMING = {**{kind: relation(kind) for kind in LinkKind}, LinkKind.DEPENDS_ON: "Needed by"}


def note_region(
    note: Note, quotes: Sequence[SummaryQuote], links: Sequence[Link], known: Mapping[str, Note], link_to: "LinkTo"
) -> str:
    """The content of a note's region."""
    shown = [*_bearings(note, link_to), *_links(note, links, known, link_to), *map(_quote, quotes)]
    return "\n".join([_own_lines(note), *shown, BODY, *([quoted(_body(note))] if note.body else [])])


def with_edits(note: Note, old: str, new: str) -> NoteContent | None:
    """The note's content with the edits that turned one region content into another; None where one cannot be read.

    The edits that can be read are those of the statement, of fields and of the body.
    """
    shown = _parted(old)[0].removeprefix(_own_lines(note))
    head, body = _parted(new)
    if not head.endswith(shown):
        return None
    fields = _fields_in(note, head.removesuffix(shown).split("\n"))
    if fields is None:
        return None
    values = {name: getattr(note, name) for name in NoteContent.model_fields}
    try:
        edited = {"body": _body_in(note, body), "fields": FIELDS_OF[note.kind].model_validate(fields)}
        return NoteContent(**{**values, **edited})
    except ValidationError:
        return None


def _body(note: Note) -> str:
    """The body: the reader's own to the letter; what came from elsewhere as code, which no editor obeys."""
    if note.provenance is Provenance.ME:
        return note.body
    longest = max((len(run) for run in re.findall("`+", note.body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{visible(note.body)}\n{fence}"


def _body_in(note: Note, text: str) -> str:
    """The body that a region's text stands for."""
    if text == _body(note):
        return note.body
    fenced = _FENCED.fullmatch(text) if note.provenance is not Provenance.ME else None
    return fenced["inside"] if fenced else text


def _own_lines(note: Note) -> str:
    """The lines above the quotes and links: the statement, and the other fields."""
    fields = _printed(note)
    statement = fields.pop(headline_field(note.kind), "")
    first = " ".join(part for part in (f"**{note.kind.value.capitalize()}.**", statement, f"^{note.id}") if part)
    return "\n".join([first, *(f"- {name.replace('_', ' ')}: {value}" for name, value in fields.items() if value)])


def _printed(note: Note) -> dict[str, str]:
    """The note's fields as they stand in a file."""
    fields = note.fields.model_dump()
    return {name: markdown_inline(str(value)) for name, value in fields.items() if value not in ("", None)}


def _fields_in(note: Note, lines: list[str]) -> dict[str, object] | None:
    """Fields as lines state them; one whose line nobody touched keeps its value to the letter."""
    statement = _STATEMENT.fullmatch(lines[0])
    others = [_FIELD.fullmatch(line) for line in lines[1:] if line.strip()]
    if statement is None or None in others:
        return None
    headline = headline_field(note.kind)
    if (statement["kind"], statement["id"]) != (note.kind.value.capitalize(), note.id):
        return None
    if statement["text"] and not headline:
        return None
    stated = {headline: statement["text"]} if statement["text"] else {}
    stated |= {field["name"].replace(" ", "_"): field["value"] for field in others if field}
    before, values = _printed(note), note.fields.model_dump()
    invisible = {name: values[name] for name, text in before.items() if not text}
    told = {
        name: values[name] if before.get(name) == text else _ESCAPED.sub(r"\1", text) for name, text in stated.items()
    }
    return {**invisible, **told}


def _parted(content: str) -> tuple[str, str]:
    """What stands above the body's marker, and the body."""
    head, _, body = f"{content}\n".partition(f"\n{BODY}\n")
    return head, unquoted(body.removesuffix("\n"))


def _bearings(note: Note, link_to: "LinkTo") -> list[str]:
    agendas = [
        f"- {bearing.bearing.value}: {link_to(('agenda', bearing.agenda), bearing.agenda)}" for bearing in note.agendas
    ]
    return [*agendas, *(f"- concept: {link_to(('concept', concept), concept)}" for concept in note.concepts)]


def _links(note: Note, links: Sequence[Link], known: Mapping[str, Note], link_to: "LinkTo") -> list[str]:
    lines = []
    for link in links:
        outgoing = link.source == note.id
        other = known.get(link.target if outgoing else link.source)
        if other:
            how = (_OUTGOING if outgoing else _INCOMING)[link.kind]
            told = [f"strength {link.strength:.2g}" if link.strength < 1 else "", markdown_inline(link.doubt)]
            aside = f" ({'; '.join(part for part in told if part)})" if any(told) else ""
            lines.append(f"- *{how}:* {link_to(('note', other.id), other.headline)}{aside}")
    return lines


def _quote(quote: SummaryQuote) -> str:
    lines = ["", f"> {markdown_text(quote.text)}"]
    return "\n".join([*lines, ">", f"> — {markdown_inline(where(quote))}"] if where(quote) else lines)
