"""BibLaTeX: the same works under the same keys, with the types of the web, and every key that a work once had."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from kb.bibtex.kept_fields import enclosed, with_kept
from kb.export.bibtex import entry_type, exact_key, is_key, known_fields, parent_key
from kb.models.paper import Paper, PaperKind

_ONLINE = frozenset({PaperKind.POST, PaperKind.SITE, PaperKind.COURSE, PaperKind.PRIMER, PaperKind.EXERCISE})
_RENAMED = {"journal": "journaltitle", "year": "date", "archiveprefix": "eprinttype", "howpublished": "organization"}
_TYPES = {"misc": "online", "conference": "inproceedings"}


def biblatex(papers: Iterable[Paper], aliases: Mapping[str, Sequence[str]]) -> str:
    """The entries of all papers, each once, ordered by key; ``aliases`` are the other keys of a paper, by its id."""
    by_key = {paper.key: paper for paper in papers}
    keys = {key: exact_key(paper) for key, paper in by_key.items()}
    return "\n".join(biblatex_entry(by_key[key], aliases.get(by_key[key].id, ()), keys) for key in sorted(by_key))


def biblatex_entry(paper: Paper, aliases: Sequence[str] = (), keys: Mapping[str, str] = MappingProxyType({})) -> str:
    """One paper as a BibLaTeX entry, ending with a newline; a citation by any of its keys finds it.

    ``keys`` are those of the file, by the papers' own.
    """
    fields = _kept(paper) if paper.bibtex else _own(paper)
    if "crossref" in fields:
        fields["crossref"] = parent_key(fields["crossref"], keys)
    key = exact_key(paper)
    ids = [*fields.pop("ids", "").split(","), *aliases]
    others = dict.fromkeys(name.strip() for name in ids if is_key(name.strip()) and name.strip() != key)
    if others:
        fields = {"ids": ", ".join(others), **fields}
    width = max(map(len, fields), default=0)
    lines = [f"  {name:<{width}} = {enclosed(name, value)}," for name, value in fields.items()]
    return "\n".join([f"@{_type(paper)}{{{key},", *lines, "}"]) + "\n"


def _own(paper: Paper) -> dict[str, str]:
    fields = {_RENAMED.get(name, name): value for name, value in known_fields(paper).items()}
    return {name: value.lower() if name == "eprinttype" else value for name, value in fields.items()}


def _kept(paper: Paper) -> dict[str, str]:
    """Fields of an imported entry as they came, since BibLaTeX knows BibTeX's names too."""
    assert paper.bibtex is not None
    return with_kept(paper, paper.bibtex, known_fields(paper))


def _type(paper: Paper) -> str:
    if paper.bibtex:
        return paper.bibtex.type
    if paper.kind in _ONLINE:
        return "online"
    found = entry_type(paper)
    return _TYPES.get(found, found) if paper.arxiv_id or paper.url else found
