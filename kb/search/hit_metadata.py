"""What a hit says besides what it was read from: whose paper it is, and what a note bears on."""

from collections.abc import Sequence
from typing import Any

from kb.models.authors import short_authors
from kb.models.search import Hit
from kb.search.record_reader import RecordReader, json_column

_PAPERS = "SELECT id, title, key, authors, year FROM papers WHERE id IN {ids}"
_AGENDAS = "SELECT note_id, agenda FROM note_agendas WHERE note_id IN {ids}"


def with_facts(reader: RecordReader, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The same hits with what the record knows of their papers, and of what their notes bear on."""
    papers = {id_: facts for id_, *facts in reader.rows_of(_PAPERS, {hit.paper for hit in hits if hit.paper})}
    notes = [hit.note for hit in hits if hit.note]
    agendas: dict[str, list[str]] = {}
    for note, agenda in reader.rows_of(_AGENDAS, notes):
        agendas.setdefault(note, []).append(agenda)
    return tuple(
        hit.model_copy(
            update={
                **_of_paper(papers.get(hit.paper or ""), hit.title),
                "agendas": tuple(sorted(agendas.get(hit.note or "", ()))),
            }
        )
        for hit in hits
    )


def _of_paper(facts: list[Any] | None, title: str) -> dict[str, str]:
    """The record's title wins over what the file's first page seemed to say."""
    if facts is None:
        return {}
    recorded, key, authors, year = facts
    names = json_column(authors)
    return {"title": recorded or title, "key": key, "by": f"{short_authors(names)} {year or ''}".strip()}
