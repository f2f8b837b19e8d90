"""What the first page says of the paper: title, authors, abstract, arXiv stamp, DOI, year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.models.text import BlockKind, ParsedMetadata
from kb.reading.structure.headings import KNOWN, stands_out
from kb.reading.structure.kinds import classify
from kb.reading.structure.mend import join
from kb.reading.structure.names import names
from kb.reading.structure.numbering import depth
from kb.reading.structure.page import Line
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.style import Style

STAMP = re.compile(r"arXiv:\s*(\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?", re.IGNORECASE)
DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>{}|]+[^\s\"<>{}|.,;:)\]])")
_ABSTRACT = re.compile(r"\s*abstract\b\s*[.:—–-]*\s*", re.IGNORECASE)
_AFTER_ABSTRACT = re.compile(
    r"(?:key\s?words|index terms|ccs concepts|categories and subject descriptors|general terms|acm reference)\b"
    r"|(?:code|web\s?(?:page|site)|project page)\s*[:—–-]",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(r"(?:[\dIA]{1,2}[.:)]?\s+)?introduction\W*", re.IGNORECASE)
MOST_PARAGRAPHS = 3
"""Of an abstract without a heading; what is longer is the text itself."""
_NOT_ABSTRACT = {BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.PICTURE, BlockKind.TABLE}
_LINKS = re.compile(r"\s(?:Code|Data|Web\s?(?:page|site)|Project page)\s*:\s*https?://\S+", re.IGNORECASE)
_FOOTMARK = re.compile(r"(?<=[.!?])\s?\d{1,2}$")
_STAMP_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Front:
    """The first page's parts, as chunks."""

    title: list[Chunk]
    authors: list[Chunk]
    abstract: list[Chunk]


def mark(chunks: Sequence[Chunk], words: set[str], style: Style) -> ParsedMetadata:
    """Give the first page's chunks their kinds; returns what they say."""
    first = [chunk for chunk in chunks if chunk.page.number == chunks[0].page.number] if chunks else []
    front = find(first, style)
    for kind, part in (
        (BlockKind.TITLE, front.title),
        (BlockKind.AUTHORS, front.authors),
        (BlockKind.ABSTRACT, front.abstract),
    ):
        for chunk in part:
            chunk.kind = kind
    return ParsedMetadata(
        title=_text(front.title, words),
        authors=names(front.authors),
        abstract=_bare_abstract(_text(front.abstract, words)),
    )


def _bare_abstract(text: str) -> str:
    """The abstract without its heading, the links below it and a footnote's mark."""
    return _FOOTMARK.sub("", _LINKS.sub("", _ABSTRACT.sub("", text, count=1)).strip())


def find(chunks: Sequence[Chunk], style: Style) -> Front:
    """Title, authors and abstract among the first page's chunks."""
    title = _title(chunks)
    after = chunks.index(title[-1]) + 1 if title else 0
    start = next((at for at in range(after, len(chunks)) if _ABSTRACT.match(chunks[at].text)), None)
    if start is None:
        body = next((at for at in range(after, len(chunks)) if _opens_body(chunks[at])), after)
        return Front(title, list(chunks[after:body]), _unnamed_abstract(chunks[body:]))
    return Front(title, list(chunks[after:start]), _abstract(chunks[start:], style))


def _abstract(chunks: Sequence[Chunk], style: Style) -> list[Chunk]:
    """The abstract, from its heading on: text of one size, up to what is no part of it."""
    taken = [chunks[0]]
    size = 0.0
    for chunk in chunks[1:]:
        if _ends_abstract(chunk, style) or (size and abs(chunk.size - size) > 0.04 * size):
            break
        taken.append(chunk)
        size = chunk.size
    return taken


def _unnamed_abstract(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Paragraphs before the introduction's own heading: an abstract that is not called one."""
    end = next((at for at, chunk in enumerate(chunks) if _INTRODUCTION.fullmatch(chunk.text.strip())), 0)
    taken = [chunk for chunk in chunks[:end] if len(chunk.text) > 40]
    return taken if taken and len(taken) <= MOST_PARAGRAPHS and len(taken[0].text) > 300 else []


def _title(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The largest type in the upper part of the page, with the lines that continue it."""
    upper = [chunk for chunk in chunks if chunk.first.y0 < 0.6 * chunk.page.height and _lettered(chunk)]
    if not upper:
        return []
    largest = max(chunk.size for chunk in upper)
    start = next(at for at, chunk in enumerate(chunks) if chunk.size >= 0.97 * largest and _lettered(chunk))
    title = [chunks[start]]
    for chunk in chunks[start + 1 :]:
        if chunk.size < 0.97 * largest or _ABSTRACT.match(chunk.text):
            break
        title.append(chunk)
    return title


def _lettered(chunk: Chunk) -> bool:
    """Whether the chunk has words."""
    return sum(map(str.isalpha, chunk.text)) > 5


def _opens_body(chunk: Chunk) -> bool:
    """Whether the paper's text starts here."""
    text = chunk.text.strip()
    return len(text) > 300 or bool(KNOWN.fullmatch(text)) or (depth(text) > 0 and "ntroduction" in text)


def _ends_abstract(chunk: Chunk, style: Style) -> bool:
    """Whether the abstract is over: a heading, keywords, a float, or a note at the page's foot."""
    text = chunk.text.strip()
    if KNOWN.fullmatch(text) or _AFTER_ABSTRACT.match(text):
        return True
    return stands_out(chunk, style) or classify(chunk, style) in _NOT_ABSTRACT


def _text(chunks: Sequence[Chunk], words: set[str]) -> str:
    """The chunks as one string."""
    return join([line.text for chunk in chunks for line in chunk.lines], words)


def stamps(lines: Sequence[Line], metadata: ParsedMetadata) -> ParsedMetadata:
    """The metadata with the arXiv stamp, DOI and year that the first page carries."""
    text = "\n".join(line.text for line in lines)
    rotated = " ".join(line.text for line in lines if line.rotated)
    stamp = STAMP.search(rotated)
    doi = DOI.search(text)
    year = _STAMP_YEAR.search(rotated[stamp.end() :]) if stamp else None
    return metadata.model_copy(
        update={
            "arxiv_id": stamp[1] if stamp else None,
            "arxiv_version": (stamp[2] or "") if stamp else "",
            "year": int(year[0]) if year else None,
            "doi": doi[1] if doi else None,
        }
    )
