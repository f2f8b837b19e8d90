"""A title finds its paper; where it could be another, the reader is asked."""

import pytest

from kb.config import Settings
from kb.sources.arxiv import ArxivClient
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy
from kb.sources.titles import look_up_title, surely
from tests.support.arxiv_feed import Listed
from tests.support.arxiv_stand_in import ArxivStandIn


@pytest.fixture
def client(arxiv: ArxivStandIn, settings: Settings, limiter: Limiter, retry_policy: RetryPolicy) -> ArxivClient:
    """A client of a stand-in with papers whose titles are alike."""
    titles = [
        "Deep reinforcement learning from human preferences",
        "Deep reinforcement learning from human preferences and demonstrations",
        "Reward learning from human preferences and demonstrations in Atari",
        "AI safety via debate",
    ]
    for number, title in enumerate(titles):
        arxiv.add(Listed(f"2001.0000{number}", title=title), None)
    return ArxivClient(settings, limiter, retry_policy=retry_policy)


@pytest.mark.parametrize("asked", ["AI Safety via Debate", "AI safety: via debate!", "Ai safety via  debate."])
def test_one_title_is_surely_meant(client: ArxivClient, asked: str) -> None:
    match = surely(look_up_title(client, asked))
    assert match is not None
    assert match.record.draft.arxiv_id == "2001.00003"


def test_the_same_words_exactly_win_over_a_longer_title(client: ArxivClient) -> None:
    matches = look_up_title(client, "Deep Reinforcement Learning from Human Preferences")
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    assert len(matches) == 2
    best = surely(matches)
    assert best is not None
    assert best.record.draft.arxiv_id == "2001.00000"


def test_half_a_title_is_asked_about(client: ArxivClient) -> None:
    matches = look_up_title(client, "learning from human preferences")
    assert len(matches) == 3
    assert surely(matches) is None


def test_an_unknown_title_finds_nothing(client: ArxivClient) -> None:
    assert look_up_title(client, "A title that nobody wrote") == ()
    assert surely(()) is None


def test_two_papers_of_one_title_are_asked_about(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    arxiv.add(Listed("2101.00009", title="AI Safety via Debate"), None)
    assert surely(look_up_title(client, "AI safety via debate")) is None
