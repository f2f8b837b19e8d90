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

_TITLE_ENDS = "?!.:–—"
"""After these, a subtitle follows without a colon."""
_EXTENDED = re.compile(r"(?P<part>family|given|prefix|suffix)\s*=\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d-])\d{4}")
"""Four digits that begin a number; one with a minus is a year before ours."""
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
        title=_title(fields) or entry.key,
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
    """``Family, Suffix, Given`` turned round, biblatex's named parts in order; a group in braces as it stands."""
    latex = latex.strip()
    if latex.lower() == "others":
        return "et al."
    if _EXTENDED.match(latex):
        return _extended(latex)
    parts = [text_of(part) for part in _split(latex, re.compile(","))]
    if len(parts) == 3:
        family, suffix, given = parts
        return " ".join(part for part in (given, family, suffix) if part)
    if len(parts) == 2:
        return " ".join(part for part in reversed(parts) if part)
    return text_of(latex)


def _extended(latex: str) -> str:
    """``family=Berg, given=Bob, prefix=van der`` as ``Bob van der Berg``."""
    pieces = (_EXTENDED.match(piece.strip()) for piece in _split(latex, re.compile(",")))
    said = {piece["part"].lower(): text_of(piece.string[piece.end() :].strip().strip('"')) for piece in pieces if piece}
    return " ".join(part for name in ("given", "prefix", "family", "suffix") if (part := said.get(name)))


def _title(fields: Mapping[str, str]) -> str:
    """The title with its subtitle, which biblatex keeps apart."""
    title, subtitle = (text_of(fields.get(name, "")) for name in ("title", "subtitle"))
    if not title or not subtitle:
        others = (text_of(fields.get(name, "")) for name in ("shorttitle", "booktitle", "maintitle"))
        return title or next(filter(None, others), "")
    return f"{title}{' ' if title[-1] in _TITLE_ENDS else ': '}{subtitle}"


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
    """The first year that the entry states; a span of years, as EDTF writes it, is dated by its first."""
    found = (_YEAR.search(text_of(fields.get(name, ""))) for name in ("year", "date", "eventdate"))
    return next((int(match.group()) for match in found if match), None)


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
