"""BibTeX and BibLaTeX entries as what the library knows of a work."""

import re
from collections.abc import Mapping

from kb.bibtex.latex_text import text_of
from kb.bibtex.scan import RawEntry
from kb.errors import UsageError
from kb.models.paper import BibEntry, PaperDraft, PaperKind
from kb.models.provenance import Provenance
from kb.sources.arxiv_id import arxiv_id_of
from kb.sources.identify import identify

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_URL = re.compile(r"https?://[^\s{}]+")
_ARXIV = re.compile(r"arxiv", re.IGNORECASE)
_ARXIV_FIELDS = ("journal", "journaltitle", "url", "doi", "note", "howpublished", "volume")
_ARXIV_PLACES = re.compile(
    r"https?://[^\s{}]+|10\.48550/[^\s{}]+|(?:arXiv:\s*|abs/)?\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+/\d{7}"
)
"""What in a field may be an arXiv id."""
VENUES = ("booktitle", "journaltitle", "journal", "eventtitle", "publisher", "school", "institution", "howpublished")
_KINDS = {
    **dict.fromkeys(("book", "inbook", "collection", "mvbook", "booklet"), PaperKind.BOOK),
    **dict.fromkeys(("online", "electronic", "www"), PaperKind.POST),
    **dict.fromkeys(("video", "movie"), PaperKind.VIDEO),
    "audio": PaperKind.PODCAST,
}


def draft_of(entry: RawEntry) -> PaperDraft:
    """The work that an entry describes."""
    fields = entry.fields
    arxiv_id = _arxiv_id(fields)
    return PaperDraft(
        title=text_of(fields.get("title", "")) or entry.key,
        authors=names_in(fields.get("author") or fields.get("editor", "")),
        year=_year(fields),
        kind=_KINDS.get(entry.type, PaperKind.PAPER),
        arxiv_id=arxiv_id,
        doi=_doi(fields),
        url=_url(fields),
        venue=_venue(fields),
        abstract=text_of(fields.get("abstract", "")),
        bibtex=BibEntry(type=entry.type, fields=fields),
        provenance=Provenance.IMPORT,
    )


def names_in(latex: str) -> tuple[str, ...]:
    """Authors as a reader writes them: given name first."""
    return tuple(filter(None, (_name(part) for part in _split(latex, _AND))))


def _name(latex: str) -> str:
    """``Family, Suffix, Given`` turned round; a group in braces as it stands."""
    latex = latex.strip()
    if latex.lower() == "others":
        return "et al."
    parts = [text_of(part) for part in _split(latex, re.compile(","))]
    if len(parts) == 3:
        family, suffix, given = parts
        return " ".join(part for part in (given, family, suffix) if part)
    if len(parts) == 2:
        return " ".join(part for part in reversed(parts) if part)
    return text_of(latex)


def _split(latex: str, separator: re.Pattern[str]) -> list[str]:
    """Parts between separators that no braces enclose."""
    parts, start = [], 0
    for match in separator.finditer(latex):
        before = latex[start : match.start()]
        if before.count("{") == before.count("}"):
            parts.append(before)
            start = match.end()
    return [*parts, latex[start:]]


def _year(fields: Mapping[str, str]) -> int | None:
    found = _YEAR.search(fields.get("year", "") or fields.get("date", ""))
    return int(found.group()) if found else None


def venue_field(fields: Mapping[str, str]) -> str | None:
    """The field that says where the work came out."""
    for name in VENUES:
        venue = text_of(fields.get(name, ""))
        if venue and not _ARXIV.match(venue) and not _URL.search(venue):
            return name
    return None


def _venue(fields: Mapping[str, str]) -> str:
    return text_of(fields.get(venue_field(fields) or "", ""))


def _doi(fields: Mapping[str, str]) -> str | None:
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", fields.get("doi", "").strip(), flags=re.IGNORECASE)
    return doi.replace("\\_", "_").replace("\\", "") or None


def _url(fields: Mapping[str, str]) -> str | None:
    """The page of the work, unless it only repeats its arXiv id or DOI."""
    for name in ("url", "howpublished", "note"):
        found = _URL.search(fields.get(name, ""))
        if found and not _ARXIV.search(found.group()) and "doi.org/" not in found.group():
            return found.group().replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("\\#", "#")
    return None


def _arxiv_id(fields: Mapping[str, str]) -> str | None:
    """From the eprint, or from wherever else reference managers put it."""
    kind = fields.get("archiveprefix") or fields.get("eprinttype", "")
    told = [fields.get("eprint", "")] if not kind or _ARXIV.search(kind) else []
    others = [value for name in _ARXIV_FIELDS if _ARXIV.search(value := fields.get(name, ""))]
    told += [place for value in others for place in _ARXIV_PLACES.findall(value)]
    for place in told:
        try:
            found = arxiv_id_of(identify(place))
        except UsageError:
            continue
        if found:
            return found
    return None
