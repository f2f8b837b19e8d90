"""Notes that another program keeps as HTML, as the text that a reader wrote."""

import re
from html import unescape
from html.parser import HTMLParser

_BREAKS = frozenset({"p", "div", "br", "tr", "h1", "h2", "h3", "h4", "blockquote", "pre", "ul", "ol"})
_UNSEEN = frozenset({"script", "style", "head", "title"})


_SET = re.compile(r"</?(?:i|b|em|strong|su[bp]|span|sc|nc|br)\b[^<>]*>", re.IGNORECASE)
_NAMED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)


def plain_title(title: str) -> str:
    """A title without the few tags by which Zotero sets type; any other angle bracket is the title's own."""
    return " ".join(_NAMED.sub(lambda one: unescape(one.group()), _SET.sub("", title)).split())


def text_of_html(html: str) -> str:
    """The text with its paragraphs and list items; scripts and styles are no text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.pieces).splitlines()]
    return "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1])).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        elif tag in _BREAKS and tag != "br":
            self.pieces.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))
