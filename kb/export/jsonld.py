"""The library as JSON-LD: claims, evidence, questions and their sources in the terms of Discourse Graphs.

The context stands in the file itself, so that it is read without a network. Quotes are selectors of the W3C's Web
Annotation; what Discourse Graphs has no term for has one of our own.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from kb.escape.plain import visible
from kb.export.bibtex import ARXIV_PAGE
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.anchor import Anchor
from kb.models.credence import Credence, SubjectKind
from kb.models.note import Link, LinkKind, Note
from kb.models.note_kind import NoteKind, headline_field
from kb.models.paper import Paper

OWN = "urn:insideview:terms#"
CONTEXT: dict[str, Any] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
    "sioc": "http://rdfs.org/sioc/ns#",
    "schema": "http://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "dgb": "https://discoursegraphs.com/schema/dg_base#",
    "dgc": "https://discoursegraphs.com/schema/dg_core#",
    "iv": OWN,
    "title": "dct:title",
    "content": "sioc:content",
    "created": {"@id": "dct:created", "@type": "xsd:dateTime"},
    "modified": {"@id": "dct:modified", "@type": "xsd:dateTime"},
    "year": {"@id": "dct:issued", "@type": "xsd:gYear"},
    "authors": {"@id": "dct:creator", "@container": "@list"},
    "url": {"@id": "schema:url", "@type": "@id"},
    "identifier": "dct:identifier",
    "citationKey": "iv:citationKey",
    "sourceDocument": {"@id": "dgc:sourceDocument", "@type": "@id"},
    "source": {"@id": "dgb:source", "@type": "@id"},
    "destination": {"@id": "dgb:destination", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@vocab"},
    "strength": {"@id": "iv:strength", "@type": "xsd:double"},
    "doubt": "iv:doubt",
    "selectors": {"@id": "oa:hasSelector", "@container": "@list"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "page": {"@id": "schema:pageStart", "@type": "xsd:integer"},
    "provenance": "iv:provenance",
    "assertedBy": "iv:assertedBy",
    "evidenceKind": "iv:evidenceKind",
    "credences": {"@id": "iv:credence", "@container": "@list"},
    "low": {"@id": "iv:low", "@type": "xsd:double"},
    "high": {"@id": "iv:high", "@type": "xsd:double"},
    "reason": "iv:reason",
    "at": {"@id": "dct:date", "@type": "xsd:dateTime"},
    "field": "iv:field",
    "name": "schema:name",
    "value": "schema:value",
}
_TYPES: dict[NoteKind, str] = {
    NoteKind.CLAIM: "dgc:Claim",
    NoteKind.EVIDENCE: "dgc:Evidence",
    NoteKind.QUESTION: "dgc:Question",
}
_PREDICATES: dict[LinkKind, str] = {LinkKind.SUPPORTS: "dgc:supports", LinkKind.OPPOSES: "dgc:opposes"}
_TOLD_APART = frozenset({"asserted_by", "evidence_kind"})


def discourse_graph(record: Record) -> dict[str, Any]:
    """Everything that was noted, believed and linked, with the papers that it stands on, as one JSON-LD document."""
    notes = Notes(record).all()[::-1]
    shown = {note.id for note in notes}
    log: dict[str, list[Credence]] = {}
    for credence in Credences(record).history():
        log.setdefault(credence.subject.id, []).append(credence)
    papers = sorted(Papers(record).all(), key=lambda paper: paper.key)
    links = [link for link in Links(record).all() if link.source in shown and link.target in shown]
    agendas = dict.fromkeys(bearing.agenda for note in notes for bearing in note.agendas)
    graph = [
        *map(_paper, papers),
        *({"@id": _urn("agenda", agenda), "@type": "iv:Agenda", "title": visible(agenda)} for agenda in agendas),
        *(_note(note, log.get(note.id, ())) for note in notes),
        *map(_link, links),
        *(bearing for note in notes for bearing in _bearings(note)),
        *(_belief(log[subject]) for subject in log if log[subject][0].subject.kind is not SubjectKind.NOTE),
    ]
    return {"@context": CONTEXT, "@graph": graph}


def _urn(kind: str, name: str) -> str:
    return f"urn:insideview:{kind}:{quote(name, safe='')}"


def _told(**values: Any) -> dict[str, Any]:
    """The values that are there; text is shown, never obeyed."""
    return {
        name: visible(value) if isinstance(value, str) and name not in {"created", "modified", "at"} else value
        for name, value in values.items()
        if value not in (None, "", [], ())
    }


def _paper(paper: Paper) -> dict[str, Any]:
    identifiers = [f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else "", f"doi:{paper.doi}" if paper.doi else ""]
    page = paper.url or (ARXIV_PAGE + paper.arxiv_id if paper.arxiv_id else "")
    told = _told(
        title=paper.title,
        authors=[visible(author) for author in paper.authors],
        year=str(paper.year) if paper.year is not None else "",
        citationKey=paper.key,
        identifier=[visible(one) for one in identifiers if one],
        url=quote(page, safe=":/?#@!$&'()*+,;=%~") if page.startswith(("http://", "https://")) else "",
    )
    return {"@id": _urn("paper", paper.id), "@type": "dgc:SourceDocument", **told}


def _note(note: Note, credences: Iterable[Credence]) -> dict[str, Any]:
    fields = note.fields.model_dump(mode="json")
    headline = headline_field(note.kind)
    others = {name: value for name, value in fields.items() if name not in {headline, *_TOLD_APART}}
    told = _told(
        title=note.headline,
        content=note.body,
        sourceDocument=_urn("paper", note.paper) if note.paper else "",
        created=note.created_at.isoformat(),
        modified=note.revised_at.isoformat(),
        provenance=note.provenance.value,
        assertedBy=fields.get("asserted_by"),
        evidenceKind=fields.get("evidence_kind"),
        field=[_told(name=name, value=str(value)) for name, value in others.items() if value not in ("", None)],
        selectors=[_selector(anchor) for anchor in note.anchors],
        credences=[_credence(credence) for credence in credences],
    )
    return {"@id": _urn("note", note.id), "@type": _TYPES.get(note.kind, f"iv:{note.kind.value.capitalize()}"), **told}


def _selector(anchor: Anchor) -> dict[str, Any]:
    told = _told(exact=anchor.quote, prefix=anchor.prefix, suffix=anchor.suffix, page=anchor.page)
    return {"@type": "oa:TextQuoteSelector", **told}


def _credence(credence: Credence) -> dict[str, Any]:
    return _told(low=credence.low, high=credence.high, reason=credence.reason, at=credence.at.isoformat())


def _link(link: Link) -> dict[str, Any]:
    ends = {"source": _urn("note", link.source), "destination": _urn("note", link.target)}
    told = _told(strength=link.strength, doubt=link.doubt)
    predicate = _PREDICATES.get(link.kind, f"iv:{link.kind.value}")
    return {"@id": _urn("link", link.id), "@type": "dgb:RelationInstance", "predicate": predicate, **ends, **told}


def _bearings(note: Note) -> Iterable[dict[str, Any]]:
    for bearing in note.agendas:
        ends = {"source": _urn("note", note.id), "destination": _urn("agenda", bearing.agenda)}
        predicate = f"iv:{bearing.bearing.value}"
        name = _urn("bearing", f"{note.id}/{bearing.agenda}")
        yield {"@id": name, "@type": "dgb:RelationInstance", "predicate": predicate, **ends}


def _belief(log: list[Credence]) -> dict[str, Any]:
    """An agenda, or a link of its chain, that the reader rated."""
    subject = log[-1].subject
    told = _told(title=subject.statement, credences=[_credence(credence) for credence in log])
    if subject.kind is SubjectKind.AGENDA:
        return {"@id": _urn("agenda", subject.id), "@type": "iv:Agenda", **told}
    return {"@id": _urn("chain", subject.id), "@type": "dgc:Claim", **told}
