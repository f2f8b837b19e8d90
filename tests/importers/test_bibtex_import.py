"""BibTeX files into the library: read as BibTeX reads them, and joined with what is there."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.bibtex.latex_text import text_of
from kb.bibtex.read import draft_of, names_in
from kb.bibtex.scan import BrokenEntry, RawEntry, scan
from kb.config import Home
from kb.export.bibtex import bibliography, bibtex_entry
from kb.importers.bibtex_import import import_bibtex
from kb.models.paper import Paper, PaperDraft, PaperKind
from kb.models.provenance import Provenance
from tests.export.library import PREFERENCES, Shelf
from tests.export.papers import paper

FILE = r"""
This is a comment, as is everything outside entries.
@string{neurips = "Advances in {NeurIPS}"}
@preamble{"\newcommand{\x}{y}"}
@comment{@misc{hidden, title={not here}}}
@InProceedings{christiano2017deep,
  title = "Deep {RL} from {H}uman \emph{preferences}: \& 50\% of $x_i$",
  author = {M{\"u}ller, J{\"o}rg and \v{S}koda, Karel and {OpenAI, Inc.} and others},
  booktitle = neurips # " 30",
  year = 2017, month = jun, eprint = {1706.03741v4}, archivePrefix = {arXiv},
}
@article(second,
  title = {Parentheses (too)},
  journal = {Nature},
  author = "van den Oord, A{\"a}ron and Sammy Davis, Jr. and King, Jr., Martin Luther",
  date = {2020-05-01}, doi = {https://doi.org/10.1038/S41586\_020}, url = {https://e.org/a_b%20c}
)
@misc{third, title={On {arXiv} only}, author={Ng, A.}, journal={arXiv preprint arXiv:2001.00001}, year={2020}}
@online{fourth, title={A post}, author={Ann Ash}, howpublished={\url{https://blog.example/x}}, year=2021}
@book{fifth, title={Stra{\ss}e \& \AE r{\o} \'{e}\`a\^{\i}\~n\c{c}\H{o}}, publisher={MIT Press}, editor={E. Ditor}}
"""


def entries(text: str) -> list[RawEntry]:
    """Entries that can be read."""
    return [entry for entry in scan(text) if isinstance(entry, RawEntry)]


def drafts(text: str) -> dict[str, PaperDraft]:
    """Works by key."""
    return {entry.key: draft_of(entry) for entry in entries(text)}


def test_a_file_is_read_as_bibtex_reads_it() -> None:
    found = {key: draft.model_copy(update={"bibtex": None}) for key, draft in drafts(FILE).items()}
    assert found["christiano2017deep"] == PaperDraft(
        title="Deep RL from Human preferences: & 50% of $x_i$",
        authors=("Jörg Müller", "Karel Škoda", "OpenAI, Inc.", "et al."),
        year=2017,
        arxiv_id="1706.03741",
        venue="Advances in NeurIPS 30",
        provenance=Provenance.IMPORT,
    )
    assert found["second"] == PaperDraft(
        title="Parentheses (too)",
        authors=("Aäron van den Oord", "Jr. Sammy Davis", "Martin Luther King Jr."),
        year=2020,
        doi="10.1038/S41586_020",
        url="https://e.org/a_b%20c",
        venue="Nature",
        provenance=Provenance.IMPORT,
    )
    assert (found["third"].arxiv_id, found["third"].venue) == ("2001.00001", "")
    assert (found["fourth"].kind, found["fourth"].url) == (PaperKind.POST, "https://blog.example/x")
    assert found["fifth"].kind is PaperKind.BOOK
    assert found["fifth"].title == "Straße & Ærø éàî\u00f1çő"
    assert found["fifth"].authors == ("E. Ditor",)
    assert list(found) == ["christiano2017deep", "second", "third", "fourth", "fifth"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@misc{a, title = {never closed", "a value is not closed"),
        ("@misc{a, title = }", "a value is missing"),
        ("@misc{a, title {x}}", "a field has no name or no value"),
        ("@misc{a, title = {x}", "it is not closed"),
        ('@misc{a"b, title = {x}}', "its key cannot be read"),
    ],
)
def test_an_entry_that_cannot_be_read_is_named_and_the_next_one_read(text: str, why: str) -> None:
    found = list(scan(f"{text}\n@misc{{next, title={{b}}}}"))
    assert found[0] == BrokenEntry(line=1, why=why)
    if "never closed" not in text:
        assert isinstance(found[-1], RawEntry)
        assert found[-1].key == "next"


@given(st.text(st.sampled_from('@misc{}",=#() \n\\abc%'), max_size=60))
def test_no_text_stops_the_reading(text: str) -> None:
    for entry in scan(text):
        if isinstance(entry, RawEntry):
            draft_of(entry)


@settings(max_examples=300)
@given(title=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=40))
def test_what_is_exported_is_read_back(title: str) -> None:
    (entry,) = entries(bibtex_entry(paper(title, venue=title)))
    draft = draft_of(entry)
    assert draft.title == (" ".join(title.split()) or "a2024title")


@pytest.mark.parametrize("author", ["Aaron van den Oord", "Sammy Davis Jr.", "OpenAI, Inc.", "José Å. Ñandú", "et al."])
def test_authors_go_out_and_come_back(author: str) -> None:
    (entry,) = entries(bibtex_entry(paper(authors=("A B", author))))
    assert draft_of(entry).authors == ("A B", author)


def test_names_with_and_in_braces_are_one() -> None:
    assert names_in("{Johnson and Johnson} and A B") == ("Johnson and Johnson", "A B")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"caf\'e", "café"),
        (r"{\'E}tude", "Étude"),
        (r"na{\"\i}ve", "naïve"),
        ("a~b", "a b"),
        ("pages 1--2", "pages 1–2"),
        ("100% sure", "100% sure"),
        (r"100\% sure", "100% sure"),
        (r"$\alpha$-divergence", r"$\alpha$-divergence"),
        (r"\textbackslash{}x \textbraceleft{}", r"\x {"),
        ("{{Deep} learning}", "Deep learning"),
        ("unbalanced { brace", "unbalanced brace"),
    ],
)
def test_latex_becomes_text(latex: str, text: str) -> None:
    assert text_of(latex) == text


def fields(paper: Paper) -> dict[str, object]:
    """What a bibliography tells of a paper."""
    return paper.model_dump(exclude={"id", "added_at", "provenance", "abstract", "state", "kind", "url"})


def test_a_library_goes_out_and_comes_back_with_its_keys(home: Home, tmp_path: Path) -> None:
    shelf = Shelf(home)
    for draft in drafts(FILE).values():
        shelf.paper(draft)
    out = bibliography(shelf.papers.all())
    other = Shelf(Home(tmp_path / "other"))
    import_bibtex(other.record, out, apply=True)
    assert bibliography(other.papers.all()) == out
    assert {paper.key: fields(paper) for paper in other.papers.all()} == {
        paper.key: fields(paper) for paper in shelf.papers.all()
    }


def test_an_import_is_first_shown(home: Home) -> None:
    shelf = Shelf(home)
    shown = import_bibtex(shelf.record, FILE)
    assert [(entry.key, entry.outcome, entry.paper) for entry in shown] == [
        ("christiano2017deep", "new", ""),
        ("second", "new", ""),
        ("third", "new", ""),
        ("fourth", "new", ""),
        ("fifth", "new", ""),
    ]
    assert shelf.papers.all() == ()


def test_new_works_keep_the_keys_that_they_are_cited_by(home: Home) -> None:
    shelf = Shelf(home)
    import_bibtex(shelf.record, FILE, apply=True)
    assert {paper.key for paper in shelf.papers.all()} == {"christiano2017deep", "second", "third", "fourth", "fifth"}
    again = import_bibtex(shelf.record, FILE, apply=True)
    assert {entry.outcome for entry in again} == {"known"}
    assert len(shelf.papers.all()) == 5


def test_a_work_that_is_here_gets_what_it_lacked_and_keeps_what_it_has(home: Home) -> None:
    shelf = Shelf(home)
    known = shelf.paper(PREFERENCES)
    note = shelf.note("claim", known, statement="Mine")
    text = (
        "@article{myKey, title={Deep reinforcement learning from human preferences}, year=1999, "
        "journal={Other}, doi={10.1/x}, author={Some One}}"
    )
    (entry,) = import_bibtex(shelf.record, text, apply=True)
    assert (entry.outcome, entry.paper) == ("known", known.id)
    paper = shelf.papers.get(known.id)
    assert (paper.doi, paper.year, paper.venue, paper.authors, paper.key) == (
        "10.1/x",
        2017,
        "NeurIPS",
        PREFERENCES.authors,
        known.key,
    )
    assert shelf.papers.find("myKey").id == known.id
    assert shelf.notes.get(note.id) == note


def test_works_with_the_same_title_and_other_ids_stay_apart(home: Home) -> None:
    shelf = Shelf(home)
    shelf.paper(PREFERENCES)
    text = "@misc{a, title={Deep reinforcement learning from human preferences}, eprint={2001.00002}}"
    (entry,) = import_bibtex(shelf.record, text, apply=True)
    assert entry.outcome == "new"
    assert len(shelf.papers.all()) == 2


def test_a_key_that_another_work_has_is_not_taken_from_it(home: Home) -> None:
    shelf = Shelf(home)
    known = shelf.paper(PREFERENCES)
    text = f"@misc{{{known.key}, title={{Something else entirely}}, author={{B, A}}, year=2001}}"
    import_bibtex(shelf.record, text, apply=True)
    assert shelf.papers.get(known.id).key == known.key
    assert {paper.key for paper in shelf.papers.all()} == {known.key, "b2001something"}


def test_a_broken_entry_is_told_and_the_others_taken_in(home: Home) -> None:
    shelf = Shelf(home)
    done = import_bibtex(shelf.record, "@misc{x, title {y}}\n@misc{z, title={Fine}}", apply=True)
    assert [(entry.outcome, entry.line) for entry in done] == [("broken", 1), ("new", 2)]
    assert done[0].message


def test_a_field_that_is_given_twice_counts_as_it_was_first_given() -> None:
    """BibTeX ignores what it calls an extra field."""
    (entry,) = entries("@misc{k, title={First}, year=2001, Title={Second}, year=2002, note={N}}")
    assert (draft_of(entry).title, draft_of(entry).year) == ("First", 2001)
    assert entry.fields == {"title": "First", "year": "2001", "note": "N"}
