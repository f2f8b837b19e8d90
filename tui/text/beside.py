"""What the portal shows while the reader stays where they are: what a word points to, or what it means."""

from typing import NamedTuple

from tui.text.definitions import definition, word_at
from tui.text.pointers import follow, pointers
from tui.text.reflow import LaidOutPaper, TextPosition

MOST_BLOCKS = 6
"""Blocks of a section that are shown; the rest is a jump away."""
PICTURED = ("picture", "table", "formula", "code")


class View(NamedTuple):
    """A title, a text, and where it stands."""

    title: str
    text: str
    place: TextPosition


def look(page: LaidOutPaper, position: TextPosition) -> View | None:
    """What the cursor stands on points to; else what the word there means; else the paragraph's next pointer."""
    on = next((one for one in pointers(page, position.block) if one.start <= position.offset < one.end), None)
    if on is not None:
        return view_of(page, on.target, on.label)
    word = word_at(page, position)
    found = definition(page, word)
    if found is not None and found[0].block != position.block:
        return View(f"“{word}”, p. {page_of(page, found[0].block)}", found[1], found[0])
    near = follow(page, position)
    return view_of(page, near.target, near.label) if near else None


def view_of(page: LaidOutPaper, place: TextPosition, label: str) -> View:
    """A caption with its table, a section's beginning, or a single reference or footnote."""
    kind = page.kinds[place.block]
    if kind == "heading":
        blocks = range(place.block, min(place.block + MOST_BLOCKS, len(page.texts)))
        text = "\n\n".join(page.texts[at] for at in blocks)
    elif kind == "caption":
        text = "\n\n".join(page.texts[at] for at in (place.block, *bodies(page, place.block)) if page.texts[at])
    else:
        text = page.texts[place.block]
    return View(f"{label}, p. {page_of(page, place.block)}", text, place)


def bodies(page: LaidOutPaper, caption: int) -> list[int]:
    """The tables, formulas or pictures that a caption stands under or over."""
    for step in (-1, 1):
        at = caption + step
        found = []
        while 0 <= at < len(page.kinds) and page.kinds[at] in PICTURED:
            found.append(at)
            at += step
        if found:
            return sorted(found)
    return []


def page_of(page: LaidOutPaper, block: int) -> int:
    """The page of the file that a block begins on."""
    return page.pages[block] if page.pages else 1
