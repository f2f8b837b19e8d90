"""Papers keep their id and key, are found by what a reader types, and are never there twice."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.errors import NotFoundError
from kb.library.outbox import Outbox
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.library.record import Record
from kb.models.paper import PaperDraft, VersionDraft
from kb.models.reading_list import Entry, ReadingList
from kb.models.reading_state import ReadingState

PREFERENCES = PaperDraft(
    title="Deep Reinforcement Learning from Human Preferences",
    authors=("Paul Christiano", "Jan Leike"),
    year=2017,
    arxiv_id="1706.03741",
)
DEBATE = PaperDraft(title="AI safety via debate", authors=("Geoffrey Irving",), year=2018, arxiv_id="1805.00899")


@pytest.fixture
def record(home: Home) -> Iterator[Record]:
    with Record.open(home) as record:
        yield record


@pytest.fixture
def papers(record: Record) -> Papers:
    return Papers(record)


def test_ids_and_keys_are_made_of_author_year_and_title(papers: Papers) -> None:
    paper = papers.add(PREFERENCES)
    assert paper.id == "christiano-2017-deep-reinforcement-learning-human-preferences"
    assert paper.key == "christiano2017deep"


def test_a_key_is_never_given_twice(papers: Papers) -> None:
    papers.add(PREFERENCES)
    other = papers.add(PREFERENCES.model_copy(update={"arxiv_id": None, "title": "Deep something else"}))
    assert other.key == "christiano2017deepb"


@pytest.mark.parametrize("title", ["", "!!!"])
def test_a_key_is_never_empty(papers: Papers, title: str) -> None:
    paper = papers.add(PaperDraft(title=title))
    assert paper.key == "anonymousuntitled"
    assert paper.id == "paper"


def test_ids_and_keys_of_other_scripts_are_written_in_latin_letters(papers: Papers) -> None:
    russian = papers.add(PaperDraft(title="Медленные судьи", authors=("Иван Иванов",), year=2019))
    assert (russian.id, russian.key) == ("ivanov-2019-medlennye-sudi", "ivanov2019medlennye")
    chinese = papers.add(PaperDraft(title="慢法官", authors=("王五",), year=2020))
    assert chinese.key == "wangwu2020manfaguan"


def test_a_file_joins_only_the_work_of_its_title_people_and_year(papers: Papers) -> None:
    title = "Inference in slow understanding of texts"
    known = papers.add(PaperDraft(title=title, authors=("Ann Doe",), year=1980))
    other = papers.take_in(
        PaperDraft(title=title, authors=("Bob Roe",), year=1997), VersionDraft(sha256="c" * 64, bytes=1)
    )
    assert other.id != known.id
    later = papers.take_in(
        PaperDraft(title=title, authors=("A. Doe",), year=1981), VersionDraft(sha256="d" * 64, bytes=1)
    )
    assert later.id == known.id


def test_better_metadata_leaves_id_key_and_state_alone(papers: Papers) -> None:
    paper = papers.add(PREFERENCES)
    papers.set_state(paper.id, ReadingState.READ)
    better = papers.update(paper.id, PREFERENCES.model_copy(update={"title": "Better", "authors": ("Other",)}))
    assert (better.id, better.key, better.state, better.title) == (paper.id, paper.key, ReadingState.READ, "Better")


@pytest.mark.parametrize(
    "text",
    ["1706.03741", "1706.03741v4", "arXiv:1706.03741", "christiano2017deep", "christiano-2017", "human preferences",
     "deep reinforcment learning from human preferences"],
)  # fmt: skip
def test_a_paper_is_found_by_what_readers_type(papers: Papers, text: str) -> None:
    paper = papers.add(PREFERENCES)
    papers.add(DEBATE)
    assert papers.find(text) == paper


def test_an_unknown_paper_is_answered_with_the_nearest(papers: Papers) -> None:
    papers.add(DEBATE)
    with pytest.raises(NotFoundError, match="no paper matches") as caught:
        papers.find("quantum chromodynamics")
    assert "irving-2018" in caught.value.why


def test_a_wildcard_is_a_letter_like_any_other(papers: Papers) -> None:
    papers.add(DEBATE)
    with pytest.raises(NotFoundError):
        papers.find("%")


def test_a_local_copy_joins_the_paper_with_the_same_title(papers: Papers) -> None:
    fetched = papers.add(PREFERENCES)
    local = PaperDraft(title="Deep reinforcement learning  from human preferences")
    assert papers.take_in(local, VersionDraft(sha256="a" * 64, bytes=1)).id == fetched.id


def test_the_same_title_with_another_arxiv_id_is_another_paper(papers: Papers) -> None:
    papers.add(PREFERENCES)
    other = papers.take_in(
        PREFERENCES.model_copy(update={"arxiv_id": "9901.00001"}), VersionDraft(sha256="b" * 64, bytes=1)
    )
    assert other.arxiv_id == "9901.00001"


def test_the_same_bytes_are_one_version_and_queued_once(papers: Papers, record: Record) -> None:
    file = VersionDraft(sha256="a" * 64, bytes=1)
    first, second = papers.take_in(PREFERENCES, file), papers.take_in(DEBATE, file)
    assert first == second
    assert [item.ref for item in Outbox(record).pending()] == ["a" * 64]


def test_a_list_gives_order_weeks_and_coverage(papers: Papers, record: Record) -> None:
    reading_lists = ReadingLists(record)
    entries = (
        Entry(id="e1", order=1, title="Debate", week=4, minutes=30, agendas=("debate",)),
        Entry(id="e2", order=2, title="Preferences", week=3, minutes=20),
    )
    reading_lists.sync(ReadingList(id="l", title="List", edition="1", source="here", entries=entries))
    preferences, debate = papers.add(PREFERENCES), papers.add(DEBATE)
    reading_lists.attach("l", "e2", preferences.id)
    reading_lists.attach("l", "e1", debate.id)
    papers.set_state(debate.id, ReadingState.READ)
    assert papers.all(list_id="l") == (papers.get(debate.id), preferences)
    assert papers.all(list_id="l", week=3) == (preferences,)
    assert papers.all(agenda="debate") == (papers.get(debate.id),)
    covered = {row.week: (row.entries, row.read, row.minutes) for row in reading_lists.coverage("l")}
    assert covered == {4: (1, 1, 30), 3: (1, 0, 20)}


def test_an_entry_that_leaves_its_list_keeps_its_paper(papers: Papers, record: Record) -> None:
    reading_lists = ReadingLists(record)
    entry = Entry(id="e1", order=1, title="Debate")
    whole = ReadingList(id="l", title="List", edition="1", source="here", entries=(entry,))
    reading_lists.sync(whole)
    reading_lists.attach("l", "e1", papers.add(DEBATE).id)
    reading_lists.sync(whole.model_copy(update={"entries": ()}))
    assert reading_lists.entries("l") == ()
    reading_lists.sync(whole)
    assert reading_lists.papers_of("l") == {"e1": (papers.find("debate").id,)}
