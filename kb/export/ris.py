"""RIS, which EndNote, Mendeley and Zotero read."""

from collections.abc import Iterable

from kb.export.bibtex import ARXIV_PAGE, citation_key, entry_type
from kb.export.names import parts_of
from kb.export.plain import one_line
from kb.models.paper import Paper, PaperKind

_TYPES: dict[PaperKind, str] = {
    PaperKind.POST: "BLOG",
    PaperKind.SITE: "ELEC",
    PaperKind.COURSE: "ELEC",
    PaperKind.TALK: "SLIDE",
    PaperKind.VIDEO: "VIDEO",
    PaperKind.PODCAST: "SOUND",
    PaperKind.PRIMER: "GEN",
}
_OF_BIBTEX = {
    "inproceedings": ("CPAPER", "T2"),
    "article": ("JOUR", "JO"),
    "book": ("BOOK", "PB"),
    "misc": ("UNPB", "T2"),
}
"""Type, and the tag of the venue."""


def ris(papers: Iterable[Paper]) -> str:
    """One record a paper, ordered by key."""
    by_key = {citation_key(paper): paper for paper in papers}
    return "\n".join(_record(key, by_key[key]) for key in sorted(by_key))


def _record(key: str, paper: Paper) -> str:
    kind, venue = _OF_BIBTEX[entry_type(paper)]
    tags = [
        ("TY", _TYPES.get(paper.kind, kind)),
        ("ID", key),
        ("TI", paper.title),
        *(("AU", _name(author)) for author in paper.authors),
        ("PY", str(paper.year) if paper.year is not None else ""),
        (venue, paper.venue),
        ("DO", paper.doi or ""),
        ("UR", paper.url or (ARXIV_PAGE + paper.arxiv_id if paper.arxiv_id else "")),
        ("AN", f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""),
        ("AB", paper.abstract),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in tags if value.strip()]
    return "\n".join([*lines, "ER  - "]) + "\n"


def _name(author: str) -> str:
    """``Family, Given, Suffix``; a group's name as it stands."""
    name = parts_of(author)
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
