"""Which paper an item is: sure signs first, and a title nearly the same only where nothing speaks against it."""

import pytest

from kb.bibtex.read import draft_of
from kb.bibtex.scan import RawEntry
from kb.config import Home
from kb.importers.matching import Matcher
from kb.library import identity
from kb.models.paper import Paper, PaperDraft, VersionDraft
from tests.export.library import DEBATE, PREFERENCES, Shelf

TITLE = "Risks from learned optimization in advanced machine learning systems"


@pytest.fixture
def shelf(home: Home) -> Shelf:
    """A library of three works."""
    made = Shelf(home)
    made.paper(PREFERENCES.model_copy(update={"doi": "10.1/Prefs", "url": "https://e.org/p"}))
    made.paper(DEBATE)
    made.paper(PaperDraft(title=TITLE, authors=("Evan Hubinger",), year=2019))
    return made


def found(shelf: Shelf, **draft: object) -> tuple[str, str]:
    """By what a draft is recognised, and as what."""
    match = Matcher(shelf.record).find(PaperDraft.model_validate({"title": "Something else entirely", **draft}))
    return match.by, match.paper.title if match.paper else ""


@pytest.mark.parametrize(
    ("draft", "by"),
    [
        ({"arxiv_id": "1706.03741"}, "arXiv id"),
        ({"doi": "10.1/PREFS"}, "DOI"),
        ({"url": "https://e.org/p", "title": "Deep RL from human preferences"}, "address"),
        ({"title": PREFERENCES.title.upper()}, "title"),
        ({"title": PREFERENCES.title, "authors": PREFERENCES.authors, "year": 2017}, "title, authors and year"),
        (
            {"title": "Deep reinforcement learning from human preference", "authors": PREFERENCES.authors},
            "a title nearly the same",
        ),
    ],
)
def test_by_what_a_work_is_known(shelf: Shelf, draft: dict[str, str], by: str) -> None:
    assert found(shelf, **draft) == (by, PREFERENCES.title)


@pytest.mark.parametrize(
    "draft",
    [
        {"title": "AI safety"},
        {"title": PREFERENCES.title, "arxiv_id": "2001.00001"},
        {"title": f"{TITLE} II"},
        {"title": f"{TITLE}s", "year": 2023},
        {"title": f"{TITLE}s", "authors": ("Some One",)},
        {"title": "Risks from learned cooking in advanced kitchen systems"},
        {"title": "A page of the same house", "url": "https://e.org/p"},
        {"title": "Deep reinforcement learning from human preference"},
        {"title": TITLE, "authors": ("Some One",)},
        {"title": TITLE, "authors": ("Evan Hubinger",), "year": 2023},
        {"title": "", "authors": ("Evan Hubinger",)},
    ],
)
def test_what_only_looks_like_it_stays_apart(shelf: Shelf, draft: dict[str, object]) -> None:
    assert found(shelf, **draft) == ("", "")


def test_the_same_file_is_the_same_work(shelf: Shelf) -> None:
    paper = shelf.papers.find("1805.00899")
    shelf.papers.add_version(paper.id, VersionDraft(sha256="b" * 64, bytes=1))
    match = Matcher(shelf.record).find(PaperDraft(title="scan0001"), ["b" * 64])
    assert (match.by, match.paper) == ("file", paper)


def test_ids_of_two_papers_are_a_conflict(shelf: Shelf) -> None:
    match = Matcher(shelf.record).find(PaperDraft(title="Which?", doi="10.1/prefs", arxiv_id="1805.00899"))
    assert match.paper is None
    assert "its DOI is that of" in match.conflict
    assert "its arXiv id is that of" in match.conflict


def test_what_was_just_taken_in_is_known(shelf: Shelf) -> None:
    matcher = Matcher(shelf.record)
    draft = PaperDraft(title="A work that comes twice in one file")
    assert matcher.find(draft).paper is None
    matcher.learn(Paper(**draft.model_dump(), id="", key="k", added_at=shelf.papers.all()[0].added_at), name="k")
    assert matcher.find(draft).by == "title"


def entry(kind: str, **fields: str) -> PaperDraft:
    """What an entry of a bibliography says."""
    return draft_of(
        RawEntry(type=kind, key="k", fields={name.rstrip("_"): value for name, value in fields.items()}, line=1)
    )


SLOW = {"title": "Waiting and judging: an introduction", "author": "Poe, Cyd", "year": "1998"}


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        (entry("book", **SLOW, edition="1"), entry("book", **SLOW, edition="2"), "another edition, 1"),
        (entry("book", **SLOW), entry("book", **{**SLOW, "year": "2018"}), "another year, 1998"),
        (entry("phdthesis", **SLOW), entry("article", **SLOW), "another publication, thesis"),
        (entry("article", **SLOW, volume="3"), entry("article", **SLOW), "another volume, 3"),
        (entry("misc", **SLOW), entry("techreport", **SLOW, number="7"), "another publication, misc"),
        (entry("book", **SLOW), entry("book", **{**SLOW, "author": "Roe, Bob"}), "another author"),
        (entry("book", **SLOW), entry("book", **{**SLOW, "author": "C. P{\\'o}e"}), ""),
        (entry("article", **SLOW, number="1--2"), entry("article", **SLOW, issue="1-2"), ""),
    ],
)
def test_editions_theses_and_other_publications_are_told_apart(mine: PaperDraft, theirs: PaperDraft, why: str) -> None:
    assert identity.difference(mine, theirs) == why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ｒ１ and naïve Bayes", "R1 and Naive-Bayes!", True),
        ("Медленные судьи", "МЕДЛЕННЫЕ СУДЬИ", True),
        ("日本の裁判", "中国の裁判", False),
        ("か", "が", False),
        ("???", "!!!", False),
        ("", "", False),
    ],
)
def test_titles_are_compared_in_any_script_and_nothing_is_never_equal(one: str, other: str, same: bool) -> None:
    assert identity.same_title(PaperDraft(title=one), PaperDraft(title=other)) is same


@pytest.mark.parametrize(
    ("one", "other", "nearly"),
    [
        ("On the occurence of slow events in courts", "On the occurrence of slow events in courts", True),
        ("Slow judging of the texts in a court of law", "Slow judging of texts in a court of law", True),
        ("Hans Author: Ren Woxing at the court", "Hant Author: Ren Woxing at the court", False),
        ("Slow judging among women in the courts of law", "Slow judging among men in the courts of law", False),
        ("Reasoning about slow action I", "Reasoning about slow action II", False),
        ("Defence against slow disinformation", "Defence against slow disinformation 2.0", False),
    ],
)
def test_only_a_slip_of_the_pen_is_nearly_the_same(one: str, other: str, nearly: bool) -> None:
    assert identity.nearly_same_title(one, other) is nearly


@pytest.mark.parametrize(
    ("one", "other"),
    [("方 明月", "明月方"), ("Aaron van den Oord", "van den Oord, Aäron"), ("Ж. Иванов", "Иванов, Ж.")],
)
def test_names_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert identity.same_people(PaperDraft(title="a", authors=(one,)), PaperDraft(title="b", authors=(other,)))


def test_an_id_that_was_copied_from_another_work_merges_nothing(shelf: Shelf) -> None:
    draft = PaperDraft(title="Cooking for courts", authors=("Some One",), doi="10.1/prefs", arxiv_id="1706.03741")
    match = Matcher(shelf.record).find(draft)
    assert (match.paper, set(match.borrowed)) == (None, {"doi", "arxiv_id"})
    assert "which is another work" in match.apart
