"""BibTeX that LaTeX and reference managers read: keys fixed for life, capitals protected, the same order each time."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kb.bibtex.kept_fields import enclosed, with_kept
from kb.bibtex.names import bibtex_authors
from kb.bibtex.titles import protected_title
from kb.escape.latex import latex_text
from kb.escape.plain import one_line
from kb.escape.transliterate import transliterated
from kb.models.paper import Paper, PaperKind

_PROCEEDINGS = re.compile(
    r"\b(conference|proceedings|proc\.|workshop|symposium|meeting|neurips|nips|icml|iclr|aaai|ijcai|aistats|uai|colt|"
    r"corl|rss|acl|emnlp|naacl|coling|cvpr|iccv|eccv|kdd|facct|aies|satml|usenix|chi)\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(journal|transactions|letters|review|reviews|annals|nature|science|pnas|jmlr|tmlr|distill|magazine|quarterly|"
    r"physica|acta|entropy|neurocomputing|bulletin|communications)\b",
    re.IGNORECASE,
)
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9:.+/_*-]")
_ENDS_KEY = re.compile(r"[\s,{}()\"#%=~\\\x00-\x1f\x7f]")
"""What no program that reads bibliographies takes in a key, in whatever script."""
_NOT_IN_FIELDS = re.compile(r"[\s\\{}]")
_VENUE_OF = {
    "book": "publisher",
    "article": "journal",
    **dict.fromkeys(("inproceedings", "conference", "incollection"), "booktitle"),
}
ARXIV_PAGE = "https://arxiv.org/abs/"


def bibliography(papers: Iterable[Paper]) -> str:
    """The entries of all papers, each once, ordered by key; what others refer to comes last, as BibTeX wants it."""
    by_key = {paper.key: paper for paper in papers}
    parents = {paper.bibtex.fields.get("crossref", "").casefold() for paper in by_key.values() if paper.bibtex}
    keys = bibtex_keys(by_key.values())
    ordered = sorted(by_key, key=lambda key: (key.casefold() in parents, key))
    return "\n".join(bibtex_entry(by_key[key], keys) for key in ordered)


def bibtex_keys(papers: Iterable[Paper]) -> dict[str, str]:
    """The key under which each paper stands in a BibTeX file, by its own: in ASCII, and no two the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for paper in sorted(papers, key=lambda one: (citation_key(one) != one.key, one.key)):
        key, number = citation_key(paper), 1
        while key.lower() in taken:
            number += 1
            key = f"{citation_key(paper)}-{number}"
        taken.add(key.lower())
        found[paper.key] = key
    return found


def bibtex_entry(paper: Paper, keys: Mapping[str, str] = MappingProxyType({})) -> str:
    """One paper as a BibTeX entry, ending with a newline; ``keys`` are those of the file, by the papers' own."""
    fields = known_fields(paper)
    if paper.bibtex:
        fields = with_kept(paper, paper.bibtex, fields)
    if "crossref" in fields:
        fields["crossref"] = parent_key(fields["crossref"], keys)
    width = max(map(len, fields), default=0)
    lines = [f"  {name:<{width}} = {enclosed(name, value)}," for name, value in fields.items()]
    return "\n".join([f"@{entry_type(paper)}{{{keys.get(paper.key) or citation_key(paper)},", *lines, "}"]) + "\n"


def parent_key(named: str, keys: Mapping[str, str]) -> str:
    """The key under which the parent stands, whose case BibTeX does not mind and other programs do."""
    if named in keys:
        return keys[named]
    return next((key for own, key in keys.items() if own.casefold() == named.casefold()), named)


def citation_key(paper: Paper) -> str:
    """The paper's key in ASCII; what BibTeX does not allow in one is left out, the same way each time."""
    return next(filter(None, (_NOT_IN_KEYS.sub("", transliterated(one)) for one in (paper.key, paper.id))), "untitled")


def exact_key(paper: Paper) -> str:
    """The paper's key as it is, for formats that take any script; only what would end a key is left out."""
    return _ENDS_KEY.sub("", paper.key) or citation_key(paper)


def is_key(name: str) -> bool:
    """Whether a name can be a citation key as it stands."""
    return bool(name) and not _ENDS_KEY.search(name)


def known_fields(paper: Paper) -> dict[str, str]:
    """What the library knows of a paper, as LaTeX by field, in the order in which it is written."""
    return {name: value for name, value in _fields(paper).items() if value}


def entry_type(paper: Paper) -> str:
    """The BibTeX type: that of the entry that it was imported from, else from its kind and the name of its venue."""
    if paper.bibtex:
        return paper.bibtex.type
    if paper.kind is PaperKind.BOOK:
        return "book"
    if paper.kind is PaperKind.PAPER and _PROCEEDINGS.search(paper.venue):
        return "inproceedings"
    if paper.kind is PaperKind.PAPER and _JOURNAL.search(paper.venue):
        return "article"
    return "misc"


def _fields(paper: Paper) -> dict[str, str]:
    """Fields in the order in which they are written; empty ones are dropped later."""
    where = _VENUE_OF.get(entry_type(paper), "howpublished")
    return {
        "title": protected_title(paper.title) or latex_text(paper.key),
        "author": bibtex_authors(paper.authors),
        "year": str(paper.year) if paper.year is not None else "",
        where: latex_text(paper.venue),
        "eprint": _verbatim(paper.arxiv_id or ""),
        "archiveprefix": "arXiv" if paper.arxiv_id else "",
        "doi": _verbatim(paper.doi or ""),
        "url": _verbatim(paper.url or (ARXIV_PAGE + paper.arxiv_id if paper.arxiv_id else "")),
    }


def _verbatim(text: str) -> str:
    """A URL or identifier: styles print these as they stand, so what could end the field is percent-encoded."""
    return _NOT_IN_FIELDS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), one_line(text))
