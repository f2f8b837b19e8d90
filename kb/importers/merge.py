"""A work becomes a paper, or adds what a paper lacked; what the library knows already is never replaced."""

from kb.bibtex.kept_fields import united
from kb.library import paper_rows
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.paper import Paper, PaperDraft

_TELLING = ("title", "authors", "year", "venue", "arxiv_id", "doi")


def add(record: Record, draft: PaperDraft, key: str) -> Paper:
    """A new paper under the item's own key, if no other has it."""
    with record.write() as connection:
        is_free = bool(key) and not paper_rows.is_taken(connection, key)
        paper = paper_rows.insert(connection, draft, None)
        if is_free and key != paper.key:
            paper_rows.update(connection, paper.id, {"key": key})
    return Papers(record).get(paper.id)


def join(record: Record, paper: Paper, draft: PaperDraft, key: str) -> Paper:
    """A known paper with what it lacked, findable by the item's key too."""
    missing = {name: value for name, value in draft.model_dump().items() if value and not getattr(paper, name)}
    if paper.bibtex and draft.bibtex:
        missing["bibtex"] = united(paper.bibtex, draft.bibtex).model_dump()
    with record.write() as connection:
        if missing:
            stored = {name: list(value) if isinstance(value, tuple) else value for name, value in missing.items()}
            paper_rows.update(connection, paper.id, stored)
        if key and not paper_rows.is_taken(connection, key):
            paper_rows.add_alias(connection, paper.id, key)
    return Papers(record).get(paper.id)


def kept(paper: Paper, draft: PaperDraft) -> tuple[str, ...]:
    """What the item says otherwise than the library, which stays as it is."""
    pairs = ((name, getattr(paper, name), getattr(draft, name)) for name in _TELLING)
    return tuple(name for name, mine, theirs in pairs if mine and theirs and mine != theirs)
