"""An article's elements become pieces of text in the order in which a browser shows them; no word is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.models.text import BlockKind
from kb.reading.webpage.formulas import Element

Piece = tuple[BlockKind, str, int]
"""Kind, text, and the depth of a heading as the page has it."""
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"
})  # fmt: skip
"""Elements that begin a line of their own (HTML standard, section 15.3: rendering of flow content)."""
_CAPTIONS = re.compile(r"(?:^|[\s_-])(?:fig(?:ure)?[-_]?)?caption(?:[\s_-]|$)|wp-caption-text|gallerytext|thumbcaption")
_PERMALINK = re.compile(r"[#¶§🔗\s]*")
_SPACE = re.compile(r"[ \t\n\r\f\xa0\u200b]+")
_BREAK = "\x1e"
"""Where the page breaks the line inside a paragraph; two of them end it."""
_ALONE = re.compile(r"\$\$(?:[^$]|\\\$)+\$\$[.,;]?")
Line = list[str]


@dataclass
class _Reader:
    """Gathers the run of inline text between two block elements."""

    run: Line = field(default_factory=list)

    def read(self, element: Element, kind: BlockKind) -> Iterator[Piece]:
        """Everything in an element; what stands bare in it is of the given kind."""
        self.run.append(element.text or "")
        for child in element:
            yield from self._child(child, kind)
            self.run.append(child.tail or "")

    def ended(self, kind: BlockKind) -> Iterator[Piece]:
        """The run of text up to here, as paragraphs."""
        text, self.run = "".join(self.run), []
        for part in re.split(rf"{_BREAK}\s*{_BREAK}", text):
            said = _SPACE.sub(" ", part.replace(_BREAK, " ")).strip()
            if said:
                yield _kind_of(said, kind), said, 0

    def _child(self, child: Element, kind: BlockKind) -> Iterator[Piece]:
        tag = child.tag
        if not isinstance(tag, str):
            return
        if tag == "br":
            self.run.append(_BREAK)
        elif tag in _BLOCKS or _holds_blocks(child):
            yield from self.ended(kind)
            yield from _block(child, kind)
        else:
            yield from self.read(child, kind)


def pieces(article: Element) -> Iterator[Piece]:
    """Headings, paragraphs, list items, captions, tables and code, in order."""
    yield from _container(article, BlockKind.TEXT)


def _container(element: Element, kind: BlockKind) -> Iterator[Piece]:
    reader = _Reader()
    yield from reader.read(element, kind)
    yield from reader.ended(kind)


def _block(element: Element, kind: BlockKind) -> Iterator[Piece]:
    tag = str(element.tag)
    if tag in _HEADINGS:
        yield from _heading(element, _HEADINGS[tag])
    elif tag == "pre":
        yield BlockKind.CODE, element.text_content().strip("\n"), 0
    elif tag == "table" and _is_data(element):
        yield from _table(element)
    elif tag in ("figcaption", "caption") or _is_caption(element):
        yield from _caption(element)
    elif tag == "li":
        yield from _container(element, BlockKind.LIST_ITEM)
    else:
        yield from _container(element, BlockKind.TEXT if tag in ("table", "figure", "blockquote") else kind)


def _heading(element: Element, depth: int) -> Iterator[Piece]:
    """A heading without its link to itself; pictures and formulas in it stay."""
    for link in element.xpath(".//a | .//button"):
        if _PERMALINK.fullmatch(link.text_content()) and link.getparent() is not None:
            _drop(link)
    text = _one_line(element)
    text = re.sub(r"\s*[#¶§]+$", "", text)
    if text:
        yield BlockKind.HEADING, text, depth


def _table(table: Element) -> Iterator[Piece]:
    """A row a line; a caption inside it comes first, as browsers show it."""
    for caption in table.xpath("./caption"):
        yield from _caption(caption)
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    lines = [" | ".join(_one_line(cell) for cell in row if cell.tag in ("td", "th")) for row in rows]
    text = "\n".join(line for line in lines if line.strip(" |"))
    if text:
        yield BlockKind.TABLE, text, 0


def _caption(element: Element) -> Iterator[Piece]:
    """The words under a picture; a caption that holds a whole figure, or other text, gives it as it is."""
    for kind, text, depth in _container(element, BlockKind.CAPTION):
        yield (BlockKind.CAPTION if kind is BlockKind.TEXT else kind), text, depth


def _is_caption(element: Element) -> bool:
    """Whether an element is a caption by its class."""
    named = str(element.get("class") or "")
    return bool(named and _CAPTIONS.search(named.lower())) and len(element.text_content().split()) < _LONG


_LONG = 200
"""Words that no caption has: a box of that class with more is the article itself."""


def _is_data(table: Element) -> bool:
    """Whether a table has rows of short cells; one that only lays out the page is read as what it holds."""
    blocks = table.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//pre | .//figure | .//blockquote | .//table")
    cells = table.xpath(".//td | .//th")
    return bool(cells) and not blocks and (len(cells) > 1 or bool(table.xpath(".//th")))


def _holds_blocks(element: Element) -> bool:
    """Whether an inline element, such as a link or an unknown tag, stands around whole paragraphs."""
    return any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants())


def _one_line(element: Element) -> str:
    for line_break in element.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    parts = []
    for event, inner in _walk(element):
        if event == "text":
            parts.append(inner)
    return _SPACE.sub(" ", "".join(parts)).strip()


def _walk(element: Element) -> Iterator[tuple[str, str]]:
    """The text of an element, with a space where a block begins or ends."""
    yield "text", element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            around = " " if child.tag in _BLOCKS else ""
            yield "text", around
            yield from _walk(child)
            yield "text", around
        yield "text", child.tail or ""


def _kind_of(text: str, kind: BlockKind) -> BlockKind:
    """A paragraph that is nothing but a displayed formula is a formula."""
    return BlockKind.FORMULA if kind is BlockKind.TEXT and _ALONE.fullmatch(text) else kind


def _drop(element: Element) -> None:
    """Take an element out and leave what follows it."""
    from kb.reading.webpage.formulas import replace

    replace(element, "")
