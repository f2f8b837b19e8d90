"""Which paper an item is: sure signs first, and a title nearly the same only where nothing speaks against it."""

import pytest

from kb.config import Home
from kb.importers.matching import Matcher
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
        ({"url": "https://e.org/p"}, "address"),
        ({"title": PREFERENCES.title.upper()}, "title"),
        ({"title": "Deep reinforcement learning from human preference"}, "a title nearly the same"),
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
