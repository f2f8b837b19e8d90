"""What the first page says of the paper: title, authors, abstract, arXiv stamp, DOI, year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.models.text import BlockKind, ParsedMetadata
from kb.reading.structure.headings import KNOWN, stands_out
from kb.reading.structure.kinds import is_footnote
from kb.reading.structure.mend import join
from kb.reading.structure.numbering import depth
from kb.reading.structure.page import Line
from kb.reading.structure.paragraphs import Chunk
from kb.reading.structure.style import Style

STAMP = re.compile(r"arXiv:\s*(\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?", re.IGNORECASE)
DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>{}|]+[^\s\"<>{}|.,;:)\]])")
_ABSTRACT = re.compile(r"\s*abstract\b\s*[.:—–-]*\s*", re.IGNORECASE)
_STAMP_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOT_A_NAME = re.compile(
    r"@|\d{3}|universit|institut|department|laborator|school|college|academy|google|openai|deepmind|microsoft|facebook|"
    r"research|anthropic|http|www|\.com|\.edu|\.org|equal contribution|correspond|abstract|preprint|conference",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’`-]*(?:\s+[^\W\d_][\w.'’`-]*){1,4}")


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
        abstract=_ABSTRACT.sub("", _text(front.abstract, words), count=1).strip(),
    )


def find(chunks: Sequence[Chunk], style: Style) -> Front:
    """Title, authors and abstract among the first page's chunks."""
    title = _title(chunks)
    after = chunks.index(title[-1]) + 1 if title else 0
    start = next((at for at in range(after, len(chunks)) if _ABSTRACT.match(chunks[at].text)), None)
    if start is None:
        body = next((at for at in range(after, len(chunks)) if _opens_body(chunks[at])), after)
        return Front(title, list(chunks[after:body]), [])
    end = next((at for at in range(start + 1, len(chunks)) if _ends_abstract(chunks[at], style)), len(chunks))
    return Front(title, list(chunks[after:start]), list(chunks[start:end]))


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
    """Whether the abstract is over: a heading, keywords, or a note at the page's foot."""
    text = chunk.text.strip()
    if KNOWN.fullmatch(text) or re.match(r"(?:key\s?words|index terms|ccs concepts)\b", text, re.IGNORECASE):
        return True
    return stands_out(chunk, style) or is_footnote(chunk, style)


def _text(chunks: Sequence[Chunk], words: set[str]) -> str:
    """The chunks as one string."""
    return join([line.text for chunk in chunks for line in chunk.lines], words)


def names(chunks: Sequence[Chunk]) -> tuple[str, ...]:
    """People's names in the lines between title and abstract."""
    found: list[str] = []
    for line in (line for chunk in chunks for line in chunk.lines):
        text = " ".join(_large_text(line).split())
        for part in re.split(r",|;|\band\b|&|\d|[∗*†‡§¶]|\s{3,}", text):
            part = part.strip(" .")
            if _NAME.fullmatch(part) and not _NOT_A_NAME.search(part) and part not in found:
                found.append(part)
    return tuple(found)


def _large_text(line: Line) -> str:
    """The line without the superscripts that point to addresses; wide gaps part the names."""
    parts: list[str] = []
    end = None
    for span in line.spans:
        if span.size < 0.8 * line.size:
            parts.append(", ")
            continue
        parts.append(" , " if end is not None and span.x0 - end > 1.2 * span.size else " ")
        parts.append(span.text)
        end = span.x1
    return "".join(parts)


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
