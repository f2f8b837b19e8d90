"""Text from outside comes out as text in every format, as the programs see it that people read the format with."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import bibtexparser
import lxml.html
import pymupdf
import pytest
from pyld import jsonld

from kb.config import Home
from kb.escape.plain import one_line, visible
from kb.export.anki import anki_package
from kb.export.biblatex import biblatex
from kb.export.bibtex import bibliography
from kb.export.csl import csl_items
from kb.export.gather import gather_all, gather_paper
from kb.export.html import render_html
from kb.export.json import summary_data, to_json
from kb.export.jsonl import dump_library
from kb.export.jsonld import discourse_graph
from kb.export.latex_page import render_latex
from kb.export.literature import literature
from kb.export.markdown import render_markdown
from kb.export.pdf_page import render_pdf
from kb.export.period import Period
from kb.export.progress import render_progress, weeks
from kb.export.reports import page_document, table_document
from kb.export.ris import ris
from kb.export.text import render_text
from kb.export.vault.writing import export_vault
from kb.models.note import LinkKind
from kb.models.paper import PaperDraft
from kb.models.provenance import Provenance
from tests.export.library import OVERSIGHT, Shelf, quote
from tests.export.test_bibtex import decoded
from tests.support.kept_home import Files, filled, lay_out

HOSTILE = {
    "markdown": "# H1 *em* **st** `co` [a](javascript:x) ![i](http://e.org/i.png) | c | ~~s~~ > q - l 1. n --- [[w]]",
    "html": "</p></title></style><script>alert(1)</script><img src=x onerror=alert(2)> &lt; &#65; <!-- c --> ]]>",
    "latex": "\\input{/etc/passwd} \\write18{id} \\end{document} $x^2$ % & # _ ^ ~ { } \\\\ ^^41 -- `` '' ?` <<",
    "bibtex": 'x}, title = {fake} } @misc{other, title={no}} @comment{ " # and others , Jr',
    "formula": '=HYPERLINK("http://e.org","x")',
    "plus": "+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1+1)*cmd",
    "controls": "a\x1b]0;owned\x07b\x1b[31mc \x00d \u202eright\u2066 e\u2028f\x9bg",
    "jinja": "{{ summary.__class__ }} {% include 'x' %} {# c #} ${x} %(y)s {0}",
    "lines": "one\r\nTY  - BOOK\n\n## two\n\n---\ntitle: x\n---",
}
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Exported:
    """A library of hostile text, and where files may be put."""

    shelf: Shelf
    paper: str
    folder: Path


@pytest.fixture(params=HOSTILE)
def text(request: pytest.FixtureRequest) -> str:
    """Something that a format could obey."""
    return HOSTILE[str(request.param)]


@pytest.fixture
def exported(home: Home, tmp_path: Path, text: str) -> Exported:
    """The text in every place that is filled from outside."""
    lay_out(_filled_with(text), home)
    shelf = Shelf(home)
    [paper] = shelf.papers.all()
    return Exported(shelf, paper.id, tmp_path)


@cache
def _filled_with(text: str) -> Files:
    return filled(lambda home: _fill(home, text))


def _fill(home: Home, text: str) -> None:
    shelf = Shelf(home)
    draft = PaperDraft(title=text, authors=("Ann Ash", text), year=2020, venue=text, abstract=text, url=text)
    paper = shelf.paper(draft)
    claim = shelf.note(
        "claim", paper, anchors=(quote(text, 3, prefix=text),), agendas=(OVERSIGHT,), statement=text, asserted_by=text
    )
    shelf.note("method", paper, approach=text, problem=text, metric=text, outcome="improved", cost=text, limits=text)
    evidence = shelf.note("evidence", paper, observation=text, evidence_kind="argument", anchors=(quote(text),))
    shelf.link(evidence, claim, LinkKind.SUPPORTS, 0.5, text)
    shelf.note("term", paper, term=text, definition=text)
    shelf.note("question", paper, body="Why?", answer=text)
    shelf.note("highlight", paper, body=text, anchors=(quote(text),), provenance=Provenance.IMPORT)
    shelf.rate(claim, 0.3, 0.4, text)
    shelf.record.close()


_TYPED = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "−": "-", "\u00ad": "", "ˆ": "^", "˜": "~"}


def squeezed(words: str) -> str:
    """Words without the spaces that laying out puts in and takes away, in the characters that fonts stand for."""
    plain = unicodedata.normalize("NFKC", words)
    for sign, typed in _TYPED.items():
        plain = plain.replace(sign, typed)
    return "".join(plain.split())


def summary_markdown(one: Exported) -> str:
    """The summary of the paper."""
    return render_markdown(gather_paper(one.shelf.record, one.paper))


def progress_markdown(one: Exported) -> str:
    """The progress of a reader who is called by the text."""
    today = one.shelf.notes.all()[0].created_at.astimezone().date()
    readers = [(one.shelf.papers.get(one.paper).title, one.shelf.record)]
    return render_progress("P", weeks(readers, Period(first=today, last=today)))


def table_markdown(one: Exported) -> str:
    """The literature table."""
    return str(table_document(literature(gather_all(one.shelf.record)), "markdown").data)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_sees_text_in_a_vault(exported: Exported, text: str) -> None:
    export_vault(exported.shelf.record, exported.folder / "vault")
    words = ""
    for path in (exported.folder / "vault").rglob("*.md"):
        markdown = path.read_text("utf-8")
        assert not FORBIDDEN.search(markdown)
        found = _read_by_pandoc(markdown)
        assert {kind for kind, _ in found}.isdisjoint({"Image", "Note", "Link"})
        raw = [str(content[1]) for kind, content in found if kind in {"RawBlock", "RawInline"}]
        assert all(re.fullmatch(r"<!-- kb:[\w -]+ -->\s*", part) for part in raw), raw
        words += _words(found)
    assert squeezed(one_line(text)) in squeezed(words)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("made", [summary_markdown, progress_markdown, table_markdown])
def test_pandoc_sees_text(exported: Exported, text: str, made: Callable[[Exported], str]) -> None:
    markdown = made(exported)
    assert not FORBIDDEN.search(markdown)
    found = _read_by_pandoc(markdown)
    dangerous = {"Image", "Math", "Note", "Cite", "RawBlock", "RawInline"}
    assert {kind for kind, _ in found}.isdisjoint(dangerous)
    links = [content[2][0] for kind, content in found if kind == "Link"]
    assert all(link.startswith("https://arxiv.org/") for link in links), links
    assert squeezed(one_line(text)) in squeezed(_words(found))


@pytest.mark.parametrize("kind", ["summary", "table", "report"])
def test_a_browser_sees_text(exported: Exported, text: str, kind: str) -> None:
    record = exported.shelf.record
    page = {
        "summary": lambda: render_html(gather_paper(record, exported.paper)),
        "table": lambda: table_document(literature(gather_all(record)), "html").data,
        "report": lambda: page_document(text, progress_markdown(exported), "html").data,
    }[kind]()
    assert not FORBIDDEN.search(str(page))
    _is_harmless_page(str(page), text)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("kind", ["summary", "table"])
def test_latex_sets_text(exported: Exported, text: str, kind: str) -> None:
    record = exported.shelf.record
    source = (
        render_latex(gather_paper(record, exported.paper))
        if kind == "summary"
        else str(table_document(literature(gather_all(record)), "latex").data)
    )
    (exported.folder / "x.tex").write_text(source, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "x.tex"]
    ran = subprocess.run(command, cwd=exported.folder, capture_output=True, text=True, errors="replace", check=False)
    assert ran.returncode == 0, ran.stdout[-1500:]
    words = "".join(page.get_text() for page in pymupdf.open(exported.folder / "x.pdf"))
    assert "root:" not in words
    expected = re.sub("[\u2400-\u243f⟨⟩]", "", squeezed(one_line(text)))
    assert expected in re.sub("[⟨⟩]", "", squeezed(words.replace("-\n", "-")))


def test_a_pdf_shows_text(exported: Exported, text: str) -> None:
    document = pymupdf.open("pdf", render_pdf(gather_paper(exported.shelf.record, exported.paper)))
    assert all(link["uri"].startswith("https://arxiv.org/") for page in document for link in page.get_links())
    assert not [image for page in document for image in page.get_images()]
    words = "".join(page.get_text() for page in document)
    assert squeezed(one_line(text)) in squeezed(words)


def test_a_mail_shows_text(exported: Exported, text: str) -> None:
    shown = render_text(gather_paper(exported.shelf.record, exported.paper))
    assert not FORBIDDEN.search(shown)
    assert squeezed(one_line(text)) in squeezed(re.sub("^> ", "", shown, flags=re.MULTILINE))


def test_json_holds_the_text_itself_and_shows_no_control_character(exported: Exported, text: str) -> None:
    record = exported.shelf.record
    summary = to_json(summary_data(gather_paper(record, exported.paper)))
    lines = dump_library(record)
    graph = to_json(discourse_graph(record))
    for made in (summary, lines, graph):
        assert not FORBIDDEN.search(made)
    assert json.loads(summary)["papers"][0]["paper"]["title"] == text
    assert any(json.loads(line).get("title") == text for line in lines.splitlines())
    titles = [node.get("http://purl.org/dc/terms/title") for node in jsonld.expand(json.loads(graph))]
    assert [{"@value": visible(text)}] in titles


def test_a_spreadsheet_shows_text(exported: Exported, text: str) -> None:
    table = literature(gather_all(exported.shelf.record))
    made = str(table_document(table, "csv").data)
    assert not FORBIDDEN.search(made)
    rows = list(csv.reader(io.StringIO(made)))
    assert len(rows) == 2
    assert {len(row) for row in rows} == {len(table.headers)}
    for cell in rows[1]:
        assert cell[:1] not in {"=", "+", "@", "-"} or re.fullmatch(r"[+-]?\d+(\.\d+)?\s?%?", cell)
    assert squeezed(visible(text)) in squeezed("".join(rows[1]))


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_a_bibliography_holds_text(exported: Exported, text: str, form: str) -> None:
    papers = exported.shelf.papers.all()
    made = bibliography(papers) if form == "bibtex" else biblatex(papers, {exported.paper: (text,)})
    assert not FORBIDDEN.search(made)
    library = bibtexparser.parse_string(made)
    assert not library.failed_blocks
    [entry] = library.entries
    assert squeezed(decoded(str(entry["title"]))) == squeezed(one_line(text))


def test_reference_managers_see_text(exported: Exported, text: str) -> None:
    papers = exported.shelf.papers.all()
    [item] = json.loads(to_json(csl_items(papers)))
    assert item["title"] == visible(text)
    lines = ris(papers).rstrip("\n").split("\n")
    assert not FORBIDDEN.search("\n".join(lines))
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == 1
    assert f"TI  - {one_line(text)}" in lines


def test_anki_shows_text(exported: Exported, text: str) -> None:
    (exported.folder / "c.apkg").write_bytes(anki_package(exported.shelf.record))
    with zipfile.ZipFile(exported.folder / "c.apkg") as archive:
        archive.extract("collection.anki2", exported.folder)
    opened = sqlite3.connect(exported.folder / "collection.anki2")
    rows = opened.execute("SELECT flds, tags FROM notes").fetchall()
    opened.close()
    assert len(rows) == 3
    for fields, _ in rows:
        assert len(fields.split("\x1f")) == 3
        assert not FORBIDDEN.search(fields.replace("\x1f", ""))
        _is_harmless_page(fields.replace("\x1f", " "), text)


def _is_harmless_page(page: str, text: str) -> None:
    document = lxml.html.document_fromstring(page)
    for element in document.iter():
        if isinstance(element.tag, str):
            assert element.tag not in {"script", "iframe", "object", "embed", "form", "svg", "base", "link"}
            assert not [name for name in element.attrib if name.startswith("on")]
            assert element.get("href", "https://arxiv.org/").startswith("https://arxiv.org/")
            assert element.get("src", "data:image/png;").startswith("data:image/png;")
    for style in document.xpath("//style | //comment()"):
        style.drop_tree()
    words = squeezed(document.text_content())
    assert squeezed(one_line(text)) in words or squeezed(visible(text)) in words


def _read_by_pandoc(markdown: str) -> "list[tuple[str, Any]]":
    """What pandoc makes of a document."""
    command = ["pandoc", "--from", "markdown-smart", "--to", "json"]
    ran = subprocess.run(command, input=markdown, capture_output=True, text=True, check=True)
    return _elements(json.loads(ran.stdout)["blocks"])


def _words(found: "list[tuple[str, Any]]") -> str:
    """The words in it; a block of code is in no word."""
    return "".join(
        str(content) if kind == "Str" else str(content[1]) if kind == "Code" else " " for kind, content in found
    )


def _elements(node: object) -> "list[tuple[str, Any]]":
    """Every element of pandoc's tree, with its kind."""
    if isinstance(node, dict):
        inner = _elements(node.get("c"))
        return [(str(node["t"]), node.get("c")), *inner] if "t" in node else inner
    return [found for each in node for found in _elements(each)] if isinstance(node, list) else []
