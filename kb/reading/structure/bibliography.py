"""The bibliography: found by its heading, cut into entries, each read for title, year, arXiv id and DOI."""

import re
from collections.abc import Sequence
from datetime import date

from kb.models.text import Block, BlockKind, Reference
from kb.reading.structure.paragraphs import Chunk

HEADING = re.compile(
    r"(?:\d{1,2}\.?\s+|[A-Z]\.?\s+)?(?:references|bibliography|literature cited|works cited)\W*", re.IGNORECASE
)
ARXIV = re.compile(
    r"(?:arxiv\s*(?:preprint)?[\s:.]*(?:arxiv[\s:.]*)?(?:\w{2}\w*[./:])?|abs/)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.I,
)
DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>{}|]+[^\s\"<>{}|.,;:)\]])")
YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d\d)[a-z]?(?![\d/])(?!\.\d)")


def mark(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Make references of the text between the bibliography's heading and the next heading."""
    inside = False
    for chunk in chunks:
        if chunk.kind is BlockKind.HEADING:
            inside = bool(HEADING.fullmatch(chunk.text.strip()))
        elif inside and chunk.kind in {BlockKind.TEXT, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.PICTURE}:
            chunk.kind = BlockKind.REFERENCE
    return list(chunks)


def references(blocks: Sequence[Block]) -> tuple[Reference, ...]:
    """The entries with what could be recognised in each."""
    texts = [block.text for block in blocks if block.kind is BlockKind.REFERENCE]
    return tuple(read(text, index) for index, text in enumerate(texts))


def read(text: str, index: int) -> Reference:
    """One entry."""
    arxiv, doi = ARXIV.search(text), DOI.search(text)
    years = [int(year) for year in YEAR.findall(text) if 1800 < int(year) <= date.today().year + 1]
    return Reference(
        index=index,
        text=text,
        title=title(text),
        year=years[-1] if years else None,
        arxiv_id=arxiv[1] if arxiv else None,
        doi=doi[1] if doi else None,
    )


def title(text: str) -> str:
    """The entry's title: what is quoted, else the sentence after the authors."""
    quoted = re.search(r"[“\"]([^”\"]{8,300})[,.?!]?[”\"]", text)
    if quoted:
        return quoted[1].rstrip(",. ")
    body = re.sub(r"^\s*(?:\[[^\]]{1,12}\]|\d{1,3}\.)\s*", "", text)
    sentences = [part.strip() for part in re.split(r"(?<=[^\WA-Z\d][^\s])[.?!]\s+(?=[A-Z0-9\"“])|\)\.\s+", body)]
    for sentence in sentences[1:3]:
        if len(sentence) > 8 and not YEAR.fullmatch(sentence.strip("() ")):
            return sentence.rstrip(".")
    return ""
