"""The reader's standing as plain data, for ``--json``: one shape for each noun, wherever it appears."""

from datetime import date
from typing import Any

from kb.insight.agenda_view import AgendaView, FormerView, LinkView, VoiceView
from kb.insight.cited_works import Reading
from kb.insight.credence_log import CredenceStep
from kb.insight.evidence import Evidence
from kb.insight.link_works import OURS, BearingView
from kb.insight.mind_changers import MindChanger
from kb.models.credence import Credence


def credence_data(credence: Credence | None) -> dict[str, Any] | None:
    """An entry of the log."""
    if credence is None:
        return None
    return {
        "subject": credence.subject.id,
        "kind": credence.subject.kind.value,
        "statement": credence.subject.statement,
        "p": round(credence.p, 6),
        "low": credence.low,
        "high": credence.high,
        "reason": credence.reason,
        "trigger": credence.trigger.model_dump(),
        "provenance": credence.provenance.value,
        "at": credence.at.isoformat(),
    }


def step_data(step: CredenceStep) -> dict[str, Any]:
    """An entry with the one before it."""
    return {
        **(credence_data(step.credence) or {}),
        "before": credence_data(step.before),
        "moved": round(step.moved, 6) if step.before else None,
    }


def evidence_data(item: Evidence) -> dict[str, Any]:
    """A note as evidence."""
    return {
        "note": item.id,
        "kind": item.note.kind.value,
        "says": item.says,
        "side": {1: "for", -1: "against", 0: "neutral"}[item.sign],
        "strength": round(item.strength, 4),
        "doubt": item.doubt,
        "sort": item.sort,
        "paper": item.note.paper,
        "provenance": item.note.provenance.value,
        "via": item.via or None,
        "link": item.link.value if item.link else None,
        "at": item.at.isoformat(),
    }


def reading_data(reading: Reading) -> dict[str, Any]:
    """Something to read."""
    return {**reading.model_dump(mode="json"), "get": reading.get}


def link_data(link: LinkView) -> dict[str, Any]:
    """One link of a chain."""
    return {
        "claim": link.claim.id,
        "number": link.number,
        "statement": link.claim.statement,
        "credence": credence_data(link.credence),
        "for": [evidence_data(item) for item in link.supporting],
        "against": [evidence_data(item) for item in link.opposing],
        "neutral": [evidence_data(item) for item in link.neutral],
        "sources": [source.model_dump() for source in link.claim.sources],
        "works": {
            "for": [_bearing_data(one) for one in link.works_for],
            "against": [_bearing_data(one) for one in link.works_against],
        },
        "raises": list(link.claim.raises),
        "lowers": list(link.claim.lowers),
        "outcome": link.claim.outcome,
        "scale": link.claim.scale or None,
        "date": link.claim.date,
        "reproductions": list(link.claim.reproductions),
    }


def _bearing_data(one: BearingView) -> dict[str, Any]:
    return {**one.bearing.model_dump(), "title": one.reading.title, "year": one.reading.year}


def _former_data(one: FormerView) -> dict[str, Any]:
    notes = [evidence_data(item) for item in one.items]
    return {**one.link.model_dump(), "credence": credence_data(one.credence), "notes": notes}


def _work_data(reading: Reading) -> dict[str, Any]:
    return {"id": reading.cite, "title": reading.title, "authors": list(reading.authors), "year": reading.year}


def _newest_data(view: AgendaView, today: date) -> dict[str, Any] | None:
    """The newest source and how old it is, in months."""
    if (newest := view.newest) is None:
        return None
    return {**_work_data(newest.reading), "when": newest.when, "months": newest.months(today), "age": newest.age(today)}


def _voice_data(view: VoiceView) -> dict[str, Any]:
    return {**view.voice.model_dump(), "unread": view.is_unread, "readings": [reading_data(r) for r in view.sources]}


def agenda_data(view: AgendaView, changers: tuple[MindChanger, ...], today: date) -> dict[str, Any]:
    """The whole map of an agenda."""
    agenda, weakest = view.agenda, view.weakest
    why = {one.cite: one.why for one in agenda.reading_order}
    return {
        "agenda": agenda.id,
        "title": agenda.title,
        "tags": list(agenda.tags),
        "origin": view.origin,
        "reviewed": agenda.reviewed,
        "newest": _newest_data(view, today),
        "know_first": list(agenda.know_first),
        "problem": agenda.problem.model_dump(),
        "credence": credence_data(view.credence),
        "product": list(view.product) if view.product else None,
        "chain": [link_data(link) for link in view.chain],
        "outcomes_are": OURS if any(link.claim.outcome for link in view.chain) else None,
        "former_links": [_former_data(one) for one in view.former],
        "general": [evidence_data(item) for item in view.general],
        "weakest": {"claim": weakest.claim.id, "number": weakest.number, "why": weakest.why},
        "cruxes": [crux.model_dump() for crux in agenda.cruxes],
        "proponents": [_voice_data(voice) for voice in view.proponents],
        "critics": [_voice_data(voice) for voice in view.critics],
        "no_critics": agenda.no_critics or None,
        "would_change_my_mind": [mind_changer.model_dump() for mind_changer in changers],
        "papers": [
            {**reading_data(reading), "id": cite, "why": why[cite]}
            for cite, reading in zip(agenda.papers, view.papers, strict=True)
        ],
        "works": [_work_data(reading) for reading in view.works],
        "reproductions": list(agenda.reproductions),
    }
