"""RIS, which EndNote, Mendeley and Zotero read."""

import re
from collections.abc import Iterable

from kb.bibtex.latex_text import text_of
from kb.bibtex.names import parts_of
from kb.escape.plain import one_line
from kb.export.bibtex import ARXIV_PAGE, citation_key, entry_type
from kb.models.paper import Paper, PaperKind

_TYPES: dict[PaperKind, str] = {
    PaperKind.POST: "BLOG",
    PaperKind.SITE: "ELEC",
    PaperKind.COURSE: "ELEC",
    PaperKind.TALK: "SLIDE",
    PaperKind.VIDEO: "VIDEO",
    PaperKind.PODCAST: "SOUND",
    PaperKind.PRIMER: "GEN",
    PaperKind.EXERCISE: "GEN",
}
_OF_BIBTEX = {
    "inproceedings": ("CPAPER", "T2"),
    "article": ("JOUR", "JO"),
    "book": ("BOOK", "PB"),
    "misc": ("UNPB", "T2"),
    **dict.fromkeys(("incollection", "inbook"), ("CHAP", "T2")),
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), ("THES", "PB")),
    **dict.fromkeys(("techreport", "report"), ("RPRT", "PB")),
    **dict.fromkeys(("online", "electronic", "www"), ("ELEC", "T2")),
}
"""Type, and the tag of the venue."""


def ris(papers: Iterable[Paper]) -> str:
    """One record a paper, ordered by key."""
    by_key = {citation_key(paper): paper for paper in papers}
    return "\n".join(_record(key, by_key[key]) for key in sorted(by_key))


def _record(key: str, paper: Paper) -> str:
    kind, venue = _OF_BIBTEX.get(entry_type(paper), ("GEN", "T2"))
    tags = [
        ("TY", _TYPES.get(paper.kind, kind)),
        ("ID", key),
        ("TI", paper.title),
        *(("AU", _name(author)) for author in paper.authors),
        ("PY", str(paper.year) if paper.year is not None else ""),
        (venue, paper.venue),
        *_imported(paper),
        ("DO", paper.doi or ""),
        ("UR", paper.url or (ARXIV_PAGE + paper.arxiv_id if paper.arxiv_id else "")),
        ("AN", f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""),
        ("AB", paper.abstract),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in tags if value.strip()]
    return "\n".join([*lines, "ER  - "]) + "\n"


def _imported(paper: Paper) -> list[tuple[str, str]]:
    """What only the entry says that a paper was imported from."""
    entry = paper.bibtex.fields if paper.bibtex else {}
    fields = {name: text_of(entry[name]) for name in ("pages", "volume", "number") if name in entry}
    first, _, last = (part.strip() for part in re.sub("[-–—]+", "-", fields.get("pages", "")).partition("-"))
    return [("VL", fields.get("volume", "")), ("IS", fields.get("number", "")), ("SP", first), ("EP", last)]


def _name(author: str) -> str:
    """``Family, Given, Suffix``; a group's name as it stands."""
    name = parts_of(author)
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
