"""Anchors made on one parse of ten real papers, looked for in another: found again, at the right page and place?

Three roads: from the plain text of stage 1 to the layout of stage 2; between two settings of PyMuPDF's own text blocks
(ligatures and hyphens kept, in the file's order; and mended, from top to bottom); and from stage 1 to stage 2 with
every tenth word of the quote replaced, as an author who revises a sentence would. The place is checked on the page:
the middles of the quote's own words, as PyMuPDF reports them, must lie in the boxes that were found. Each quote is
also looked for in another paper, where nothing may be found.

Run it with ``python -m tests.benchmarks.anchors [FOLDER_FOR_PARSES]``; it needs the real data beside the repository.
"""

import hashlib
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pymupdf

from kb.library.anchors import QuoteLocator
from kb.library.quote_index import QuoteIndex, TextSpan, letters
from kb.models.anchor import Anchor, AnchorState, Selector
from kb.models.text import Block, BlockKind, Box, ParsedDocument
from kb.reading.parser import ParserChild
from tests.support.embedder import HashEmbedder
from tests.support.shared_data import SHARED

PAPERS = (
    "1206.5533v2", "1312.5602v1", "1512.03385v1", "1706.03741v4", "1706.03762v5",
    "1706.04599v2", "1805.00899v2", "1810.04805v2", "2212.03827v2", "2310.12036v2",
)  # fmt: skip
"""Five in one column, five in two."""
LENGTHS = (8, 20, 40)
EACH = 20
"""Quotes of each length from each paper: 600 in all."""
RUNNING = {BlockKind.TEXT, BlockKind.LIST_ITEM, BlockKind.ABSTRACT}
MOST = 0.6
"""Share of the quote's words that must lie in the boxes."""


@dataclass(frozen=True)
class Quote:
    """A quote with its context, and where its words stand on the pages."""

    selector: Selector
    words: tuple[Box, ...]
    length: int


def parses(file: Path, cache: Path) -> dict[str, tuple[Block, ...]]:
    """The paper's blocks by parse."""
    found = {name: _stage(file, stage, cache) for name, stage in (("stage 1", 1), ("stage 2", 2))}
    keep = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_PRESERVE_WHITESPACE
    found["as drawn"] = _blocks(file, keep, sort=False)
    found["mended"] = _blocks(file, pymupdf.TEXT_DEHYPHENATE, sort=True)
    return found


def _stage(file: Path, stage: int, cache: Path) -> tuple[Block, ...]:
    kept = cache / f"{file.stem}.{stage}.json"
    if not kept.exists():
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        with ParserChild() as child:
            *_, document = child.parse(file, sha256, HashEmbedder().spans, stage=stage)
        assert isinstance(document, ParsedDocument)
        kept.write_text(json.dumps([block.model_dump(mode="json") for block in document.blocks]), "utf-8")
    return tuple(Block.model_validate(block) for block in json.loads(kept.read_text("utf-8")))


def _blocks(file: Path, flags: int, *, sort: bool) -> tuple[Block, ...]:
    """PyMuPDF's own text blocks, hyphens and line ends as they come."""
    found: list[Block] = []
    with pymupdf.open(file) as document:
        for number, page in enumerate(document, 1):
            for x0, y0, x1, y1, text, _, kind in page.get_text("blocks", flags=flags, sort=sort):
                box = Box(page=number, x0=x0, y0=y0, x1=x1, y1=y1)
                block = Block(index=len(found), kind=BlockKind.TEXT, text=text, page=number, boxes=(box,))
                found += [block] if kind == 0 else []
    return tuple(found)


class Pages:
    """Where every word of a file stands, for checking places."""

    def __init__(self, file: Path) -> None:
        self._pages: list[tuple[str, list[int], list[Box]]] = []
        with pymupdf.open(file) as document:
            for number, page in enumerate(document, 1):
                self._pages.append(_letters_of(number, page.get_text("words", flags=0, sort=False)))

    def words(self, quote: str, boxes: Sequence[Box]) -> tuple[Box, ...]:
        """Boxes of a quote's words, where its letters stand once within these boxes' pages; empty where they do not."""
        wanted = letters(quote)
        for number in sorted({box.page for box in boxes}):
            text, owners, words = self._pages[number - 1]
            starts = _starts(text, wanted)
            near = [s for s in starts if any(_inside(words[owners[s]], box) for box in boxes)]
            if len(near) == 1:
                held = sorted(set(owners[near[0] : near[0] + len(wanted)]))
                return tuple(words[index] for index in held)
        return ()


def _letters_of(number: int, words: Sequence[Any]) -> tuple[str, list[int], list[Box]]:
    """A page's letters, the word that each belongs to, and the words' boxes."""
    text, owners, boxes = "", [], []
    for x0, y0, x1, y1, word, *_ in words:
        folded = letters(word)
        owners += [len(boxes)] * len(folded)
        boxes.append(Box(page=number, x0=x0, y0=y0, x1=x1, y1=y1))
        text += folded
    return text, owners, boxes


def _starts(text: str, wanted: str) -> list[int]:
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def _inside(word: Box, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return word.page == box.page and box.x0 - 3 <= x <= box.x1 + 3 and box.y0 - 3 <= y <= box.y1 + 3


def quotes(blocks: Sequence[Block], pages: Pages, seed: str) -> list[Quote]:
    """Random stretches of running text whose place on the page is known beyond doubt."""
    choose = random.Random(seed)
    haystack = QuoteIndex(blocks)
    found: list[Quote] = []
    for length in LENGTHS:
        long = [i for i, b in enumerate(haystack.blocks) if b.kind in RUNNING and len(b.text.split()) >= length]
        made: list[Quote] = []
        for _ in range(4000):
            if len(made) == EACH:
                break
            quote = _quote(haystack, choose.choice(long), length, pages, choose)
            made += [quote] if quote and all(quote.selector != other.selector for other in made) else []
        found += made
    return found


def _quote(haystack: QuoteIndex, index: int, length: int, pages: Pages, choose: random.Random) -> Quote | None:
    text = haystack.blocks[index].text
    starts = [match.start() for match in re.finditer(r"\S+", text)]
    first = choose.randrange(len(starts) - length + 1)
    start = starts[first]
    end = starts[first + length] if first + length < len(starts) else len(text)
    quote = text[start:end].strip()
    span = TextSpan(index, start, index, start + len(quote))
    words = pages.words(quote, haystack.blocks[index].boxes)
    if not words or len(letters(quote)) < 3 * length:
        return None
    prefix, suffix = haystack.around(span, 64)
    return Quote(Selector(quote=quote, prefix=prefix, suffix=suffix, page=words[0].page), words, length)


def reworded(quote: Quote) -> Quote:
    """The quote with every tenth word replaced, from the fifth on; its place and context stay the same."""
    words = quote.selector.quote.split()
    words = [word[::-1] + "ly" if place % 10 == 4 else word for place, word in enumerate(words)]
    return replace(quote, selector=quote.selector.model_copy(update={"quote": " ".join(words)}))


def verdict(quote: Quote, anchor: Anchor) -> str:
    """``right``, or what is wrong: not found, wrong page, or wrong place."""
    if anchor.state is AnchorState.ORPHANED:
        return "not found"
    if {word.page for word in quote.words}.isdisjoint(box.page for box in anchor.boxes):
        return "wrong page"
    held = sum(any(_inside(word, box) for box in anchor.boxes) for word in quote.words)
    return "right" if held >= MOST * len(quote.words) else "wrong place"


def road(name: str, made: list[list[Quote]], there: list[tuple[Block, ...]], *, show: bool) -> float:
    """Look for every quote in the paper's other parse, and in the next paper's; returns the share that is right."""
    locators = [QuoteLocator(blocks) for blocks in there]
    told: Counter[str] = Counter()
    states: Counter[str] = Counter()
    pages = false = 0
    for paper, found in enumerate(made):
        for quote in found:
            anchor = locators[paper].locate(quote.selector)
            said = verdict(quote, anchor)
            told[f"{quote.length} words: {said}"] += 1
            states[anchor.state.value] += 1
            pages += {word.page for word in quote.words} == {box.page for box in anchor.boxes}
            false += locators[(paper + 1) % len(made)].locate(quote.selector).state is not AnchorState.ORPHANED
            if show and said != "right":
                print(f"  {PAPERS[paper]} {said} ({anchor.state.value}): {quote.selector.quote[:150]!r}")
    count = sum(told.values())
    right = sum(number for said, number in told.items() if said.endswith("right"))
    print(f"{name}: {right} of {count} right ({right / count:.1%}); {dict(sorted(told.items()))}")
    print(f"    states {dict(states)}; on the quote's own pages and no others: {pages}")
    print(f"    false finds in another paper: {false} of {count}")
    return right / count


def main(folder: str = "", show: str = "") -> None:
    """Parse (or read what was parsed into the folder), measure, and print."""
    with tempfile.TemporaryDirectory() as scratch:
        cache = Path(folder or scratch)
        cache.mkdir(parents=True, exist_ok=True)
        files = [SHARED / "papers" / f"{name}.pdf" for name in PAPERS]
        parsed = [parses(file, cache) for file in files]
        for before, after in (("stage 1", "stage 2"), ("as drawn", "mended")):
            made = [quotes(one[before], Pages(file), file.stem) for file, one in zip(files, parsed, strict=True)]
            there = [one[after] for one in parsed]
            road(f"{before} → {after}", made, there, show=bool(show))
            if after == "stage 2":
                revised = [[reworded(quote) for quote in found] for found in made]
                road(f"{before}, reworded → {after}", revised, there, show=bool(show))


if __name__ == "__main__":
    main(*sys.argv[1:])
