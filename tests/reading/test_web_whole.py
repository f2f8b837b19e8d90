"""A page is read as a browser shows it: every visible word, formulas and captions in place, broken markup mended."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.models.text import BlockKind, ParsedDocument
from kb.reading.web import parse_html

FILLER = "The agent is rewarded for what its judges see, and they see only a part of what it does. " * 4
HEAD = "<html><head><title>A page</title></head><body><article><h1>A page</h1>"


def spans(text: str) -> Sequence[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+", text)]


def read(folder: Path, body: str, head: str = HEAD, url: str = "https://example.org/post") -> ParsedDocument:
    file = folder / "page.html"
    file.write_text(f"{head}<p>{FILLER}</p>{body}<p>{FILLER}</p></article></body></html>", "utf-8")
    return parse_html(file, "a" * 64, spans, url)


def said(document: ParsedDocument, kind: BlockKind | None = None) -> list[str]:
    return [block.text for block in document.blocks if kind is None or block.kind is kind]


def test_text_that_stands_bare_in_a_box_is_read(tmp_path: Path) -> None:
    document = read(tmp_path, "<div>A plain sentence.<br><br>$$\\sum_i p_i$$</div><div>And $x$ inline.</div>")
    assert "A plain sentence." in said(document, BlockKind.TEXT)
    assert "$$\\sum_i p_i$$" in said(document, BlockKind.FORMULA)
    assert "And $x$ inline." in said(document, BlockKind.TEXT)


def test_a_figure_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    document = read(
        tmp_path, "<figure><img src='a.png'><figcaption>What is drawn.</figcaption><p>After it.</p><h2>Next</h2>"
    )
    assert said(document, BlockKind.CAPTION) == ["What is drawn."]
    assert "After it." in said(document)
    assert [section.title for section in document.sections] == ["Next"]


@pytest.mark.parametrize(
    "box",
    [
        *("div", "section", "aside", "details", "main", "header", "footer", "figure", "blockquote", "center", "form"),
        *("fieldset", "dl", "address", "hgroup", "d-appendix", "x-unknown", "span", "a", "font", "td"),
    ],
)
def test_every_kind_of_box_keeps_its_words(tmp_path: Path, box: str) -> None:
    inside = f"<{box}><p>First words of it.</p>bare words <em>of it </em>too</{box}>"
    document = read(tmp_path, f"<table><tr>{inside}</tr></table>" if box == "td" else inside)
    text = " ".join(said(document))
    assert "First words of it." in text
    assert "bare words of it too" in text


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        ("<figure><img><figcaption>By a tag.</figcaption></figure>", "By a tag."),
        ('<div class="figure"><img><p class="caption">By a class.</p></div>', "By a class."),
        (
            '<div class="wp-caption"><img><p class="wp-caption-text">As WordPress has it.</p></div>',
            "As WordPress has it.",
        ),
        ("<table><caption>Of a table.</caption><tr><th>a</th><td>1</td></tr></table>", "Of a table."),
    ],
)
def test_captions_are_captions(tmp_path: Path, markup: str, caption: str) -> None:
    assert caption in said(read(tmp_path, markup), BlockKind.CAPTION)


def test_words_are_neither_glued_nor_split(tmp_path: Path) -> None:
    document = read(tmp_path, "<p>It <em>also </em>encodes <b>sub</b>words.</p>")
    assert "It also encodes subwords." in said(document)


@pytest.mark.parametrize(
    "heading",
    [
        '<h2><a href="#x">Linked</a></h2>',
        '<h2>Linked<a class="anchor" href="#x">#</a></h2>',
        '<h2><span>Linked</span> <a href="#x">¶</a></h2>',
        '<div><h2 id="x">Linked</h2></div>',
    ],
)
def test_headings_lose_their_link_and_nothing_else(tmp_path: Path, heading: str) -> None:
    assert [section.title for section in read(tmp_path, heading).sections] == ["Linked"]


def test_lists_in_lists_and_code_stay_what_they_are(tmp_path: Path) -> None:
    document = read(
        tmp_path, "<ul><li>one<ul><li>inside</li></ul></li><li>two</li></ul><pre>for x in y:\n    pass</pre>"
    )
    assert said(document, BlockKind.LIST_ITEM) == ["one", "inside", "two"]
    assert said(document, BlockKind.CODE) == ["for x in y:\n    pass"]


def test_what_a_browser_hides_is_not_read(tmp_path: Path) -> None:
    document = read(
        tmp_path, '<p hidden>secret</p><p style="display: none">secret</p><script>secret</script><p>open</p>'
    )
    assert "secret" not in " ".join(said(document))
    assert document.report.warnings == ()
    assert document.report.coverage == 1.0


def test_menus_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    document = read(tmp_path, "<nav><a>Home</a> <a>All posts</a></nav>")
    assert "All posts" not in " ".join(said(document))
    assert document.report.left_out == ("3 words of menus and tables of contents",)
    assert document.report.warnings == ()


@pytest.mark.parametrize(
    ("head", "title", "authors", "year"),
    [
        ("<title>A page -- somebody's blog</title>", "A page", (), None),
        ('<title>x</title><meta property="og:title" content="A page">', "A page", (), None),
        ("<title>A page</title><meta name='author' content='Ada One'>", "A page", ("Ada One",), None),
        (
            '<title>A page</title><script type="application/ld+json">{"@graph": [{"headline": "Short", "author":'
            ' [{"name": "Ada One"}], "datePublished": "2021-05-06"}]}</script>',
            "A page", ("Ada One",), 2021,
        ),
        (
            "<title>t</title></head><body><d-front-matter><script type='text/json'>"
            '{"title": "A page", "authors": [{"author": "Ada One"}, {"author": "Bo Two"}]}</script></d-front-matter>',
            "A page", ("Ada One", "Bo Two"), None,
        ),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(
    tmp_path: Path, head: str, title: str, authors: tuple[str, ...], year: int | None
) -> None:
    about = read(tmp_path, "", f"<html><head>{head}</head><body><article><h1>A page</h1>").metadata
    assert (about.title, about.authors, about.year) == (title, authors, year)


@pytest.mark.parametrize(
    ("shown", "year"),
    [
        ("<time datetime='2019-02-03'>long ago</time>", 2019),
        ("<p class='meta'>Apr 25, 2018</p>", 2018),
        ("<p>Posted on March 12th, 2017</p>", 2017),
        ("<p>In 2012 something else happened.</p>", None),
    ],
)
def test_the_date_that_a_page_shows(tmp_path: Path, shown: str, year: int | None) -> None:
    assert read(tmp_path, "", f"{HEAD}{shown}").metadata.year == year


def test_the_date_in_an_address(tmp_path: Path) -> None:
    assert read(tmp_path, "", url="https://example.org/2016/05/31/post/").metadata.year == 2016
