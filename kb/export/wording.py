"""How a summary puts things: plain phrases about notes, quotes and links, the same for every format."""

from collections.abc import Callable, Sequence
from typing import Any

from kb.bibtex.names import enumerated, listed_authors, short_authors
from kb.models.anchor import AnchorState
from kb.models.credence import Credence
from kb.models.note import AgendaBearing, Bearing, LinkKind, MethodFields, Note
from kb.models.note_kind import NOT_WORDS, NoteKind, headline_field
from kb.models.provenance import Provenance
from kb.models.summary import NotePart, SummaryQuote

_STATES: dict[AnchorState, str] = {
    AnchorState.EXACT: "",
    AnchorState.MOVED: "found again at another place than where it was marked",
    AnchorState.CHANGED: "the text has changed since it was marked",
    AnchorState.AMBIGUOUS: "these words stand in several places",
    AnchorState.ORPHANED: "not found in the text of the paper",
}
_RELATIONS: dict[LinkKind, str] = {
    LinkKind.SUPPORTS: "For",
    LinkKind.OPPOSES: "Against",
    LinkKind.INFORMS: "Bears on it",
    LinkKind.REPLICATES: "Replicated",
    LinkKind.FAILS_TO_REPLICATE: "Not replicated",
    LinkKind.DEPENDS_ON: "Depends on",
    LinkKind.DEFINES: "Defined by",
    LinkKind.UNDERCUTS: "Undercut by",
}
_SPEAKERS: dict[Provenance, str] = {
    Provenance.ME: "",
    Provenance.PARSER: "Found by the parser.",
    Provenance.RUN: "From a reproduction.",
    Provenance.IMPORT: "Imported.",
}
_BEARINGS: dict[Bearing, str] = {
    Bearing.SUPPORTS: "Speaks for",
    Bearing.UNDERMINES: "Speaks against",
    Bearing.NEUTRAL: "Bears on",
}
_SAID = NOT_WORDS | {"asserted_by", "definition", "evidence_kind", "relevant_for", "refuted_by", "answer"}
"""Fields that have a sentence or a place of their own."""


def named(part: NotePart) -> str:
    """The note's own one-line statement; empty for a kind without one, or where none was given."""
    return str(getattr(part.note.fields, headline_field(part.note.kind), "")).strip()


def own_body(part: NotePart) -> str:
    """The body, unless it only repeats the statement."""
    body = part.note.body
    return "" if body.strip() == named(part) else body


def tail(part: NotePart) -> str:
    """What is said about the statement: who asserts it, on what sort of system, what it is relevant for."""
    fields = part.note.fields
    phrases = [
        sentence(str(getattr(fields, "definition", ""))),
        sentence(kind_of_evidence(part)).capitalize(),
        _asserted(part),
        _labelled("Relevant for", str(getattr(fields, "relevant_for", ""))),
        _labelled("What would refute it", str(getattr(fields, "refuted_by", ""))),
        *(f"{_BEARINGS[bearing]} {group}." for bearing, group in _agendas(part.note.agendas)),
        _SPEAKERS[part.note.provenance],
        held(part.credence),
    ]
    return " ".join(phrase for phrase in phrases if phrase)


def details(note: Note) -> list[tuple[str, str]]:
    """Label and value of each thing that is known of a method; of any other kind, what no sentence says."""
    fields = note.fields
    if not isinstance(fields, MethodFields):
        said = {*_SAID, headline_field(note.kind)}
        return [(_label(name), str(value)) for name, value in fields if name not in said and value not in ("", None)]
    rows = [
        ("Problem", fields.problem),
        ("Compared with", fields.baseline),
        ("Result", result(fields)),
        ("Cost", fields.cost),
        ("Limits", fields.limits),
    ]
    return [(label, value) for label, value in rows if value]


def _label(field: str) -> str:
    return field.replace("_", " ").capitalize()


def answer(note: Note) -> str:
    """The answer to a question, once there is one."""
    return str(getattr(note.fields, "answer", "")).strip()


def where(quote: SummaryQuote) -> str:
    """Section, page and version of a quote, and in words whatever keeps it from being exact."""
    place = [
        f"§ {quote.section}" if quote.section else "",
        f"p. {quote.page}" if quote.page is not None else "",
        quote.version,
    ]
    located = ", ".join(part for part in place if part)
    return "; ".join(part for part in (located, _STATES[quote.state], _now(quote)) if part)


def held(credence: Credence | None) -> str:
    """How sure the reader is, and why."""
    if credence is None:
        return ""
    return f"My credence: {credence.words}{f' ({clause(credence.reason)})' if credence.reason.strip() else ''}."


def relation(kind: LinkKind) -> str:
    """How the other note stands to this one."""
    return _RELATIONS[kind]


def kind_of_evidence(part: NotePart) -> str:
    """The sort of system that was observed."""
    return str(getattr(part.note.fields, "evidence_kind", ""))


def strength(value: float) -> str:
    """How strong a link is, where the reader has said that it is less than decisive."""
    return "" if value >= 1 else f"strength {value:.2g} of 1"


def minutes(value: int | None) -> str:
    """A reading time."""
    return f"{value} min" if value else ""


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: ``1 paper``, ``3 papers``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def authors(names: Sequence[str]) -> str:
    """All authors, or the first of very many."""
    return listed_authors(names)


def short(names: Sequence[str]) -> str:
    """Authors for a reference in passing."""
    return short_authors(names)


def sentence(text: str) -> str:
    """The text with a full stop, if it has no end of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def opening(text: str) -> str:
    """The text as a sentence that begins with a capital."""
    text = sentence(text)
    return text[:1].upper() + text[1:]


def clause(text: str) -> str:
    """The text without its full stop, so that a sentence can go on."""
    return text.strip().removesuffix(".")


def statement(part: NotePart) -> str:
    """The note's own statement as a sentence, or the word that it defines with a colon."""
    return f"{named(part)}:" if part.note.kind is NoteKind.TERM else sentence(named(part))


def _asserted(part: NotePart) -> str:
    speaker = str(getattr(part.note.fields, "asserted_by", "")).strip()
    return f"Asserted by {sentence(speaker)}" if speaker and not part.mine else ""


def _labelled(label: str, text: str) -> str:
    return f"{label}: {sentence(text)}" if text.strip() else ""


def _agendas(bearings: tuple[AgendaBearing, ...]) -> list[tuple[Bearing, str]]:
    """Agendas by how the note bears on them, in words."""
    groups = [
        (bearing, [each.agenda.replace("-", " ").replace("_", " ") for each in bearings if each.bearing is bearing])
        for bearing in Bearing
    ]
    return [(bearing, enumerated(agendas)) for bearing, agendas in groups if agendas]


def result(fields: MethodFields) -> str:
    """What a method came to: the metric with its number, the baseline's beside it, and the outcome in a word."""
    numbers = f"{fields.value:g}" if fields.value is not None else ""
    if fields.baseline_value is not None:
        numbers = f"{numbers or 'unknown'} against {fields.baseline_value:g}"
    measured = " ".join(part for part in (fields.metric, numbers) if part)
    return f"{measured} ({fields.outcome})" if measured and fields.outcome else measured or fields.outcome


def _now(quote: SummaryQuote) -> str:
    differs = quote.found and " ".join(quote.found.split()) != " ".join(quote.text.split())
    return f"it now reads “{quote.found}”" if differs and quote.state is not AnchorState.EXACT else ""


FILTERS: dict[str, Callable[..., Any]] = {
    phrase.__name__: phrase
    for phrase in (
        named,
        tail,
        details,
        answer,
        where,
        held,
        relation,
        kind_of_evidence,
        strength,
        minutes,
        counted,
        authors,
        short,
        sentence,
        opening,
        clause,
        statement,
    )
}
"""By the names that templates know them by."""
