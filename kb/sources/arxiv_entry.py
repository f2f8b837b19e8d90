"""What an entry of arXiv's feed says, in this project's words."""

import re
from typing import TYPE_CHECKING

from kb.errors import ItemFailedError
from kb.models.paper import PaperDraft
from kb.sources.arxiv_id import arxiv_source

if TYPE_CHECKING:
    import arxiv

_WITHDRAWN = re.compile(
    r"\A\W*withdrawn\b"
    r"|\bth(?:is|e)\s+(?:\w+\s+){0,2}?(?:paper|article|submission|manuscript|preprint|work|version)\s+"
    r"(?:has\s+been|have\s+been|was|is|is\s+being)\s+(?:temporarily\s+)?withdrawn\b",
    re.IGNORECASE,
)


def split_id(entry_id: str) -> tuple[str, int]:
    """The plain id and the version in an entry's address: ``http://arxiv.org/abs/1706.03741v4``."""
    source = arxiv_source(entry_id.rpartition("/abs/")[2])
    if source is None:
        raise ItemFailedError(f"arXiv answered with {entry_id!r}", "this is no id of a paper", "try again later")
    return source.value, source.version or 1


def is_withdrawn(comment: str, abstract: str) -> bool:
    """Whether the authors or arXiv have taken the paper back; the feed says so only in words."""
    return bool(_WITHDRAWN.search(comment) or _WITHDRAWN.search(abstract[:400]))


def draft_of(result: "arxiv.Result", arxiv_id: str) -> PaperDraft:
    """Title, authors and the like; the year is that of the first version."""
    return PaperDraft(
        title=_line(result.title),
        authors=tuple(_line(author.name) for author in result.authors),
        year=result.published.year,
        arxiv_id=arxiv_id,
        doi=_line(result.doi or "").split(" ")[0].lower() or None,
        url=f"https://arxiv.org/abs/{arxiv_id}",
        venue=_line(result.journal_ref or ""),
        abstract=_line(result.summary),
    )


def _line(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())
