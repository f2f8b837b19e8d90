"""Summaries as a page and as plain text."""

import html.parser
from pathlib import Path

from kb.config import Home
from kb.export.gather import gather_paper
from kb.export.html import render_html
from kb.export.layout_text import plain_text
from kb.export.text import render_text
from kb.models.paper import PaperDraft
from tests.export.library import Shelf, quote, studied

HOSTILE = "</title></style><script>alert(1)</script> <img src=x onerror=y> & \x1b[31m \"'"
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "em"),
    *("strong", "code", "pre", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "hr"),
}


class Page(html.parser.HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the tag, and where it would lead or load from."""
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"} or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Collect what is shown."""
        self.words += data


def test_a_page_needs_and_runs_nothing(home: Home) -> None:
    shelf, paper = studied(home)
    page = Page(render_html(gather_paper(shelf.record, paper.id)))
    assert page.tags <= TAGS
    assert page.links == ["https://arxiv.org/abs/1706.03741"]
    assert "A few hours of comparisons train an agent." in page.words


def test_a_page_shows_what_a_browser_would_obey(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper(PaperDraft(title=HOSTILE, authors=(HOSTILE,), abstract=HOSTILE, url="javascript:alert(1)"))
    shelf.note("claim", paper, statement=HOSTILE, anchors=(quote(HOSTILE),))
    shelf.note("lesson", paper, body=f"[a](javascript:alert(1)) {HOSTILE}\n\n<script>\n\nalert(2)")
    text = render_html(gather_paper(shelf.record, paper.id))
    page = Page(text)
    assert page.tags <= TAGS
    assert page.links == []
    assert "\x1b" not in text
    assert page.words.count(HOSTILE.replace("\x1b", "␛")) == 7


def test_the_readers_own_page_wins(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    (tmp_path / "page.html.j2").write_text("<p>{{ title }}</p>{{ content }}")
    text = render_html(gather_paper(shelf.record, paper.id), tmp_path)
    assert text.startswith("<p>Deep reinforcement learning from human preferences</p><h1>")


def test_plain_text_has_no_marks(home: Home) -> None:
    shelf, paper = studied(home)
    golden = Path(__file__).parent.parent / "golden" / "summary.txt"
    assert render_text(gather_paper(shelf.record, paper.id)) == golden.read_text("utf-8")


def test_each_block_of_markdown_has_its_layout() -> None:
    markdown = (
        "# One\n\n## Two\n\n### Three\n\n**b** *i* `c` [site](https://e.org) <https://e.org>\nnext  \nbroken\n\n"
        "3. three\n4. four\n\n- a\n\n  > q\n\n---\n\n```\ncode  x\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![pic](x)"
    )
    assert plain_text(markdown) == (
        "One\n===\n\nTwo\n---\n\nThree\n.....\n\nb i c site <https://e.org> https://e.org next\nbroken\n\n"
        "3. three\n4. four\n\n- a\n\n  > q\n\n* * *\n\n    code  x\n\na | b\n1 | 2\n\npic\n"
    )


def test_lines_are_filled_to_the_width() -> None:
    text = plain_text("- " + "word " * 60 + "\n\n> " + "word " * 60, width=40)
    assert max(map(len, text.splitlines())) <= 40
