"""What a hit says besides what it was read from: whose paper it is, and what a note bears on."""

from collections.abc import Sequence

from kb.library.light_reader import RecordReader
from kb.library.search_queries import PaperBrief, agendas_of, paper_briefs
from kb.models.authors import short_authors
from kb.models.search import Hit


def with_facts(reader: RecordReader, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The same hits with what the record knows of their papers, and of what their notes bear on."""
    papers = paper_briefs(reader, {hit.paper for hit in hits if hit.paper})
    agendas = agendas_of(reader, [hit.note for hit in hits if hit.note])
    return tuple(
        hit.model_copy(
            update={
                **_of_paper(papers.get(hit.paper or ""), hit.title),
                "agendas": tuple(sorted(agendas.get(hit.note or "", ()))),
            }
        )
        for hit in hits
    )


def _of_paper(paper: PaperBrief | None, title: str) -> dict[str, str]:
    """The record's title wins over what the file's first page seemed to say."""
    if paper is None:
        return {}
    by = f"{short_authors(paper.authors)} {paper.year or ''}".strip()
    return {"title": paper.title or title, "key": paper.key, "by": by}
