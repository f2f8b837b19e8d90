"""Headings by typography: what is numbered, bold, larger or in capitals, against the running text."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from kb.models.text import BlockKind
from kb.reading.structure.kinds import CAPTION, is_formula, is_numeric
from kb.reading.structure.numbering import depth, is_roman, number, rising, unnumbered, uses_roman
from kb.reading.structure.paragraphs import BULLET, Chunk, Look, Opening
from kb.reading.structure.style import Style

KNOWN = re.compile(
    r"(?:abstract|introduction|background|related works?|preliminaries|methods?|methodology|experiments?|results|"
    r"discussion|limitations|conclusions?|(?:and |& )?future work|acknowledge?ments?|references|bibliography|"
    r"appendix|appendices|supplementary materials?|broader impacts?|ethics statement|reproducibility statement|"
    r"author contributions|contents|notation)\W*",
    re.IGNORECASE,
)


CONTENTS = re.compile(r"(?:table of )?contents\W*", re.IGNORECASE)
CONTENTS_PAGES = 3
"""A table of contents may go on for two more pages: the longest of the papers that rules are tried on has three."""
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$")
TO_PAGE = re.compile(r"\D\s\d{1,3}$")
LABEL_FROM = 3
"""Words that stand out this often in one document label its examples and open no sections."""


def mark(chunks: Sequence[Chunk], style: Style) -> None:
    """Give the chunks that are headings their kind, and let each open a section."""
    listed = _listed(chunks)
    found = [
        at
        for at, chunk in enumerate(chunks)
        if chunk.kind is BlockKind.TEXT and at not in listed and stands_out(chunk, style)
    ]
    chain = {found[at] for at in rising([chunks[at].text for at in found])}
    numbered = {chunks[at].look for at in chain}
    romans = {chunks[at].look for at in chain if is_roman(chunks[at].text)}
    if not uses_roman([chunks[at].text for at in chain]):
        romans = set()
    times = Counter(chunks[at].text.strip().lower() for at in found)
    labels = {at for at in found if times[chunks[at].text.strip().lower()] >= LABEL_FROM}
    chosen = [
        at for at in found if at in chain or (at not in labels and _is_unnumbered_heading(chunks, at, numbered, style))
    ]
    levels = _levels([chunks[at] for at in chosen], [at in chain for at in chosen])
    for at in chosen:
        chunk = chunks[at]
        level = _numbered_level(chunk, romans) if at in chain else levels[chunk.look]
        chunk.kind = BlockKind.HEADING
        chunk.opens = [Opening(level, "", chunk.page.number)]


def _numbered_level(chunk: Chunk, romans: Collection[Look]) -> int:
    """The level that the number says; below Roman numbers, in the look of ``romans``, come letters, then figures."""
    if not romans or is_roman(chunk.text):
        return depth(chunk.text)
    if number(chunk.text).isalpha():
        return 1 if chunk.look in romans else 2
    return 3


def _listed(chunks: Sequence[Chunk]) -> set[int]:
    """Lines of a table of contents: the headings stand elsewhere, and here only with their pages."""
    contents = {chunk.page.number for chunk in chunks if CONTENTS.fullmatch(chunk.text.strip())}
    near = {page + step for page in contents for step in range(CONTENTS_PAGES)}
    return {
        at
        for at, chunk in enumerate(chunks)
        if LEADERS.search(chunk.text[-80:]) or (chunk.page.number in near and TO_PAGE.search(chunk.text.rstrip()))
    }


def stands_out(chunk: Chunk, style: Style) -> bool:
    """Whether the chunk is set as a heading is."""
    if len(chunk.lines) > 4:
        return False
    text = chunk.text.strip()
    if not 2 < len(text) < 200 or "://" in text or text.endswith((",", ";")) or (text.endswith(".") and len(text) > 80):
        return False
    here = chunk.look
    larger = here.size >= 1.1 * style.size
    bolder = here.bold and not style.bold and here.size >= 0.95 * style.size
    if not (larger or bolder):
        named = here.size >= 0.95 * style.size and (depth(text) or KNOWN.fullmatch(text))
        if not named or not (here.italic or here.capitals or _in_other_font(chunk, style)):
            return False
    wordless = sum(map(str.isalpha, text)) < 0.5 * len(text.replace(" ", ""))
    return not (wordless or is_numeric(text) or CAPTION.match(text) or is_formula(chunk))


def _in_other_font(chunk: Chunk, style: Style) -> bool:
    """Whether the words are set in another font than running text: small capitals, or one whose name says nothing."""
    letters = other = 0
    for span in (span for line in chunk.lines for span in line.spans):
        count = sum(map(str.isalpha, span.text))
        letters += count
        other += count * (span.font.name != style.font and not (span.font.math or span.font.mono))
    return other > 0.8 * letters > 0


def _is_unnumbered_heading(chunks: Sequence[Chunk], at: int, numbered: set[Look], style: Style) -> bool:
    """Whether a chunk without a number has a heading's usual name, or looks like the others and has text below it."""
    text = chunks[at].text.strip()
    if KNOWN.fullmatch(unnumbered(text)):
        return True
    here = chunks[at].look
    if text[0].islower() or BULLET.match(text) or text.endswith((".", ":")) or not _has_text_below(chunks, at):
        return False
    if len(numbered) > 1:
        return here in numbered
    return here.bold or here.size >= 1.15 * style.size


def _has_text_below(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether running text, or a further heading, comes next."""
    following = chunks[at + 1] if at + 1 < len(chunks) else None
    return following is not None and following.kind in {BlockKind.TEXT, BlockKind.LIST_ITEM, BlockKind.HEADING}


def _levels(chosen: Sequence[Chunk], numbered: Sequence[bool]) -> dict[Look, int]:
    """The level of each look: that of its numbered headings, else its rank by size."""
    by_number: dict[Look, Counter[int]] = {}
    for chunk, has_number in zip(chosen, numbered, strict=True):
        if has_number:
            by_number.setdefault(chunk.look, Counter())[depth(chunk.text)] += 1
    looks = sorted({chunk.look for chunk in chosen}, key=lambda each: (-each.size, not each.bold, not each.capitals))
    levels = {each: min(rank, 4) for rank, each in enumerate(looks, start=1)}
    for each, counts in by_number.items():
        levels[each] = counts.most_common(1)[0][0]
    return levels
