"""Blocks become passages: text of one section that fits the embedding model's window, measured with its own tokens."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.models.text import Block, BlockKind, Box, Passage, Section

TokenSpans = Callable[[str], Sequence[tuple[int, int]]]
"""Character spans of a text's tokens, without special tokens."""

MAX_TOKENS = 240
"""MiniLM reads 256 tokens with its special ones; what is beyond is silently lost."""
SEPARATOR = "\n\n"
SKIPPED = {BlockKind.HEADING, BlockKind.TITLE, BlockKind.AUTHORS, BlockKind.FORMULA, BlockKind.PICTURE}
"""A heading is in every passage's section title; the others are no sentences."""
UNSEARCHABLE = {BlockKind.REFERENCE, BlockKind.TABLE}


@dataclass(frozen=True)
class _Piece:
    """A block, or a part of one that fits the window alone."""

    block: Block
    text: str
    tokens: int


def cut(
    blocks: Sequence[Block], sections: Sequence[Section], spans: TokenSpans, sha256: str, max_tokens: int = MAX_TOKENS
) -> tuple[Passage, ...]:
    """Passages in reading order; none crosses a section, none has more tokens than the window."""
    groups = _groups(piece for block in blocks for piece in _pieces(block, spans, max_tokens))
    packed = (pieces for group in groups for pieces in _pack(group, spans, max_tokens))
    return tuple(_passage(pieces, index, sections, sha256) for index, pieces in enumerate(packed))


def _pieces(block: Block, spans: TokenSpans, max_tokens: int) -> Iterator[_Piece]:
    """The block, cut where its tokens fill the window, if possible between two sentences."""
    if block.kind in SKIPPED or not block.text.strip():
        return
    text = block.text
    while text:
        tokens = spans(text)
        if len(tokens) <= max_tokens:
            if tokens:
                yield _Piece(block, text, len(tokens))
            return
        end = _sentence_end(text, tokens, max_tokens)
        head = text[:end].rstrip()
        yield _Piece(block, head, len(spans(head)))
        text = text[end:].lstrip()


def _sentence_end(text: str, tokens: Sequence[tuple[int, int]], max_tokens: int) -> int:
    """Where to cut: after the last sentence that fits, else after the last word, else after the last token."""
    limit = tokens[max_tokens - 1][1]
    head = text[:limit]
    for mark in (". ", "? ", "! ", ".\n", "; ", "\n", " "):
        at = head.rfind(mark, len(head) // 2)
        if at > 0:
            return at + len(mark)
    return limit


def _groups(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Runs of pieces that may share a passage: one section, and either all searchable or none."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and _key(piece) != _key(group[-1]):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _key(piece: _Piece) -> tuple[int | None, bool, bool]:
    """What all pieces of one passage agree in; an abstract stands alone."""
    kind = piece.block.kind
    return piece.block.section, kind in UNSEARCHABLE, kind is BlockKind.ABSTRACT


def _pack(group: Sequence[_Piece], spans: TokenSpans, max_tokens: int) -> Iterator[list[_Piece]]:
    """Whole pieces together as long as they fit."""
    held: list[_Piece] = []
    for piece in group:
        if held and not _fits([*held, piece], spans, max_tokens):
            yield held
            held = []
        held.append(piece)
    if held:
        yield held


def _fits(pieces: Sequence[_Piece], spans: TokenSpans, max_tokens: int) -> bool:
    """Whether the pieces make one passage; near the limit the joined text itself is counted."""
    together = sum(piece.tokens for piece in pieces)
    if together + 4 * len(pieces) <= max_tokens:
        return True
    return together <= max_tokens and len(spans(_joined(pieces))) <= max_tokens


def _joined(pieces: Iterable[_Piece]) -> str:
    """The pieces' text as one passage."""
    return SEPARATOR.join(piece.text for piece in pieces)


def _passage(pieces: Sequence[_Piece], index: int, sections: Sequence[Section], sha256: str) -> Passage:
    """One passage with its place."""
    first, last = pieces[0].block, pieces[-1].block
    text = _joined(pieces)
    boxes: dict[Box, None] = {box: None for piece in pieces for box in piece.block.boxes}
    return Passage(
        id=f"{sha256[:16]}:{index}",
        index=index,
        text=text,
        section=first.section,
        section_title="" if first.section is None else sections[first.section].title,
        page=first.page,
        boxes=tuple(boxes),
        first_block=first.index,
        last_block=last.index,
        tokens=sum(piece.tokens for piece in pieces),
        searchable=first.kind not in UNSEARCHABLE,
    )
