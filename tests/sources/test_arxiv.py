"""arXiv's answers: every id is asked for once and answered once, whatever the others in its batch are like."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kb.config import Settings
from kb.errors import ItemFailedError, NetworkError
from kb.sources.arxiv import ArxivClient, ArxivMiss, ArxivRecord
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy
from tests.support.arxiv_feed import Listed, refusal
from tests.support.arxiv_stand_in import ArxivStandIn
from tests.support.faults import Fault
from tests.support.web_stand_in import Answer

RECORDED = Path(__file__).parents[2].parent / "shared/data/arxiv_feeds"


@pytest.fixture
def client(settings: Settings, limiter: Limiter, retry_policy: RetryPolicy) -> ArxivClient:
    """A client of the stand-in."""
    return ArxivClient(settings, limiter, retry_policy=retry_policy)


def listed(arxiv: ArxivStandIn, *ids: str) -> None:
    """Make papers known."""
    for arxiv_id in ids:
        arxiv.add(Listed(arxiv_id, 2, title=f"Paper {arxiv_id}"), None)


def test_a_record_says_what_arxiv_says(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    paper = Listed("1706.03741", 4, title="Deep  RL\n from <preferences>", authors=["Paul Christiano", "Jan Leike"])
    paper.doi, paper.journal, paper.comment = "10.1/ABC", "NIPS 2017", "17 pages"
    arxiv.add(paper, None)
    record = client.record("arXiv:1706.03741")
    assert record.draft.title == "Deep RL from <preferences>"
    assert record.draft.authors == ("Paul Christiano", "Jan Leike")
    assert (record.draft.arxiv_id, record.draft.year, record.draft.doi) == ("1706.03741", 2021, "10.1/abc")
    assert (record.version, record.versioned, record.withdrawn) == (4, "1706.03741v4", False)
    assert record.pdf_url == f"{arxiv.url}/pdf/1706.03741v4"
    assert record.asked == "arXiv:1706.03741"
    assert record.updated.tzinfo is not None


def test_ids_go_in_batches_and_each_once(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    ids = [f"2101.{number:05}" for number in range(230)]
    listed(arxiv, *ids)
    answers = list(client.records([*ids, *ids[:50]]))
    assert [answer.asked for answer in answers] == ids
    assert sorted(arxiv.asked_ids()) == ids
    assert len(arxiv.requests("/api/query")) == 3


def test_a_wrong_id_does_not_spoil_its_batch(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    listed(arxiv, "1706.03741", "quant-ph/0201082")
    answers = {
        answer.asked: answer for answer in client.records(["1706.03741", "abc", "0000.0000", "quant-ph/0201082"])
    }
    assert isinstance(answers["1706.03741"], ArxivRecord)
    assert isinstance(answers["quant-ph/0201082"], ArxivRecord)
    for wrong in ("abc", "0000.0000"):
        miss = answers[wrong]
        assert isinstance(miss, ArxivMiss)
        assert miss.error.next


def test_an_id_that_only_arxiv_refuses_is_taken_out_and_named(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    listed(arxiv, "1706.03741", "1805.00899")
    refused = client_refusal(arxiv, "1799.00001")
    answers = {answer.asked: answer for answer in client.records(["1706.03741", "1799.00001", "1805.00899"])}
    miss = answers.pop("1799.00001")
    assert isinstance(miss, ArxivMiss)
    assert "incorrect id format" in miss.error.why
    assert all(isinstance(answer, ArxivRecord) for answer in answers.values())
    assert len(answers) == 2
    assert refused == ["1799.00001"]


@pytest.mark.parametrize("status", [400, 200])
def test_a_refusal_that_names_no_id_is_narrowed_down(arxiv: ArxivStandIn, client: ArxivClient, status: int) -> None:
    ids = [f"2101.{number:05}" for number in range(9)]
    listed(arxiv, *ids)
    known = arxiv.answer

    def answer(path: str) -> Answer:
        body = refusal("something").replace(b"incorrect id format for something", b"bad request")
        return Answer(body, status, "application/atom+xml", etag=False) if "2101.00004" in path else known(path)

    arxiv.answer = answer  # type: ignore[method-assign]
    answers = {one.asked: one for one in client.records(ids)}
    assert [asked for asked, one in answers.items() if isinstance(one, ArxivMiss)] == ["2101.00004"]
    assert len(answers) == 9
    assert len(arxiv.log) <= 9


def client_refusal(arxiv: ArxivStandIn, bad_id: str) -> list[str]:
    """Make the stand-in refuse an id of the right form, as arXiv does for an impossible month; what it refused."""
    refused: list[str] = []
    known = arxiv.answer

    def answer(path: str) -> Answer:
        if bad_id in path and path.startswith("/api"):
            refused.append(bad_id)
            return Answer(refusal(bad_id), 400, "application/atom+xml", etag=False)
        return known(path)

    arxiv.answer = answer  # type: ignore[method-assign]
    return refused


def test_several_versions_of_one_paper_are_told_apart(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    listed(arxiv, "1706.03741")
    answers = list(client.records(["1706.03741v1", "1706.03741", "1706.03741v9"]))
    found = {answer.asked: answer.version for answer in answers if isinstance(answer, ArxivRecord)}
    assert found == {"1706.03741v1": 1, "1706.03741": 2}
    assert [answer.asked for answer in answers if isinstance(answer, ArxivMiss)] == ["1706.03741v9"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("/api", "status", status=503, times=3),
        Fault("/api", "status", status=429, retry_after="0", times=2),
        Fault("/api", "cut", after=400),
        Fault("/api", "torn", after=700),
        Fault("/api", "html"),
        Fault("/api", "longer", after=100),
    ],
    ids=lambda fault: fault.kind + str(fault.status if fault.kind == "status" else ""),
)
def test_what_passes_is_tried_again(arxiv: ArxivStandIn, client: ArxivClient, fault: Fault) -> None:
    listed(arxiv, "1706.03741", "1805.00899")
    arxiv.faults.append(fault)
    answers = list(client.records(["1706.03741", "1805.00899"]))
    assert [isinstance(answer, ArxivRecord) for answer in answers] == [True, True]
    assert fault.times == 0


def test_retry_after_holds_the_whole_machine(arxiv: ArxivStandIn, client: ArxivClient, limiter: Limiter) -> None:
    listed(arxiv, "1706.03741")
    arxiv.faults.append(Fault("/api", "status", status=429, retry_after="1"))
    client.record("1706.03741")
    first, second = arxiv.requests("/api")
    assert second.at - first.at >= 1.0


def test_a_server_that_stays_away_is_a_network_error(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    arxiv.faults.append(Fault("/api", "status", status=503, times=-1))
    with pytest.raises(NetworkError, match="503") as caught:
        client.record("1706.03741")
    assert "run the same command again" in caught.value.next
    assert len(arxiv.requests("/api")) == 4


def test_no_server_at_all_is_a_network_error(limiter: Limiter, retry_policy: RetryPolicy) -> None:
    client = ArxivClient(Settings(arxiv_url="http://127.0.0.1:9"), limiter, retry_policy=retry_policy)
    with pytest.raises(NetworkError, match="no connection") as caught:
        client.record("1706.03741")
    assert "network" in caught.value.next


def test_an_xml_bomb_is_not_read(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    arxiv.faults.append(Fault("/api", "bomb"))
    with pytest.raises(ItemFailedError, match="not read"):
        client.record("1706.03741")


def test_a_redirect_to_another_host_is_not_followed(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    arxiv.faults.append(Fault("/api", "redirect", location="http://localhost:1/api/query"))
    with pytest.raises(ItemFailedError, match="another host"):
        client.record("1706.03741")


@pytest.mark.parametrize(
    ("comment", "abstract", "withdrawn"),
    [
        ("This paper has been withdrawn by the authors", "", True),
        ("Withdrawn due to an error in Lemma 2", "", True),
        ("", "This submission has been withdrawn by arXiv administrators", True),
        ("20 pages; supersedes a withdrawn draft", "We study money that was withdrawn.", False),
    ],
)
def test_withdrawal_is_read_from_the_words(
    arxiv: ArxivStandIn, client: ArxivClient, comment: str, abstract: str, withdrawn: bool
) -> None:
    arxiv.add(Listed("1706.03741", comment=comment, abstract=abstract, pdf_link=False), None)
    record = client.record("1706.03741")
    assert record.withdrawn is withdrawn
    assert record.pdf_url.endswith("/pdf/1706.03741v1")


def test_a_title_is_looked_for(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    arxiv.add(Listed("1805.00899", title="AI safety via debate"), None)
    arxiv.add(Listed("1706.03741", title="Deep reinforcement learning"), None)
    assert [record.draft.arxiv_id for record in client.search_title("AI Safety: via debate!")] == ["1805.00899"]


def test_own_user_agent_is_sent(arxiv: ArxivStandIn, client: ArxivClient) -> None:
    listed(arxiv, "1706.03741")
    client.record("1706.03741")
    assert arxiv.log[0].headers["user-agent"].startswith("insideview/")


def recorded() -> list[tuple[str, int, str, int]]:
    """File, status, URL and number of entries of each recorded answer; nothing where they are missing."""
    if not RECORDED.exists():
        return []
    rows = [line.split("\t") for line in (RECORDED / "INDEX.tsv").read_text().splitlines()[1:]]
    return [(row[0], int(row[1]), row[2], int(row[4])) for row in rows]


@pytest.mark.skipif(not RECORDED.exists(), reason="the recorded answers of ../shared/data/arxiv_feeds are not here")
@pytest.mark.parametrize(("file", "status", "url", "entries"), recorded())
def test_recorded_answers_are_understood(
    arxiv: ArxivStandIn, client: ArxivClient, file: str, status: int, url: str, entries: int
) -> None:
    body = (RECORDED / file).read_bytes()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    arxiv.answer = lambda path: Answer(body, status, "application/atom+xml", etag=False)  # type: ignore[method-assign]
    if "id_list" in asked:
        answers = list(client.records(asked["id_list"].split(",")))
        found = [answer for answer in answers if isinstance(answer, ArxivRecord)]
        assert len(answers) == len(asked["id_list"].split(","))
        assert len(found) == (entries if status == 200 else 0)
    else:
        found = list(client.search_title(asked["search_query"], limit=int(asked["max_results"])))
        assert len(found) == entries
    for record in found:
        assert record.draft.title
        assert record.draft.authors
        assert record.draft.abstract
        assert record.version >= 1
