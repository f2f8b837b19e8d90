"""What is new on arXiv is told once for each paper, from one request for a hundred of them."""

import pytest

from kb.config import Settings
from kb.sources.arxiv import ArxivClient
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy
from kb.sources.updates import Known, Update, updates
from tests.support.arxiv_feed import Listed
from tests.support.arxiv_stand_in import ArxivStandIn


@pytest.fixture
def client(settings: Settings, limiter: Limiter, retry_policy: RetryPolicy) -> ArxivClient:
    """A client of the stand-in."""
    return ArxivClient(settings, limiter, retry_policy=retry_policy)


def ask(arxiv: ArxivStandIn, client: ArxivClient, paper: Listed, version: int = 1) -> list[Update]:
    """Updates of one paper that the library has."""
    arxiv.add(paper, None)
    return list(updates(client, {paper.arxiv_id: Known(paper="slug", title="A paper", version=version)}))


def test_nothing_new(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    assert ask(arxiv, client, Listed("1706.03741")) == []


@pytest.mark.parametrize(
    ("paper", "what", "before", "after"),
    [
        (Listed("1706.03741", 3), "version", "v1", "v3"),
        (Listed("1706.03741", 3, comment="Withdrawn by the authors"), "withdrawn", "v1", "Withdrawn by the authors"),
        (Listed("1706.03741", doi="10.1/X"), "doi", "", "10.1/x"),
        (Listed("1706.03741", title="A better title"), "title", "A paper", "A better title"),
    ],
)
def test_each_kind_of_news(
    arxiv: ArxivStandIn, client: ArxivClient, paper: Listed, what: str, before: str, after: str
) -> None:
    (update,) = ask(arxiv, client, paper)
    assert (update.what, update.before, update.after, update.paper) == (what, before, after, "slug")
    assert update.record is not None


def test_a_paper_that_is_gone_is_told(client: ArxivClient) -> None:
    (update,) = updates(client, {"1706.03741": Known(paper="slug", title="A paper", version=1)})
    assert update.what == "missing"
    assert "no paper" in update.after


def test_many_papers_are_asked_for_together(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    ids = [f"2101.{n:05}" for n in range(150)]
    for arxiv_id in ids:
        arxiv.add(Listed(arxiv_id, 2), None)
    found = list(updates(client, {one: Known(paper=one, title="A paper", version=1) for one in ids}))
    assert [update.arxiv_id for update in found] == ids
    assert len(arxiv.requests("/api")) == 2
