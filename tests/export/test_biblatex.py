"""BibLaTeX bibliographies, run through biber and BibTeX where these are installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kb.config import Home
from kb.export.biblatex import biblatex, biblatex_entry
from kb.export.bibtex import bibliography
from kb.importers.bibtex_import import import_bibtex
from kb.models.paper import Paper, PaperKind
from tests.bibtex.test_kept_fields import REAL, as_paper, entries
from tests.export.library import PREFERENCES, Shelf
from tests.export.papers import paper
from tests.export.test_bibtex import NASTY, read_back

ACCENTS = (
    paper("Über die Sätze", key="godel1931", authors=("Kurt Gödel",), year=1931, venue="Monatshefte"),
    paper("Łukasiewicz logic & 100 %", key="luk1920", authors=("Jan Łukasiewicz", "Paul Erdős"), year=1920),
    paper("Deep RL", key="deep2017", authors=("Paul Christiano", "Jan Leike"), year=2017, arxiv_id="1706.03741"),
    paper(
        "A post",
        key="post2020",
        authors=("Ajeya Cotra",),
        year=2020,
        kind=PaperKind.POST,
        url="https://e.org/a_b?c=d&e",
    ),
    paper(NASTY, key="nasty2024", authors=(NASTY,), year=2024, venue=NASTY),
)


def test_an_arxiv_paper_is_online_with_its_eprint_and_all_its_keys() -> None:
    [entry] = read_back(biblatex_entry(ACCENTS[2], ("old2016", "not, a key")))
    assert entry == {
        "type": "online",
        "key": "deep2017",
        "ids": "old2016",
        "title": "Deep {RL}",
        "author": "Paul Christiano and Jan Leike",
        "date": "2017",
        "eprint": "1706.03741",
        "eprinttype": "arxiv",
        "url": "https://arxiv.org/abs/1706.03741",
    }


def test_a_key_that_a_paper_had_elsewhere_is_one_of_its_ids(home: Home) -> None:
    shelf = Shelf(home)
    known = shelf.paper(PREFERENCES)
    import_bibtex(
        shelf.record, "@article{drlhp, title={Deep}, eprint={1706.03741}, ids={more}, volume={30}}", apply=True
    )
    [entry] = read_back(biblatex(shelf.papers.all(), shelf.papers.aliases()))
    assert entry["key"] == known.key
    assert set(entry["ids"].split(", ")) == {"drlhp", "more"}
    assert entry["volume"] == "30"


@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed")
def test_biber_reads_it_without_a_complaint_and_finds_old_keys(tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_text(_with_alias(), "utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--output-encoding=UTF-8", "library.bib"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "ERROR" not in ran.stdout
    assert not re.search("WARN", ran.stdout), ran.stdout
    text = (tmp_path / "library_bibertool.bib").read_text("utf-8")
    assert all(found in text for found in ("Gödel", "Łukasiewicz", "Erdős", "once1900"))


@pytest.mark.skipif(shutil.which("biber") is None, reason="biber is not installed")
def test_biber_reads_two_hundred_real_entries(tmp_path: Path) -> None:
    papers = [as_paper(entry) for entry in entries(REAL.read_text("utf-8")).values()]
    (tmp_path / "library.bib").write_text(biblatex(papers, {}), "utf-8")
    command = ["biber", "--tool", "--output-encoding=UTF-8", "library.bib"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "ERROR" not in ran.stdout
    written = (tmp_path / "library_bibertool.bib").read_text("utf-8")
    assert sum(f"{{{one.key}," in written for one in papers) == len(papers) >= 200


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="bibtex is not installed")
def test_bibtex_reads_the_other_bibliography_without_a_complaint(tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_text(bibliography(ACCENTS), "utf-8")
    cites = "".join(f"\\citation{{{one.key}}}\n" for one in ACCENTS)
    (tmp_path / "x.aux").write_text(f"{cites}\\bibstyle{{plain}}\n\\bibdata{{library}}\n")
    ran = subprocess.run(["bibtex", "x"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "error" not in ran.stdout.lower(), ran.stdout
    assert (tmp_path / "x.bbl").read_text("utf-8").count("\\bibitem") == len(ACCENTS)


def _with_alias() -> str:
    papers: list[Paper] = [one.model_copy(update={"id": one.key}) for one in ACCENTS]
    return biblatex(papers, {"godel1931": ("once1900",)})
