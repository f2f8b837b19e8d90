"""What Zotero says of a work, whichever file it comes in: its kinds, its fields, and the ids hidden in them."""

import re
from collections.abc import Mapping, Sequence

from kb.errors import UsageError
from kb.importers.foreign_work import entry_of, year_in
from kb.importers.html_text import plain_title
from kb.models.paper import PaperDraft, PaperKind
from kb.models.provenance import Provenance
from kb.sources.arxiv_id import arxiv_id_of
from kb.sources.identify import identify

NOT_WORKS = frozenset({"attachment", "note", "annotation"})
_TYPES = {
    "journalArticle": "article",
    "magazineArticle": "article",
    "newspaperArticle": "article",
    "conferencePaper": "inproceedings",
    "book": "book",
    "bookSection": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
_KINDS = {
    "book": PaperKind.BOOK,
    "blogPost": PaperKind.POST,
    "forumPost": PaperKind.POST,
    "webpage": PaperKind.POST,
    "videoRecording": PaperKind.VIDEO,
    "podcast": PaperKind.PODCAST,
    "presentation": PaperKind.TALK,
}
_VENUES = ("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "blogTitle", "websiteTitle",
           "university", "institution", "publisher", "repository")  # fmt: skip
_TITLES = ("title", "caseName", "nameOfAct", "subject")
"""What a work is called, by its kind: a court's case and an act have no field named title."""
_DATES = ("date", "dateDecided", "dateEnacted", "issueDate")
_EXTRAS = {
    "volume": "volume",
    "issue": "number",
    "pages": "pages",
    "publisher": "publisher",
    "place": "address",
    "ISBN": "isbn",
    "ISSN": "issn",
    "series": "series",
    "seriesNumber": "number",
    "edition": "edition",
    "language": "language",
    "shortTitle": "shorttitle",
    "journalAbbreviation": "shortjournal",
    "numPages": "pagetotal",
    "reportNumber": "number",
    "conferenceName": "eventtitle",
    "rights": "copyright",
    "extra": "note",
}
"""Fields that a paper has no place for, by the name that BibTeX has for them."""


def title_of(fields: Mapping[str, str]) -> str:
    """What an item is called, without markup; empty where it is not."""
    return next(filter(None, (plain_title(fields.get(name, "")) for name in _TITLES)), "")


def draft_of_item(
    kind: str, fields: Mapping[str, str], authors: Sequence[str], tags: Sequence[str], title: str
) -> PaperDraft:
    """The work that Zotero's own fields describe."""
    extras = {ours: fields[theirs] for theirs, ours in _EXTRAS.items() if fields.get(theirs)}
    if tags:
        extras["keywords"] = ", ".join(tags)
    venue = plain_title(next((fields[name] for name in _VENUES if fields.get(name)), ""))
    return PaperDraft(
        title=plain_title(title),
        authors=tuple(authors),
        year=year_in(*(fields.get(name) for name in _DATES)),
        kind=_KINDS.get(kind, PaperKind.PAPER),
        arxiv_id=_arxiv_id(fields),
        doi=_doi(fields),
        url=_url(fields),
        venue="" if re.match(r"arxiv", venue, re.IGNORECASE) else venue,
        abstract=fields.get("abstractNote", ""),
        bibtex=entry_of(_TYPES.get(kind, "misc"), extras),
        provenance=Provenance.IMPORT,
    )


def _doi(fields: Mapping[str, str]) -> str | None:
    said = fields.get("DOI", "") or next(iter(re.findall(r"(?m)^DOI:\s*(\S+)", fields.get("extra", ""))), "")
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", said.strip(), flags=re.IGNORECASE)
    return doi if doi.startswith("10.") and not doi.lower().startswith("10.48550/arxiv.") else None


def _url(fields: Mapping[str, str]) -> str | None:
    said = fields.get("url", "").strip()
    is_page = re.match(r"https?://", said) and "arxiv.org/" not in said and "doi.org/" not in said
    return said if is_page else None


def _arxiv_id(fields: Mapping[str, str]) -> str | None:
    """Zotero keeps it in the extra field, the archive's id, the report's number, the DOI or the address."""
    told = [*re.findall(r"(?im)^arxiv:\s*(\S+)", fields.get("extra", "")), fields.get("archiveID", "")]
    told += [fields.get(name, "") for name in ("reportNumber", "DOI", "url", "publicationTitle")]
    for text in told:
        if not re.search(r"arxiv|^\d{4}\.\d{4,5}", text, re.IGNORECASE):
            continue
        try:
            found = arxiv_id_of(identify(text.split(" ")[0]))
        except UsageError:
            continue
        if found:
            return found
    return None
