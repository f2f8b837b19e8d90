"""One entry of a bibliography, read for its year, arXiv id and DOI."""

import re
from datetime import date

from kb.models.text import Reference
from kb.reading.structure.entry_title import title

ARXIV = re.compile(
    r"(?:arxiv(?:\.org)?(?:\s*(?:e-?)?prints?|\s*preprint)?[\s,:./]*(?:abs|pdf|html)?[/:\s]*(?:arxiv)?[\s:]*|\babs/\s?)"
    r"(\d{4}\.\s?\d{4,5}(?!\d)|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})"
    r"|\b(\d{4}\.\d{4,5})(?:v\d+)?\s*\[[a-z-]+",
    re.IGNORECASE,
)
DOI = re.compile(r"\b(10\.\d{4,9}/\s?[^\s\"<>{}|]+[^\s\"<>{}|.,;:)\]])")
YEAR = re.compile(r"(?<![\d./:-])((?:19|20)\d\d)[a-z]?(?![\d/])(?!\.\d)(?!\s?[–-]\s?\d)")


def read(text: str, index: int) -> Reference:
    """What can be recognised in the entry."""
    arxiv, doi = ARXIV.search(text), DOI.search(text)
    return Reference(
        index=index,
        text=text,
        title=title(text),
        year=year(text),
        arxiv_id="".join((arxiv[1] or arxiv[2]).split()) if arxiv else None,
        doi="".join(doi[1].split()) if doi else None,
    )


def year(text: str) -> int | None:
    """The year of publication: in brackets if any, else the last one that is no part of a number or link."""
    years = [int(found) for found in YEAR.findall(text) if 1500 < int(found) <= date.today().year + 1]
    bracketed = re.search(r"\(((?:19|20)\d\d)[a-z]?\)", text)
    if bracketed:
        return int(bracketed[1])
    return years[-1] if years else None
