"""An Anki package of terms, answered questions and rated beliefs; exported again, it updates the cards it made."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import NotFoundError, UsageError
from kb.escape.plain import visible
from kb.export.html import html_of
from kb.export.overview import cited, plainly, speaker
from kb.export.places import Places
from kb.export.wording import relation, sentence, where
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.base import Value
from kb.models.credence import Credence
from kb.models.note import Link, LinkKind, Note, QuestionFields, TermFields
from kb.models.note_kind import NoteKind
from kb.models.paper import Paper

if TYPE_CHECKING:
    import genanki

MODEL = 1_607_392_319
DECK = 2_059_400_110
"""Numbers by which Anki knows the cards' form and the deck again; they never change."""
_STYLE = """
.card { font: 20px/1.45 Georgia, serif; text-align: left; max-width: 36em; margin: 1em auto; }
.aside { font-size: 0.8em; opacity: 0.75; }
blockquote { border-left: 3px solid #c8a24a; margin: 0.6em 0; padding-left: 0.8em; }
"""


class AnkiCard(Value):
    """One card; its id is the note's own."""

    note: str
    front: str
    back: str
    source: str
    tags: tuple[str, ...]


def anki_package(record: Record) -> bytes:
    """The package as bytes; raises NotFoundError where there is nothing to learn, UsageError without genanki."""
    found = cards(record)
    if not found:
        raise NotFoundError(
            "there is no term, answered question or rated claim",
            next="kb note add PAPER --kind term --text WORD --field definition=…",
        )
    genanki = _library()
    deck = genanki.Deck(DECK, "Inside View")
    for card in found:
        deck.add_note(_anki_note(genanki, card))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.apkg"
        genanki.Package(deck).write_to_file(str(path))
        return path.read_bytes()


def cards(record: Record) -> tuple[AnkiCard, ...]:
    """The cards, oldest first, as HTML that shows what was written and obeys nothing."""
    maker = _Maker(record)
    try:
        return tuple(card for note in reversed(maker.notes.values()) if (card := maker.card(note)))
    finally:
        maker.close()


class _Maker:
    """Makes cards of notes."""

    def __init__(self, record: Record) -> None:
        notes = Notes(record).all()
        self.notes = {note.id: note for note in notes}
        self._papers: Mapping[str, Paper] = Papers(record).many({note.paper for note in notes if note.paper})
        self._credences = Credences(record).standing()
        self._places = Places(record)
        self._links: dict[str, list[Link]] = {}
        for link in Links(record).all():
            self._links.setdefault(link.target, []).append(link)

    def close(self) -> None:
        """Close the texts."""
        self._places.close()

    def card(self, note: Note) -> AnkiCard | None:
        """The note's card; None where there is nothing to ask."""
        sides = self._sides(note)
        if sides is None:
            return None
        tags = ("insideview", note.kind.value, *(bearing.agenda for bearing in note.agendas))
        front, back = sides
        return AnkiCard(note=note.id, front=front, back=back, source=self._source(note), tags=tuple(map(_tag, tags)))

    def _sides(self, note: Note) -> tuple[str, str] | None:
        fields, credence = note.fields, self._credences.get(note.id)
        if isinstance(fields, TermFields) and fields.term and (fields.definition or note.body.strip()):
            return f"What does {_bold(fields.term)} mean?", _text(fields.definition) + _own(note)
        if isinstance(fields, QuestionFields) and fields.answer:
            return _own(note), _text(fields.answer)
        if note.kind is NoteKind.CLAIM and credence:
            who = speaker(note)
            asserted = "" if who in ("", "my own") else f"{escape(visible(who))} say: "
            front = f"{asserted}{_bold(sentence(note.headline))}<br>How probable do you hold it to be, and why?"
            return front, "".join([*_rated(credence), *self._evidence(note)])
        return None

    def _evidence(self, claim: Note) -> Iterator[str]:
        lines = [
            f"<li>{escape(relation(link.kind))}: {escape(visible(plainly(other)))}</li>"
            for link in self._links.get(claim.id, ())
            if link.kind is not LinkKind.DEPENDS_ON and (other := self.notes.get(link.source))
        ]
        if lines:
            yield f"<ul>{''.join(lines)}</ul>"

    def _source(self, note: Note) -> str:
        paper = self._papers.get(note.paper or "")
        quotes = [self._places.quote(anchor, note.paper) for anchor in note.anchors[:1]]
        told = [f"<blockquote>{escape(visible(quote.text))}</blockquote>" for quote in quotes]
        places = [escape(visible(where(quote))) for quote in quotes if where(quote)]
        if paper:
            told.append(", ".join([escape(visible(f"{cited(paper)}, {paper.title}")), *places]))
        return "".join(told)


def _rated(credence: Credence) -> Iterable[str]:
    yield f"<p>{_bold(credence.words)}, on {credence.at:%Y-%m-%d}</p>"
    if credence.reason:
        yield _text(credence.reason)


def _own(note: Note) -> str:
    """The reader's own Markdown as HTML; tags in it are shown."""
    return html_of(visible(note.body)) if note.body.strip() else ""


def _text(text: str) -> str:
    return f"<p>{escape(visible(text))}</p>" if text.strip() else ""


def _bold(text: str) -> str:
    return f"<b>{escape(visible(text))}</b>"


def _tag(text: str) -> str:
    """Anki divides tags at spaces."""
    return "_".join(visible(text).split()).replace('"', "")


def _anki_note(genanki: Any, card: AnkiCard) -> "genanki.Note":
    return genanki.Note(
        model=_model(genanki),
        fields=[card.front, card.back, card.source],
        guid=genanki.guid_for("insideview", card.note),
        tags=list(card.tags),
    )


def _model(genanki: Any) -> Any:
    back = '{{FrontSide}}<hr id="answer">{{Back}}<div class="aside">{{Source}}</div>'
    fields = [{"name": name} for name in ("Front", "Back", "Source")]
    templates = [{"name": "Card", "qfmt": "{{Front}}", "afmt": back}]
    return genanki.Model(MODEL, "Inside View", fields=fields, templates=templates, css=_STYLE)


def _library() -> Any:
    try:
        import genanki
    except ImportError as error:
        raise UsageError(
            "Anki packages need genanki", "it is not installed", "pip install 'insideview[anki]'"
        ) from error
    return genanki
