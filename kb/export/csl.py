"""CSL-JSON, which pandoc, Zotero and word processors read."""

from collections.abc import Iterable, Iterator
from typing import Any

from kb.bibtex.latex_text import text_of
from kb.bibtex.names import parts_of
from kb.escape.plain import visible
from kb.export.bibtex import ARXIV_PAGE, citation_key, entry_type
from kb.models.paper import Paper, PaperKind

_TYPES: dict[PaperKind, str] = {
    PaperKind.POST: "post-weblog",
    PaperKind.SITE: "webpage",
    PaperKind.COURSE: "webpage",
    PaperKind.TALK: "speech",
    PaperKind.VIDEO: "motion_picture",
    PaperKind.PODCAST: "broadcast",
    PaperKind.PRIMER: "document",
    PaperKind.EXERCISE: "document",
}
_ENTRY = {"volume": "volume", "number": "issue", "pages": "page", "isbn": "ISBN", "issn": "ISSN", "note": "note"}
_OF_BIBTEX = {
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("book", "proceedings", "collection"), "book"),
    **dict.fromkeys(("incollection", "inbook"), "chapter"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    "article": "article-journal",
    "misc": "article",
}


def csl_items(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """One item a paper, ordered by key; what is not known is left out."""
    by_key = {citation_key(paper): paper for paper in papers}
    return [_item(key, by_key[key]) for key in sorted(by_key)]


def _item(key: str, paper: Paper) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "title": visible(paper.title),
        "author": [_name(author) for author in paper.authors if author.strip()],
        "issued": {"date-parts": [[paper.year]]} if paper.year is not None else None,
        "publisher" if paper.kind is PaperKind.BOOK else "container-title": visible(paper.venue),
        "number": f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else "",
        "DOI": paper.doi,
        "URL": paper.url or (ARXIV_PAGE + paper.arxiv_id if paper.arxiv_id else ""),
        "abstract": visible(paper.abstract),
    }
    fields |= {name: text_of(value) for name, value in _imported(paper)}
    kept = {name: value for name, value in fields.items() if value}
    return {"id": key, "type": _TYPES.get(paper.kind) or _OF_BIBTEX.get(entry_type(paper), "document"), **kept}


def _imported(paper: Paper) -> Iterator[tuple[str, str]]:
    """What only the entry says that a paper was imported from."""
    fields = paper.bibtex.fields if paper.bibtex else {}
    return ((name, fields[field]) for field, name in _ENTRY.items() if fields.get(field))


def _name(author: str) -> dict[str, str]:
    name = parts_of(author)
    if not name.given:
        return {"literal": name.family}
    fields = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in fields.items() if value}
