"""Who cites whom within the library: what a paper names, and which papers name it."""

import re
from collections.abc import Iterable

from kb.insight.citations import names
from kb.models.base import Value
from kb.models.paper import Paper
from kb.models.reading_state import WAS_READ
from kb.recall.text_queries import versions_naming
from kb.workspace import Workspace

_WORD = re.compile(r"[^\W\d_]{4,}")


class CitationLink(Value):
    """A paper of the library at the other end of a citation."""

    paper: str
    key: str
    title: str
    year: int | None = None
    read: bool = False


def cites(workspace: Workspace, paper: Paper, cited: Iterable[str | None]) -> tuple[CitationLink, ...]:
    """Papers of the library that the paper's bibliography names, in its order, each once."""
    ids = [id_ for id_ in dict.fromkeys(cited) if id_ is not None and id_ != paper.id]
    known = workspace.papers.many(ids)
    return tuple(_link(known[id_]) for id_ in ids)


def cited_by(workspace: Workspace, paper: Paper) -> tuple[CitationLink, ...]:
    """Papers of the library whose bibliography names the paper, those that were read first."""
    words = sorted(set(_WORD.findall(paper.title.lower())), key=lambda word: (-len(word), word))[:2]
    both = (words[0], words[-1]) if words else ("", "")
    rows = versions_naming(workspace.texts, paper.id, paper.arxiv_id or "", paper.doi or "", both)
    found = [id_ for id_, sha256 in rows if names(workspace.texts.references(sha256), paper)]
    links = [_link(workspace.papers.get(id_)) for id_ in found]
    return tuple(sorted(links, key=lambda link: (not link.read, link.year or 0, link.title)))


def _link(paper: Paper) -> CitationLink:
    return CitationLink(paper=paper.id, key=paper.key, title=paper.title, year=paper.year, read=paper.state in WAS_READ)
