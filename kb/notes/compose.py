"""A note from what a reader typed: its kind, text, fields, agendas, and a quote that is looked up in the paper."""

from collections.abc import Sequence

from pydantic import ValidationError

from kb.config import Home
from kb.errors import KbError, NotFoundError, UsageError
from kb.library.anchors import QuoteLocator
from kb.models.anchor import Anchor, AnchorState
from kb.models.note import FIELDS_OF, Fields, Note, NoteContent
from kb.models.note_kind import NoteKind, headline_field
from kb.notes.resolve import Names, agenda_names, bearing_of, concept_ids, kind_of
from kb.workspace import Workspace


def draft_note(
    workspace: Workspace,
    paper: str | None,
    kind: str,
    text: str,
    *,
    quote: str = "",
    page: int | None = None,
    agendas: Sequence[str] = (),
    concepts: Sequence[str] = (),
    fields: Sequence[str] = (),
) -> NoteContent:
    """Put a note's content together; raises UsageError for what does not fit, NotFoundError for an unknown paper."""
    wanted = kind_of(kind)
    about = workspace.papers.find(paper).id if paper else None
    if quote and about is None:
        raise UsageError("a quote needs the paper that it is from", next="kb note add PAPER --quote …")
    if wanted is NoteKind.HIGHLIGHT and not quote:
        raise UsageError("a highlight needs a quote", next="kb note add PAPER --kind highlight --quote …")
    body, typed = _headline(wanted, text, pairs(fields))
    named = agenda_names(workspace)
    content = NoteContent(
        kind=wanted,
        paper=about,
        body=body,
        fields=typed_fields(wanted, typed),
        agendas=tuple(bearing_of(agenda, named) for agenda in agendas),
        concepts=concept_ids(workspace, concepts),
        anchors=(anchored(workspace, about, quote, page),) if quote and about else (),
    )
    if not (quote or text.strip() or typed):
        raise UsageError("the note is empty", next="kb note add PAPER --kind claim --text …")
    return content


def anchored(workspace: Workspace, paper: str, quote: str, page: int | None = None) -> Anchor:
    """The quote's place in the paper's current text; an orphan where it is not there."""
    version = workspace.papers.current(paper)
    blocks = workspace.texts.blocks(version.sha256) if version else ()
    return QuoteLocator(blocks, version.sha256 if version else "").select(quote, page)


def mended(workspace: Workspace, note: Note, position: int, quote: str, page: int | None) -> tuple[str, NoteContent]:
    """The note's id, and its content with one quote taken anew from the paper: the words given, else those found there.

    Raises UsageError where there is nothing to take, and NotFoundError for words that the paper does not have.
    """
    from kb.library.quote_repair import quote_of, with_quote

    old = quote_of(note, position)
    assert note.paper is not None
    words = quote or old.found
    if not words:
        raise UsageError("there are no words to take", "nothing like the quote was found", "kb anchors mend --help")
    anchor = anchored(workspace, note.paper, words, page or (None if quote else old.page))
    if anchor.state in (AnchorState.ORPHANED, AnchorState.CHANGED):
        why = f"the nearest is “{anchor.found[:160]}”" if anchor.found else ""
        raise NotFoundError("the paper does not have these words", why, f"kb show {note.paper} --text")
    return note.id, with_quote(note, position, anchor)


def _headline(kind: NoteKind, text: str, fields: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The first line of the text says the note in the kind's own field, unless that was given; the rest is its body."""
    name = headline_field(kind)
    if not name or name in fields or not text.strip():
        return text, fields
    first, _, rest = text.strip().partition("\n")
    return rest.strip(), {**fields, name: first.strip()}


def pairs(fields: Sequence[str]) -> dict[str, str]:
    """``NAME=VALUE`` texts as a mapping; raises UsageError."""
    found = {}
    for field in fields:
        name, equals, value = field.partition("=")
        if not equals:
            raise UsageError(f"{field!r} is not NAME=VALUE", next="kb note add --help")
        found[name.strip().replace("-", "_")] = value.strip()
    return found


def typed_fields(kind: NoteKind, values: dict[str, str]) -> Fields:
    """Fields of a kind from text; raises UsageError naming the field that is wrong and those there are."""
    model = FIELDS_OF[kind]
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        known = ", ".join(model.model_fields) or "none"
        why = f"a {kind.value} has the fields {known}" if first["type"] == "extra_forbidden" else first["msg"]
        raise UsageError(f"the field {name!r} does not fit", why, "kb note add --help") from None


def edited_by_options(
    note: Note, text: str | None, fields: Sequence[str], agendas: Sequence[str] | None, named: Names = str.strip
) -> NoteContent:
    """A note's content with some of it replaced."""
    kept = {name: str(value) for name, value in note.fields.model_dump().items() if value is not None}
    given = pairs(fields)
    body = note.body
    if text is not None:
        without = {name: value for name, value in kept.items() if name != headline_field(note.kind)}
        body, kept = _headline(note.kind, text, without)
    values = {name: getattr(note, name) for name in NoteContent.model_fields}
    values.update(body=body, fields=typed_fields(note.kind, {**kept, **given}))
    if agendas is not None:
        values["agendas"] = tuple(bearing_of(agenda, named) for agenda in agendas)
    return NoteContent(**values)


def edited_by_hand(home: Home, note: Note, named: Names = str.strip) -> NoteContent | None:
    """A note's content as changed in the reader's editor; None where nothing was changed.

    Raises UsageError for text that does not read as a note, after keeping that text in a file.
    """
    from kb.library.recovery import text_kept_if_lost
    from kb.notes.editor_text import as_text, edit_in_editor, from_text

    before = as_text(note)
    after = edit_in_editor(before, home)
    if after.strip() == before.strip():
        return None
    with text_kept_if_lost(home, after):
        try:
            return from_text(after, note, named)
        except KbError as error:
            raise UsageError(error.what, error.why, f"kb note edit {note.id}") from error


def note_meaning(workspace: Workspace) -> None:
    """Put new notes into the index of meaning; a large backlog of papers is left to commands that expect to wait."""
    from kb.indexing.drain import drain

    for event in drain(workspace.home, workspace.record, workspace.texts, workspace.embedder):
        if event.paper:
            return
