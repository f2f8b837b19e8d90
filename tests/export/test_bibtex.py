"""Bibliographies: keys for life, text that comes out as text, capitals that styles keep."""

import re
import shutil
import subprocess
from pathlib import Path

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import example, given
from hypothesis import strategies as st

from kb.export.bibtex import bibliography, bibtex_entry
from kb.models.paper import PaperKind
from tests.export.papers import paper

NASTY = r"100% of \textbf{x} & $y_i$ #1 ~ ^ } { { @article{fake, title={no}} “q” <b> |"
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=60)


def read_back(text: str) -> list[dict[str, str]]:
    """Entries as bibtexparser reads them, with LaTeX decoded; fails where any block could not be read."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return [
        {"type": entry.entry_type, "key": entry.key, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]


def decoded(latex: str) -> str:
    """What the LaTeX prints; the decoder knows no named braces, and draws the circumflex as an accent."""
    named = latex.replace(r"\textbraceleft{}", "\ue001").replace(r"\textbraceright{}", "\ue002")
    printed = str(LatexDecodingMiddleware(keep_braced_groups=False)._decoder.latex_to_text(named))
    return printed.replace("\ue001", "{").replace("\ue002", "}").replace("ˆ", "^")


def test_an_arxiv_paper_has_its_eprint_and_page() -> None:
    text = bibtex_entry(paper("Deep RL", authors=("Paul Christiano", "Jan Leike"), year=2017, arxiv_id="1706.03741"))
    assert read_back(text) == [
        {
            "type": "misc",
            "key": "a2024title",
            "title": "Deep {RL}",
            "author": "Paul Christiano and Jan Leike",
            "year": "2017",
            "eprint": "1706.03741",
            "archiveprefix": "arXiv",
            "url": "https://arxiv.org/abs/1706.03741",
        }
    ]


@pytest.mark.parametrize(
    ("kind", "venue", "type_", "field"),
    [
        (PaperKind.PAPER, "Advances in NeurIPS 30", "inproceedings", "booktitle"),
        (PaperKind.PAPER, "Nature 518, 529 (2015)", "article", "journal"),
        (PaperKind.BOOK, "MIT Press", "book", "publisher"),
        (PaperKind.POST, "Alignment Forum", "misc", "howpublished"),
    ],
)
def test_the_venue_decides_the_type(kind: PaperKind, venue: str, type_: str, field: str) -> None:
    (entry,) = read_back(bibtex_entry(paper(kind=kind, venue=venue)))
    assert (entry["type"], entry[field]) == (type_, venue)


def test_text_that_latex_would_obey_comes_out_as_text() -> None:
    (entry,) = read_back(bibtex_entry(paper(NASTY, authors=(NASTY,), venue=NASTY)))
    assert decoded(entry["title"]) == NASTY
    assert decoded(entry["author"]) == NASTY
    assert decoded(entry["howpublished"]) == NASTY


@given(title=WORDS, author=WORDS, url=WORDS)
@example(title=" ", author=" ", url=" ")
def test_any_title_stays_one_entry(title: str, author: str, url: str) -> None:
    entries = read_back(bibtex_entry(paper(title, authors=(author,), url=url)) + bibtex_entry(paper(key="next")))
    assert [entry["key"] for entry in entries] == ["a2024title", "next"]
    assert " ".join(decoded(entries[0]["title"]).split()) == (" ".join(title.split()) or "a2024title")


def test_accents_and_other_scripts_stay() -> None:
    (entry,) = read_back(bibtex_entry(paper("Über Ørsted 学习", authors=("José Hernández-Orallo", "Łukasz Kaiser"))))
    assert "Über" in entry["title"]
    assert "学习" in entry["title"]
    assert entry["author"] == "José Hernández-Orallo and Łukasz Kaiser"


def test_the_order_does_not_depend_on_when_papers_came() -> None:
    papers = [paper(id=name, key=name) for name in ("c2020", "a2024", "b1999")]
    text = bibliography(papers)
    assert text == bibliography(reversed(papers))
    assert re.findall(r"^@\w+\{(\w+),", text, re.MULTILINE) == ["a2024", "b1999", "c2020"]


def test_a_key_with_characters_that_end_it_is_still_one_key() -> None:
    (entry,) = read_back(bibtex_entry(paper(key="o'brien, 2020{x}")))
    assert entry["key"] == "obrien2020x"


def test_addresses_stand_as_they_are() -> None:
    (entry,) = read_back(bibtex_entry(paper(url="https://e.org/a_b?x=1&y=%20#{frag}", doi="10.1/a_b<c>")))
    assert entry["url"] == "https://e.org/a_b?x=1&y=%20#%7Bfrag%7D"
    assert entry["doi"] == "10.1/a_b<c>"


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="bibtex is not installed")
def test_bibtex_itself_reads_the_file_and_keeps_protected_capitals(tmp_path: Path) -> None:
    papers = [
        paper("KL-penalised RLHF: A Bayesian view of GPT-3", id="b", key="b", year=2022, authors=("Tomek Korbak",)),
        paper(
            NASTY, id="c", key="c", authors=("Ludwig van Beethoven", "OpenAI, Inc."), venue=NASTY, url="https://e.org/{"
        ),
    ]
    (tmp_path / "r.bib").write_text(bibliography(papers))
    (tmp_path / "r.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{r}\n")
    run = subprocess.run(["bibtex", "r"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert "error" not in run.stdout.lower()
    printed = " ".join((tmp_path / "r.bbl").read_text().split())
    assert "{KL}-penalised {RLHF}: A {Bayesian} view of {GPT}-3" in printed
    assert "Ludwig van Beethoven and {OpenAI, Inc.}" in printed
