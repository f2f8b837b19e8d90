"""The summary of three papers that were really read: it reads well, and its quotes are theirs."""

from pathlib import Path

import pytest

from kb.config import Home
from kb.export.gather import gather_list
from kb.export.markdown import render_markdown
from kb.library.anchors import QuoteLocator
from kb.models.anchor import AnchorState
from kb.models.text import ParsedDocument
from kb.reading.parser import ParserChild
from kb.sources.files import sha256_of
from tests.export.three_papers import FILES, read_three_papers

GOLDEN = Path(__file__).parent.parent / "golden" / "summary_of_three_papers.md"
PAPERS = Path(__file__).parents[3] / "shared" / "data" / "papers"


def test_the_summary_of_a_week(home: Home) -> None:
    shelf = read_three_papers(home)
    assert render_markdown(gather_list(shelf.record, "course", 4)) == GOLDEN.read_text("utf-8")


@pytest.mark.skipif(not PAPERS.is_dir(), reason="the real papers are not here")
@pytest.mark.parametrize("arxiv_id", FILES)
def test_every_quote_stands_in_its_paper_on_its_page(home: Home, arxiv_id: str) -> None:
    shelf = read_three_papers(home)
    path = PAPERS / FILES[arxiv_id]
    sha256 = sha256_of(path)
    with ParserChild() as parser:
        *_, document = parser.parse(path, sha256, lambda text: [(0, len(text))], stage=1)
    assert isinstance(document, ParsedDocument)
    locator = QuoteLocator(document.blocks, sha256)
    paper = shelf.papers.find(arxiv_id)
    for anchor in (anchor for note in shelf.notes.all(paper=paper.id) for anchor in note.anchors):
        found = locator.select(anchor.quote, anchor.page)
        assert (found.state, found.page) == (AnchorState.EXACT, anchor.page), anchor.quote
