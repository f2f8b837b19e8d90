"""CSL-JSON and RIS: what other programs read back from them."""

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.export.csl import csl_items
from kb.export.json import to_json
from kb.export.ris import ris
from kb.models.paper import BibEntry, PaperKind
from tests.export.papers import paper

OORD = paper(
    "Neural discrete representation learning",
    key="oord2017neural",
    authors=("Aaron van den Oord", "Sammy Davis Jr.", "Gemini Team"),
    year=2017,
    arxiv_id="1711.00937",
    venue="Advances in NeurIPS",
    doi="10.1/x",
    abstract="Learning useful\nrepresentations.",
)


def records(text: str) -> list[list[tuple[str, str]]]:
    """RIS records as tags with their values, read the way that reference managers read them."""
    found: list[list[tuple[str, str]]] = []
    for line in text.splitlines():
        tag, separator, value = line[:2], line[2:6], line[6:]
        assert not line or separator == "  - "
        if tag == "TY":
            found.append([])
        if tag.strip():
            found[-1].append((tag, value))
    return found


def test_a_paper_in_csl() -> None:
    assert csl_items([OORD]) == [
        {
            "id": "oord2017neural",
            "type": "paper-conference",
            "title": "Neural discrete representation learning",
            "author": [
                {"family": "Oord", "given": "Aaron", "non-dropping-particle": "van den"},
                {"family": "Davis", "given": "Sammy", "suffix": "Jr."},
                {"literal": "Gemini Team"},
            ],
            "issued": {"date-parts": [[2017]]},
            "container-title": "Advances in NeurIPS",
            "number": "arXiv:1711.00937",
            "DOI": "10.1/x",
            "URL": "https://arxiv.org/abs/1711.00937",
            "abstract": "Learning useful\nrepresentations.",
        }
    ]


def test_a_paper_in_ris() -> None:
    assert records(ris([OORD])) == [
        [
            ("TY", "CPAPER"),
            ("ID", "oord2017neural"),
            ("TI", "Neural discrete representation learning"),
            ("AU", "van den Oord, Aaron"),
            ("AU", "Davis, Sammy, Jr."),
            ("AU", "Gemini Team"),
            ("PY", "2017"),
            ("T2", "Advances in NeurIPS"),
            ("DO", "10.1/x"),
            ("UR", "https://arxiv.org/abs/1711.00937"),
            ("AN", "arXiv:1711.00937"),
            ("AB", "Learning useful representations."),
            ("ER", ""),
        ]
    ]


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_of_work_has_a_type(kind: PaperKind) -> None:
    (item,) = csl_items([paper(kind=kind)])
    assert item["type"]
    ((first, *_),) = records(ris([paper(kind=kind)]))
    assert first[0] == "TY"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.text(max_size=40))
def test_any_text_stays_one_record(title: str, author: str) -> None:
    nasty = paper(title + "\nER  - \nTY  - BOOK", authors=(author + "\nTY  - BOOK",))
    assert len(records(ris([nasty]))) == 1


def test_both_are_ordered_by_key() -> None:
    papers = [paper(key=key) for key in "cab"]
    assert [item["id"] for item in csl_items(papers)] == ["a", "b", "c"]
    assert [dict(record)["ID"] for record in records(ris(papers))] == ["a", "b", "c"]


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_reads_the_csl() -> None:
    source = to_json(csl_items([OORD, paper("50% of <b> & $x$", key="b")]))
    run = subprocess.run(
        ["pandoc", "--from", "csljson", "--to", "csljson"], input=source, capture_output=True, text=True, check=True
    )
    first, second = sorted(json.loads(run.stdout), key=lambda item: item["id"])
    assert first["title"] == "50% of <b> & $x$"
    assert second["author"][0]["family"] == "Oord"


@pytest.mark.parametrize(
    ("type_", "csl", "ris_"),
    [("phdthesis", "thesis", "THES"), ("incollection", "chapter", "CHAP"), ("artwork", "document", "GEN")],
)
def test_an_imported_entry_keeps_its_type_and_its_pages(type_: str, csl: str, ris_: str) -> None:
    entry = BibEntry(type=type_, fields={"pages": "12--34", "volume": "{7}", "note": "N{\\o}te"})
    imported = paper("T", bibtex=entry)
    [item] = csl_items([imported])
    assert (item["type"], item["page"], item["volume"], item["note"]) == (csl, "12–34", "7", "Nøte")
    lines = ris([imported]).splitlines()
    assert lines[0] == f"TY  - {ris_}"
    assert {"SP  - 12", "EP  - 34", "VL  - 7"} <= set(lines)
