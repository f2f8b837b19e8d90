"""Footnotes of web pages: taken out before the main text is looked for, numbered, and kept as blocks of their own."""

import re

from kb.reading.webpage.formulas import Element, replace, with_class

_BACK = re.compile(r"[\s\[\]^↩⤴↑⏎ꜛ\ufe0e]*")
_BACK_CLASSES = ("footnote-back-link", "footnote-backref", "footnote-backlink", "reversefootnote")
_ITEMS = (
    './/*[@role="doc-endnote"]',
    './/*[@role="doc-endnotes"]//li',
    './/li[contains(@class, "footnote-item")]',
    './/ol[contains(@class, "footnotes")]/li',
    './/ul[contains(@class, "footnotes")]/li',
    './/*[contains(concat(" ", normalize-space(@class), " "), " footnotes ")]//li',
    './/li[starts-with(@id, "fn") or starts-with(@id, "footnote-")]',
)
_INLINE = ".//d-footnote | .//dt-fn"
_REFERENCES = (
    './/*[@role="doc-noteref"]',
    './/span[contains(@class, "footnote-reference")]',
    './/sup[contains(@class, "footnote-ref")]',
    './/sup[a[starts-with(@href, "#fn") or starts-with(@href, "#footnote")]]',
    './/a[contains(@class, "footnote-ref") or contains(@class, "footnote-link")]',
    './/a[starts-with(@href, "#fn") and not(starts-with(@href, "#fnref"))]',
)


def take_footnotes(tree: Element) -> list[str]:
    """Remove the footnotes and return their texts in order; where they are referred to, ``[n]`` is left."""
    items = _unique(tree, _ITEMS)
    notes = [_text(item) for item in items]
    numbers = {item.get("id"): position for position, item in enumerate(items, 1) if item.get("id")}
    for item in items:
        _remove(item)
    for reference in _unique(tree, _REFERENCES):
        replace(reference, f"[{_number(reference, numbers)}]")
    for inline in tree.xpath(_INLINE):
        notes.append(" ".join(inline.text_content().split()))
        replace(inline, f"[{len(notes)}]")
    return notes


def _unique(tree: Element, paths: tuple[str, ...]) -> list[Element]:
    """Elements that any of the paths finds, outermost only, in the order of the page."""
    found = {element: None for path in paths for element in tree.xpath(path)}
    outermost = [one for one in found if not any(above in found for above in one.iterancestors())]
    order = {element: position for position, element in enumerate(tree.iter())}
    return sorted(outermost, key=lambda element: order[element])


def _text(item: Element) -> str:
    """A footnote's words without the way back to the text."""
    for name in _BACK_CLASSES:
        for back in with_class(item, name):
            replace(back, "")
    for back in item.xpath('.//a[starts-with(@href, "#")]'):
        if back.get("role") == "doc-backlink" or _BACK.fullmatch(back.text_content()):
            replace(back, "")
    return re.sub(r"\s*\[\s*\]$", "", " ".join(item.text_content().split()))


def _number(reference: Element, numbers: dict[str, int]) -> str:
    """The number that a reference shows; that of the footnote it leads to, where it shows none."""
    shown = re.search(r"\d+|[*†‡]", reference.text_content())
    if shown:
        return shown[0]
    links = reference.xpath("descendant-or-self::a/@href")
    return str(numbers.get(links[0].lstrip("#"), "note")) if links else "note"


def _remove(item: Element) -> None:
    """Take an element out, and what held it where nothing else is left in there."""
    parent = item.getparent()
    if parent is None:
        return
    replace(item, "")
    if parent.getparent() is not None and len(parent) == 0 and not parent.text_content().strip():
        _remove(parent)
