"""Every field of an imported entry comes out again as it went in, accents included, unless the library knows better."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.bibtex.kept_fields import OBEYED
from kb.bibtex.read import draft_of
from kb.bibtex.scan import RawEntry, scan
from kb.config import Home
from kb.export import seal
from kb.export.bibtex import bibliography, bibtex_entry
from kb.export.jsonl import dump_library, load_library
from kb.importers.bibtex_import import import_bibtex
from kb.models.paper import BibEntry, Paper, PaperDraft
from tests.export.library import PREFERENCES, Shelf
from tests.export.papers import WHEN

REAL = Path(__file__).parents[1] / "recorded" / "bibliography.bib"
BALANCED = st.recursive(
    st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=12),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: "{" + "".join(parts) + "}"),
    max_leaves=6,
)
NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)


def entries(text: str) -> dict[str, RawEntry]:
    """Entries by key; fails where one cannot be read."""
    found = list(scan(text))
    assert all(isinstance(entry, RawEntry) for entry in found)
    return {entry.key: entry for entry in found if isinstance(entry, RawEntry)}


def as_paper(entry: RawEntry) -> Paper:
    """The paper that an entry becomes."""
    return Paper(**draft_of(entry).model_dump(), id=entry.key, key=entry.key, added_at=WHEN)


def test_every_field_of_two_hundred_real_entries_comes_out_again(home: Home) -> None:
    told = entries(REAL.read_text("utf-8"))
    assert len(told) >= 200
    shelf = Shelf(home)
    assert {entry.outcome for entry in import_bibtex(shelf.record, REAL.read_text("utf-8"), apply=True)} <= {
        "new",
        "known",
    }
    out = entries(bibliography(shelf.papers.all()))
    apart = {key: entry for key, entry in told.items() if key in out}
    assert len(apart) >= 200
    for key, entry in apart.items():
        assert (out[key].type, dict(out[key].fields)) == (entry.type, dict(entry.fields)), key


def test_bibtex_itself_finds_no_fault_with_what_comes_out(tmp_path: Path) -> None:
    if not shutil.which("bibtex"):
        pytest.skip("BibTeX is not installed")
    papers = [as_paper(entry) for entry in entries(REAL.read_text("utf-8")).values()]
    (tmp_path / "out.bib").write_text(bibliography(papers), "utf-8")
    (tmp_path / "r.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{out}\n")
    done = subprocess.run(["bibtex", "r"], cwd=tmp_path, capture_output=True, text=True)
    assert "error" not in done.stdout.lower(), done.stdout
    assert (tmp_path / "r.bbl").read_text("utf-8").count("\\bibitem") == len(papers)


@settings(max_examples=300)
@given(st.dictionaries(NAMES, BALANCED.map(str.strip).filter(lambda value: not OBEYED.search(value)), max_size=6))
def test_any_fields_come_out_as_they_went_in(fields: dict[str, str]) -> None:
    entry = RawEntry(type="article", key="k", fields=fields, line=1)
    (out,) = entries(bibtex_entry(as_paper(entry))).values()
    assert (out.type, out.fields) == ("article", fields)


def test_what_the_library_knows_better_stands_in_its_own_words() -> None:
    (entry,) = entries("@article{k, title={Old {T}itle}, author={A B}, journal={J}, volume=7, year=1999}").values()
    paper = as_paper(entry).model_copy(update={"title": "New title", "doi": "10.1/x", "venue": "K"})
    (out,) = entries(bibtex_entry(paper)).values()
    assert out.fields == {
        "author": "A B", "volume": "7", "year": "1999", "title": "New title", "doi": "10.1/x", "journal": "K",
    }  # fmt: skip


def test_editors_stay_beside_authors_that_are_known_better() -> None:
    (entry,) = entries("@incollection{k, title={A}, author={A B}, editor={C D}, booktitle={E}}").values()
    (out,) = entries(bibtex_entry(as_paper(entry).model_copy(update={"authors": ("Anna B",)}))).values()
    assert (out.fields["author"], out.fields["editor"], out.fields["booktitle"]) == ("Anna B", "C D", "E")


def test_an_entry_that_only_adds_comes_after_what_the_paper_says() -> None:
    paper = Paper(
        title="A",
        authors=("A B",),
        bibtex=BibEntry(type="misc", fields={"volume": "3"}),
        id="a",
        key="k",
        added_at=WHEN,
    )
    assert list(next(iter(entries(bibtex_entry(paper)).values())).fields) == ["title", "author", "volume"]


def test_a_known_paper_takes_the_fields_that_it_lacked(home: Home) -> None:
    shelf = Shelf(home)
    known = shelf.paper(PREFERENCES)
    first = "@inproceedings{mine, title={Deep reinforcement learning from human preferences}, eprint={1706.03741}, "
    import_bibtex(shelf.record, first + "volume={30}, note={N{\\o}te}}", apply=True)
    import_bibtex(shelf.record, first + "volume={31}, pages={1--9}}", apply=True)
    (out,) = entries(bibliography(shelf.papers.all())).values()
    assert (out.key, out.type) == (known.key, "inproceedings")
    assert (out.fields["volume"], out.fields["note"], out.fields["pages"]) == ("30", "N{\\o}te", "1--9")
    assert out.fields["booktitle"] == "NeurIPS"


def test_a_month_keeps_its_name_and_a_parent_comes_after_its_children() -> None:
    text = "@inproceedings{b, crossref={a}, month=jun}\n@proceedings{a, title={All}, year=2001}"
    out = bibliography([as_paper(entry) for entry in entries(text).values()])
    assert "month    = jun," in out
    assert out.index("{b,") < out.index("{a,")


@pytest.mark.parametrize(
    "latex", [r"\input{/etc/passwd}", r"\immediate\write18{id}", r"\catcode`\%=12", r"\\\input x", "^^5cinput{x}"]
)
def test_source_that_would_do_more_than_set_type_comes_out_as_text(latex: str) -> None:
    (out,) = entries(bibtex_entry(as_paper(RawEntry(type="misc", key="k", fields={"note": latex}, line=1)))).values()
    assert out.fields["note"] != latex
    assert "\\textbackslash{}" in out.fields["note"] or "\\textasciicircum{}" in out.fields["note"]


def test_escapes_of_the_terminal_are_shown() -> None:
    (out,) = entries(
        bibtex_entry(as_paper(RawEntry(type="misc", key="k", fields={"note": "a\x1b[31m"}, line=1)))
    ).values()
    assert out.fields["note"] == "a␛[31m"


@pytest.mark.parametrize("fields", [{"note": "a}"}, {"note": "}{"}, {"no te": "x"}, {"note={},x": "y"}])
def test_no_field_can_end_its_entry(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        BibEntry(type="misc", fields=fields)
    with pytest.raises(ValidationError):
        PaperDraft.model_validate({"title": "x", "bibtex": {"type": "@x", "fields": {}}})


def test_an_export_made_before_entries_were_kept_is_still_read(home: Home, tmp_path: Path) -> None:
    shelf = Shelf(home)
    shelf.paper(PREFERENCES)
    lines = dump_library(shelf.record).splitlines(keepends=True)[:-1]
    older = seal.sealed("".join(line.replace('"bibtex":null,', "") for line in lines), "jsonl")
    assert "bibtex" not in older
    other = Shelf(Home(tmp_path / "other"))
    load_library(other.record, older)
    assert [paper.bibtex for paper in other.papers.all()] == [None]
