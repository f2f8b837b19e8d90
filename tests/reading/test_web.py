"""A saved page reads like an article: headings, formulas as TeX, footnotes; no menus, no comments, no scripts."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.errors import ItemFailedError
from kb.models.text import Block, BlockKind, ParsedDocument
from kb.reading.web import HTML_PARSER, parse_html
from tests.support import web_pages

SHA = "ab" * 32


def spans(text: str) -> Sequence[tuple[int, int]]:
    """Words as tokens."""
    return [match.span() for match in re.finditer(r"\w+", text)]


def parse(folder: Path, page: str | bytes) -> ParsedDocument:
    """The document of a page."""
    file = folder / "page.html"
    file.write_bytes(page if isinstance(page, bytes) else page.encode())
    return parse_html(file, SHA, spans, "https://example.org/post")


def of(document: ParsedDocument, kind: BlockKind) -> list[str]:
    """The texts of all blocks of a kind."""
    return [block.text for block in document.blocks if block.kind is kind]


def text(document: ParsedDocument) -> str:
    """All text."""
    return "\n".join(block.text for block in document.blocks)


def test_a_forum_post(tmp_path: Path) -> None:
    document = parse(tmp_path, web_pages.forum())
    assert (document.metadata.title, document.metadata.year) == ("What failure looks like", 2019)
    assert document.metadata.authors == ("paulfchristiano",)
    assert [(section.level, section.title, section.parent) for section in document.sections] == [
        (1, "Part I: You get what you measure", None),
        (2, "A smaller heading", 0),
        (1, "Part II: influence-seeking behavior is scary", None),
    ]
    assert of(document, BlockKind.LIST_ITEM)[1:] == ["Part II", "a point inside"]
    assert "Let $x^2 + 1$ be the loss." in text(document)
    assert of(document, BlockKind.FORMULA) == [r"$$\sum_i p_i \log q_i$$"]
    assert of(document, BlockKind.TABLE) == ["Method | Score\nRLHF | 0.91"]
    assert of(document, BlockKind.CODE) == ["for x in y:\n    print(x)"]
    assert "two parts:[1] both are told" in text(document)
    assert of(document, BlockKind.FOOTNOTE) == ["[1] A footnote with some text."]
    assert [reference.arxiv_id for reference in document.references] == ["1805.00899"]
    for foreign in ("comment", "All Posts", "About us", "never run", "∑pi"):
        assert foreign not in text(document)


def test_a_forum_post_is_found_beside_longer_comments(tmp_path: Path) -> None:
    document = parse(tmp_path, web_pages.forum(comments="A very long remark by a reader. " * 2000))
    assert "remark" not in text(document)
    assert "You get what you measure" in text(document)


def test_a_distill_article(tmp_path: Path) -> None:
    document = parse(tmp_path, web_pages.distill())
    assert document.metadata.doi == "10.23915/distill.00007"
    assert document.metadata.authors == ("Olah, Chris", "Mordvintsev, Alexander")
    assert [section.title for section in document.sections] == [
        "Feature Visualization by Optimization",
        "Diversity",
        "Acknowledgments",
    ]
    assert r"We maximise $\mathbb{E}[f(x)]$.[1]" in text(document)
    assert of(document, BlockKind.FOOTNOTE) == ["[1] Some care is needed with scale."]
    assert of(document, BlockKind.FORMULA) == [r"$$\max_x f(x)$$"]
    assert "[erhan2009,simonyan2013]" in text(document)


def test_a_blog(tmp_path: Path) -> None:
    document = parse(tmp_path, web_pages.blog())
    assert (document.metadata.title, document.metadata.authors) == ("Takeoff speeds", ("Paul Christiano",))
    assert document.metadata.year == 2018
    assert r"Growth is $g = \frac{dx}{dt}$ here.[1]" in text(document)
    assert of(document, BlockKind.FORMULA) == ["$$E = mc^2$$"]
    assert "draw $a^2$ as pictures" in text(document)
    assert of(document, BlockKind.FOOTNOTE) == ["[1] By the usual definition."]
    for foreign in ("Facebook", "newsletter", "Menu"):
        assert foreign not in text(document)


def test_a_page_that_marks_nothing(tmp_path: Path) -> None:
    document = parse(tmp_path, web_pages.unmarked())
    assert document.metadata.title == "The Bitter Lesson"
    assert [f"Number {n}." in text(document) for n in range(8)] == [True] * 8


def test_formulas_of_arxivs_html_and_of_mathjax_3(tmp_path: Path) -> None:
    body = (
        '<p>Given <math alttext="\\theta" display="inline"><mi>θ</mi></math> and '
        '<mjx-container jax="CHTML" display="true"><mjx-math>drawn</mjx-math><mjx-assistive-mml><math><semantics>'
        '<annotation encoding="application/x-tex">\\pi_\\theta</annotation></semantics></math></mjx-assistive-mml>'
        "</mjx-container> we go on.</p>"
    )
    document = parse(tmp_path, web_pages.forum(body))
    assert r"Given $\theta$ and $$\pi_\theta$$ we go on." in text(document)


@pytest.mark.parametrize("kind", list(BlockKind))
def test_blocks_and_passages_are_numbered_and_point_to_their_sections(tmp_path: Path, kind: BlockKind) -> None:
    document = parse(tmp_path, web_pages.forum())
    blocks: list[Block] = [block for block in document.blocks if block.kind is kind]
    for block in blocks:
        assert document.blocks[block.index] is block
        assert block.section is None or document.sections[block.section].first_block <= block.index
    for passage in document.passages:
        assert passage.id.startswith(SHA[:16])
        assert passage.tokens <= 240
        assert document.blocks[passage.first_block].section == passage.section


def test_the_report_names_the_parser_and_the_share_that_was_read(tmp_path: Path) -> None:
    report = parse(tmp_path, web_pages.forum()).report
    assert report.parser == HTML_PARSER
    assert report.pages == 1
    assert report.coverage is not None
    assert report.coverage > 0.9


def test_a_page_made_by_scripts_says_so(tmp_path: Path) -> None:
    with pytest.raises(ItemFailedError, match="no text") as caught:
        parse(tmp_path, web_pages.SCRIPT_ONLY)
    assert "scripts are never run" in caught.value.why
    assert "browser" in caught.value.next


@pytest.mark.parametrize("page", ["", "\x00\x01\x02", "<", "<html>", "%PDF-1.7 nothing"])
def test_what_is_no_page_fails_clearly(tmp_path: Path, page: str) -> None:
    with pytest.raises(ItemFailedError):
        parse(tmp_path, page)


def test_a_page_of_too_many_pieces_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.reading.web.MAX_ELEMENTS", 20)
    with pytest.raises(ItemFailedError, match="too complex"):
        parse(tmp_path, web_pages.forum())


def test_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    page = web_pages.forum("<div>" * 5000 + "<p>Deep down.</p>" + "</div>" * 5000)
    assert "You get what you measure" in text(parse(tmp_path, page))


def test_what_is_nested_deep_is_read(tmp_path: Path) -> None:
    page = web_pages.forum("<div>" * 150 + "<p>Deep down.</p><p>Below it.</p>" + "</div>" * 150)
    said = text(parse(tmp_path, page))
    assert "Deep down." in said
    assert "Below it." in said


def test_entities_are_not_expanded_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    document = parse(tmp_path, web_pages.forum("<p>&x; &amp; more</p>").replace("<!DOCTYPE html>", doctype))
    assert "a secret" not in text(document)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_bytes_in_any_declared_encoding(tmp_path: Path, encoding: str) -> None:
    page = web_pages.unmarked().replace("<head>", f'<head><meta charset="{encoding}">').replace("Number 3", "Nümber")
    assert "Nümber" in text(parse(tmp_path, page.encode(encoding)))


def test_markup_in_text_stays_text(tmp_path: Path) -> None:
    document = parse(tmp_path, web_pages.forum("<p>[bold]not markup[/bold] &lt;script&gt; \\x1b[31m</p>"))
    assert "[bold]not markup[/bold] <script> \\x1b[31m" in text(document)
