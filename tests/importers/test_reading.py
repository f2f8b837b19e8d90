"""What other programs keep is read as they write it, and what is broken in it is told, never fatal."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import KbError, NotFoundError, UsageError
from kb.importers.files import Folders
from kb.importers.foreign_work import ForeignWork, Unreadable
from kb.importers.html_text import text_of_html
from kb.importers.papis import read_papis
from kb.importers.readwise import read_readwise
from kb.importers.zotero_json import read_zotero_json
from kb.importers.zotero_rdf import read_zotero_rdf
from kb.models.paper import PaperKind
from tests.importers.samples import (
    COMPARISONS,
    READWISE,
    READWISE_COLUMNS,
    papis_document,
    zotero_item,
    zotero_json,
    zotero_rdf,
)
from tests.support.pdfs import paper


def works(items: Iterable[ForeignWork | Unreadable]) -> list[ForeignWork]:
    """Those that could be read."""
    return [item for item in items if isinstance(item, ForeignWork)]


def reasons(items: Iterable[ForeignWork | Unreadable]) -> dict[str, str]:
    """Why the others could not."""
    return {item.name: item.why for item in items if isinstance(item, Unreadable)}


def test_an_item_of_zotero_with_all_that_hangs_on_it(tmp_path: Path) -> None:
    pdf = paper(tmp_path / "comparisons.pdf")
    (work,) = works(read_zotero_json(zotero_json(zotero_item(str(pdf))), Folders(tmp_path)))
    draft = work.draft
    assert (work.key, draft.title, draft.year) == ("lovelaceLearningHuman2017", COMPARISONS, 2017)
    assert draft.authors == ("Ada Lovelace", "Alan Turing")
    assert (draft.doi, draft.url, draft.venue) == ("10.1000/Comparisons.17", None, "Journal of Comparisons")
    assert draft.bibtex
    assert draft.bibtex.type == "article"
    assert draft.bibtex.fields == {
        "volume": "30", "number": "2", "pages": "4299--4307", "language": "en", "keywords": "preferences, RLHF",
    }  # fmt: skip
    assert work.files == (pdf,)
    assert [(mark.quote, mark.comment, mark.page, mark.colour) for mark in work.marks] == [
        ("", "Compare with debate", 1, ""),
        ("The reward model is trained on comparisons", "is that enough?", 1, "#ffd400"),
    ]
    assert work.notes == ("A good one.\n\n- read §3",)
    assert work.problems == ()


@pytest.mark.parametrize(
    "more",
    [
        {"extra": "arXiv:1706.03741 [cs]\nPublisher: arXiv"},
        {"itemType": "preprint", "archiveID": "arXiv:1706.03741", "repository": "arXiv"},
        {"url": "http://arxiv.org/abs/1706.03741v3"},
        {"DOI": "10.48550/arXiv.1706.03741"},
        {"publicationTitle": "arXiv:1706.03741 [cs, stat]"},
    ],
)
def test_an_arxiv_id_is_found_wherever_zotero_put_it(tmp_path: Path, more: dict[str, Any]) -> None:
    item = zotero_item(**{"DOI": "", "publicationTitle": "", "url": "", **more})
    (work,) = works(read_zotero_json(zotero_json(item), Folders(tmp_path)))
    assert (work.draft.arxiv_id, work.draft.doi, work.draft.venue) == ("1706.03741", None, "")


@pytest.mark.parametrize(
    ("kind", "expected"), [("book", PaperKind.BOOK), ("blogPost", PaperKind.POST), ("thesis", PaperKind.PAPER)]
)
def test_kinds_of_works(tmp_path: Path, kind: str, expected: PaperKind) -> None:
    (work,) = works(read_zotero_json(zotero_json(zotero_item(itemType=kind)), Folders(tmp_path)))
    assert work.draft.kind is expected


def test_the_rdf_says_the_same_as_the_json(tmp_path: Path) -> None:
    (tmp_path / "files" / "12").mkdir(parents=True)
    pdf = paper(tmp_path / "files" / "12" / "comparisons.pdf")
    (work,) = works(read_zotero_rdf(zotero_rdf(), Folders(tmp_path)))
    assert (work.draft.title, work.draft.year, work.draft.authors) == (
        COMPARISONS, 2017, ("Ada Lovelace", "Alan Turing"),
    )  # fmt: skip
    assert (work.draft.doi, work.draft.url) == ("10.1000/Comparisons.17", "https://example.org/comparisons")
    assert work.draft.venue == "Journal of Comparisons"
    assert work.draft.bibtex
    assert work.draft.bibtex.fields["volume"] == "30"
    assert work.draft.bibtex.fields["issn"] == "1234-5678"
    assert work.draft.bibtex.fields["keywords"] == "preferences, RLHF"
    assert work.files == (pdf,)
    assert work.notes == ("A good one.",)


def test_a_papis_library(tmp_path: Path) -> None:
    folder = papis_document(tmp_path / "lib" / "ml" / "lovelace")
    (work,) = works(read_papis(tmp_path / "lib"))
    assert (work.key, work.draft.doi, work.draft.year) == ("LovelaceComparisons2017", "10.1000/Comparisons.17", 2017)
    assert work.draft.authors == ("Ada Lovelace", "Alan Turing")
    assert work.draft.bibtex
    assert work.draft.bibtex.type == "article"
    assert work.draft.bibtex.fields == {
        "issue": "2", "pages": "4299--4307", "publisher": "Comparers", "volume": "30",
        "keywords": "preferences, rlhf",
    }  # fmt: skip
    assert work.files == (folder / "lovelace-comparisons.pdf",)
    assert work.notes == ("# Reading\n\nGood on noise.",)


def test_highlights_of_readwise_are_gathered_by_work() -> None:
    first, second = works(read_readwise(READWISE))
    assert (first.draft.title, first.draft.authors) == (COMPARISONS, ("Ada Lovelace", "Alan Turing"))
    assert [(mark.quote, mark.comment, mark.page, mark.colour) for mark in first.marks] == [
        ("The reward model is trained on comparisons", "is that enough?\n#noise #reward", 1, "yellow"),
        ('People "make"\r\ncomparisons', "", None, ""),
    ]
    assert (second.draft.title, second.draft.authors) == ("A post that nobody has here", ("Ann Ash",))


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("Ada Lovelace, Alan Turing, and Kurt Gödel", ("Ada Lovelace", "Alan Turing", "Kurt Gödel")),
        ("Lovelace, Ada", ("Lovelace, Ada",)),
        ("A. One & B. Two", ("A. One", "B. Two")),
        ("", ()),
    ],
)
def test_authors_of_readwise(said: str, authors: tuple[str, ...]) -> None:
    (work,) = works(read_readwise(READWISE_COLUMNS + f'x,T,"{said}",,,,,,,,\r\n'))
    assert work.draft.authors == authors


def test_broken_items_are_told_and_the_others_read(tmp_path: Path) -> None:
    text = zotero_json(
        7, {"itemType": "note", "note": "alone"}, {"itemType": "book", "itemKey": "ABCD1234"}, zotero_item()
    )
    found = list(read_zotero_json(text, Folders(tmp_path)))
    assert reasons(found) == {
        "item 1": "it is no item",
        "item 2": "a note that belongs to no work",
        "item 3": "it has no title",
    }
    assert len(works(found)) == 1
    odd = zotero_item(creators="nobody", tags=[1, {"tag": None}], notes=[None], attachments=[3, {"path": 5}], date=None)
    (work,) = works(read_zotero_json(zotero_json(odd), Folders(tmp_path)))
    assert (work.draft.authors, work.marks, work.notes) == ((), (), ())


def test_broken_documents_of_papis_are_told(tmp_path: Path) -> None:
    for name, text in {
        "a": "title: [",
        "b": "- 1",
        "c": "title: ''",
        "d": "\x00",
        "e": "title: Fine\nyear: soon",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "info.yaml").write_text(text)
    found = list(read_papis(tmp_path))
    assert set(reasons(found)) == {"a", "b", "c", "d"}
    assert [work.draft.title for work in works(found)] == ["Fine"]
    with pytest.raises(NotFoundError, match=r"no info\.yaml"):
        list(read_papis(tmp_path / "nowhere"))


def test_broken_lines_of_readwise_are_told() -> None:
    huge = "x" * 200_000
    text = READWISE_COLUMNS + f"{huge},T,A,,,,,,,,\r\nshort\r\nquote,Title,Author,,,,,,,,,,,too,many\r\n"
    found = list(read_readwise(text))
    assert len(reasons(found)) == 2
    assert [work.draft.title for work in works(found)] == ["Title"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"items": 3}', "[" * 100_000, "null", "<rdf:RDF"])
def test_a_file_that_is_no_export_says_how_to_make_one(tmp_path: Path, text: str) -> None:
    for read in (read_zotero_json, read_zotero_rdf):
        with pytest.raises(UsageError) as caught:
            list(read(text, Folders(tmp_path)))
        assert "Zotero" in caught.value.next
    with pytest.raises(UsageError, match="no column"):
        list(read_readwise(text))


def test_an_rdf_that_reads_other_files_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + zotero_rdf().replace("Full Text", "&a;")
    with pytest.raises(UsageError, match="no Zotero RDF"):
        list(read_zotero_rdf(bomb, Folders(tmp_path)))


@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/secret.pdf", "files/../../secret.pdf", "link.pdf", "in/x.pdf"])
def test_files_outside_the_folders_are_not_read(tmp_path: Path, name: str) -> None:
    secret = paper(tmp_path / "secret.pdf")
    inside = tmp_path / "export"
    inside.mkdir()
    (inside / "link.pdf").symlink_to(secret)
    (inside / "in").symlink_to(tmp_path)
    (tmp_path / "x.pdf").write_bytes(secret.read_bytes())
    assert isinstance(Folders(inside).pdf(name.replace("/etc/", f"{tmp_path}/")), str)
    assert "--files" in str(Folders(inside).pdf(str(secret)))


@pytest.mark.parametrize("name", ["a\x00.pdf", "x" * 5000 + ".pdf", "run.sh", "", ".pdf", "loop.pdf", "folder.pdf"])
def test_names_that_name_no_pdf_are_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop.pdf").symlink_to(tmp_path / "loop.pdf")
    (tmp_path / "folder.pdf").mkdir()
    assert isinstance(Folders(tmp_path).pdf(name), str)


@pytest.mark.parametrize(
    "name", ["/home/old/Zotero/storage/KEY1/a.pdf", r"C:\Users\me\Zotero\storage\KEY1\a.pdf", "storage:a.pdf"]
)
def test_a_storage_folder_that_was_moved_is_still_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "storage" / "KEY1").mkdir(parents=True)
    pdf = paper(tmp_path / "storage" / "KEY1" / "a.pdf")
    assert Folders(tmp_path / "export", [tmp_path / "storage"]).pdf(name, "KEY1") == pdf


def test_a_papis_note_outside_its_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    folder = papis_document(tmp_path / "lib" / "a")
    info = (folder / "info.yaml").read_text().replace("notes: notes.md", "notes: ../../secret.md")
    (folder / "info.yaml").write_text(info.replace("- lovelace-comparisons.pdf", "- ../../secret.md"))
    (work,) = works(read_papis(tmp_path / "lib"))
    assert (work.notes, work.files) == ((), ())
    assert any("outside" in problem for problem in work.problems)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b &amp; c</p>", "a\n\nb & c"),
        ("a<br>b", "a\nb"),
        ("<script>alert(1)</script>x", "x"),
        ("<b>unclosed", "unclosed"),
        ("1 < 2 and <3", "1 < 2 and <3"),
        ("", ""),
    ],
)
def test_notes_in_html_become_text(html: str, text: str) -> None:
    assert text_of_html(html) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(zotero_item())), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(zotero_item())), JSON, max_size=6))
def test_no_item_stops_the_reading(item: dict[str, Any]) -> None:
    text = json.dumps({"items": [{"title": "T", **item}]})
    assert len(list(read_zotero_json(text, Folders(Path("/nowhere"))))) == 1


@given(st.text(max_size=200))
def test_no_text_stops_the_reading_of_readwise(text: str) -> None:
    assert isinstance(list(read_readwise(READWISE_COLUMNS + text)), list)


@given(st.text(max_size=60))
def test_no_yaml_stops_the_reading_of_papis(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("papis")
    (folder / "info.yaml").write_text(text, "utf-8", errors="replace")
    try:
        assert len(list(read_papis(folder))) == 1
    except KbError:
        pytest.fail("a document stopped the batch")


def test_markup_of_titles_goes_and_other_brackets_stay(tmp_path: Path) -> None:
    title = 'Of <i>quick</i> β<sub>1</sub> <span class="nocase">List<int></span> &amp; p < 0.05'
    (work,) = works(read_zotero_json(zotero_json(zotero_item(title=title)), Folders(tmp_path)))
    assert work.draft.title == "Of quick β1 List<int> & p < 0.05"


def test_a_case_has_its_own_title_and_an_untitled_item_is_called_by_its_key(tmp_path: Path) -> None:
    case = {"itemType": "case", "citationKey": "roe1999", "caseName": "Roe v. Doe", "dateDecided": "1999"}
    bare = {"itemType": "encyclopediaArticle", "citationKey": "bare"}
    found = works(read_zotero_json(zotero_json(case, bare), Folders(tmp_path)))
    assert [(work.draft.title, work.draft.year) for work in found] == [("Roe v. Doe", 1999), ("bare", None)]


def test_marks_keep_their_tags_and_time_and_pictures_are_named_as_left_out(tmp_path: Path) -> None:
    item = zotero_item()
    mark = item["attachments"][0]["annotations"][0]
    mark |= {"tags": [{"tag": "key"}], "dateAdded": "2023-05-01T10:00:00Z"}
    (work,) = works(read_zotero_json(zotero_json(item), Folders(tmp_path)))
    (quoted,) = (one for one in work.marks if one.quote)
    assert quoted.comment == "is that enough?\n#key"
    assert quoted.at == datetime(2023, 5, 1, 10, tzinfo=UTC)
    assert work.left_out == ("1 image mark, which has no words",)


def test_collections_come_with_those_around_them(tmp_path: Path) -> None:
    data = json.loads(zotero_json(zotero_item()))
    data["collections"] = {
        "A": {"key": "A", "name": "Alignment", "parent": False, "items": []},
        "B": {"key": "B", "name": "Debate", "parent": "A", "items": [41]},
        "C": {"key": "C", "name": "Round", "parent": "C", "items": [41, None]},
    }
    (work,) = works(read_zotero_json(json.dumps(data), Folders(tmp_path)))
    assert work.collections[0] == "Alignment / Debate"
    (same,) = works(read_zotero_rdf(zotero_rdf(), Folders(tmp_path)))
    assert same.collections == ("Alignment",)


def test_readwise_keeps_dates_and_leaves_out_what_was_discarded() -> None:
    text = READWISE.replace('"noise, reward"', '"noise, discard"')
    first = next(iter(works(read_readwise(text))))
    assert [mark.at for mark in first.marks] == [None]
    assert first.left_out == ("1 highlight that you discarded in Readwise",)
    kept = next(iter(works(read_readwise(READWISE))))
    assert kept.marks[0].at == datetime(2024, 3, 1, 10, 11, 12, tzinfo=UTC)
