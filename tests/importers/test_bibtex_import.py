"""BibTeX files into the library: read as BibTeX reads them, and joined with what is there."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.bibtex.latex_text import text_of
from kb.bibtex.read import draft_of, names_in
from kb.bibtex.scan import BrokenEntry, RawEntry, scan
from kb.config import Home
from kb.export.biblatex import biblatex
from kb.export.bibtex import bibliography, bibtex_entry
from kb.export.csl import csl_items
from kb.export.ris import ris
from kb.importers.bibtex_import import import_bibtex
from kb.importers.encoding import decoded
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
        (r"\textup{The good place} ends", "The good place ends"),
        (r"\texttt{a} \textsf{b} \textmd{c} \mbox{d}", "a b c d"),
        (r"\href{https://e.org/a_b}{the \emph{page}}", "the page"),
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
        "@article{myKey, title={Deep reinforcement learning from human preferences}, year=2018, "
        "journal={Other}, doi={10.1/x}, author={P. Christiano}}"
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


SLOW = r"""
@misc{doe2020, title={A plain title of a plain work}, author={Doe, Ann}, year=2020,
  howpublished={\href{https://e.org/a}{the page}}}
@misc{odd, title={One \href{only}}, author={Roe, Bob}, year=2021}
@article{starred, title={A starred work}, author={Doe, Ann}, year=2019, __markedentry={[ann:]}, 1st={3}}
@incollection{part, author={Doe, Ann}, title={Waiting in rooms}, crossref={WHOLE}}
@inproceedings{held, author={Poe, Cyd}, title={Judging in halls}, xdata={conf}}
@book{whole, editor={Roe, Bob}, title={Rooms and Halls}, year={2011}, publisher={Nowhere Press}}
@xdata{conf, booktitle={Meeting on Halls}, date={2012-05}}
@book{sub, author={family=Berg, given=Bob, prefix=van der, useprefix=true},
  title={Waiting}, subtitle={What Judges Know}, date={2017/2018}}
@article(escaped, author={Sylvie Thi\{'ebaux}, title={A model of actions}, year={1993})
"""


def test_one_odd_entry_never_stops_a_file(home: Home) -> None:
    shelf = Shelf(home)
    told = import_bibtex(shelf.record, SLOW, apply=True)
    assert {entry.outcome for entry in told} == {"new"}
    papers = {paper.key: paper for paper in shelf.papers.all()}
    assert set(papers) == {"doe2020", "odd", "starred", "part", "held", "whole", "sub", "escaped"}
    assert papers["odd"].title == "One only"
    assert papers["starred"].bibtex is not None
    assert set(papers["starred"].bibtex.fields) == {"title", "author", "year"}
    assert papers["sub"].title == "Waiting: What Judges Know"
    assert papers["sub"].authors == ("Bob van der Berg",)
    assert [papers[key].year for key in ("part", "held", "sub", "escaped")] == [2011, 2012, 2017, 1993]
    assert (papers["part"].venue, papers["held"].venue) == ("Rooms and Halls", "Meeting on Halls")
    assert papers["held"].bibtex is not None
    assert papers["held"].bibtex.fields["booktitle"] == "Meeting on Halls"


def test_a_part_goes_out_with_its_whole_under_the_key_that_stands_there(home: Home) -> None:
    """BibTeX compares keys without case, biber does not; the title of the whole is no ``howpublished``."""
    shelf = Shelf(home)
    import_bibtex(shelf.record, SLOW, apply=True)
    papers = shelf.papers.all()
    for written in (bibliography(papers), biblatex(papers, {})):
        found = {entry.key: entry.fields for entry in entries(written)}
        assert found["part"]["crossref"] == "whole"
        assert found["part"].get("booktitle") == "Rooms and Halls"
        assert "howpublished" not in found["part"]
    order = [entry.key for entry in entries(bibliography(papers))]
    assert order.index("part") < order.index("whole")


def test_an_entry_that_no_reader_foresaw_costs_itself_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "{" * 4000 + "x" + "}" * 4000
    told = import_bibtex(
        Shelf(home).record, f"@misc{{a, title={{{deep}}}, year=1}}\n@misc{{b, title={{Fine}}}}", apply=True
    )
    assert [entry.key for entry in told] == ["a", "b"]
    assert told[1].outcome == "new"


OTHERS = """
@book{one, author={Doe, Ann}, title={Inference in Slow Understanding}, year=1980}
@inproceedings{two, author={Roe, Bob}, title={Inference in Slow Understanding}, year=1997}
@book{first, author={Poe, Cyd}, title={Waiting and Judging: An Introduction}, year=1998, edition={1}}
@book{second, author={Poe, Cyd}, title={Waiting and Judging: An Introduction}, year=2018, edition={2}}
@article{ru, author={Иванов, Иван}, title={О медленных судьях и быстрых}, year={2019}}
@article{zh, author={王, 五}, title={慢法官与快法官之间的辩论}, year={2020}}
@article{he, author={כהן, דנה}, title={שופטים איטיים}, year={2020}}
@book{again, author={A. Doe}, title={Inference in slow understanding}, year=1980}
"""


def test_works_of_one_title_stay_apart_and_a_merge_says_why(home: Home) -> None:
    shelf = Shelf(home)
    told = {entry.key: entry for entry in import_bibtex(shelf.record, OTHERS, apply=True)}
    assert [entry.outcome for entry in told.values()] == ["new"] * 7 + ["known"]
    assert told["again"].message == "merged by title, authors and year with one"
    assert told["second"].message == "first has the same title, but another year, 1998: kept apart"
    assert shelf.papers.find("again").key == "one"
    assert shelf.papers.aliases() == {told["one"].paper: ("again",)}


def test_keys_stay_as_they_are_and_are_written_in_latin_letters_for_bibtex(home: Home) -> None:
    shelf = Shelf(home)
    keys = ("日本2020", "中国2020", "Müller2020", "O'Doe2020", "Muller2020", "a*1")
    text = "".join(
        f"@misc{{{key}, title={{Title {at} of {key}}}, author={{A {key}}}, year=2020}}\n" for at, key in enumerate(keys)
    )
    import_bibtex(shelf.record, text, apply=True)
    papers = shelf.papers.all()
    assert {entry.key for entry in entries(biblatex(papers, {}))} == set(keys)
    assert {item["id"] for item in csl_items(papers)} == set(keys)
    assert {line.removeprefix("ID  - ") for line in ris(papers).splitlines() if line.startswith("ID")} == set(keys)
    assert {entry.key for entry in entries(bibliography(papers))} == {
        "RiBen2020", "ZhongGuo2020", "Muller2020-2", "ODoe2020", "Muller2020", "a*1",
    }  # fmt: skip
    again = {entry.outcome for entry in import_bibtex(shelf.record, biblatex(papers, {}), apply=True)}
    assert again == {"known"}


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffMüller".encode("utf-8"),
        "Müller".encode("utf-16"),
        "% Encoding: windows-1252\nMüller".encode("cp1252"),
        "% -*- coding: latin-1 -*-\nMüller".encode("latin-1"),
    ],
)
def test_a_file_is_read_in_the_encoding_that_it_says(data: bytes) -> None:
    assert decoded(data).splitlines()[-1] == "Müller"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Die Prüfung der Übung für Schüler bei 1 °C\n", "cp1252"),
        ("Études à l'école, où ça se passe – “bien”\n", "cp1252"),
        ("Медленные судьи и быстрые споры\n", "cp1251"),
        ("慢法官与快法官之间的辩论\n" * 9, "gb18030"),
    ],
)
def test_a_file_in_an_old_encoding_that_says_nothing_is_read(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


def test_a_picture_is_no_text() -> None:
    with pytest.raises(UnicodeError):
        decoded(b"\x89PNG\0\0\xff")


def test_a_field_that_is_given_twice_counts_as_it_was_first_given() -> None:
    """BibTeX ignores what it calls an extra field."""
    (entry,) = entries("@misc{k, title={First}, year=2001, Title={Second}, year=2002, note={N}}")
    assert (draft_of(entry).title, draft_of(entry).year) == ("First", 2001)
    assert entry.fields == {"title": "First", "year": "2001", "note": "N"}
