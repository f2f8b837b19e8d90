"""A DOI is looked up where it is registered; what comes back odd does no harm."""

import json

import pytest

from kb.errors import ItemFailedError, NetworkError
from kb.models.paper import PaperDraft, PaperKind
from kb.sources.doi import look_up_doi
from kb.sources.host_guard import Guard
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy
from tests.support.faults import Fault
from tests.support.web_stand_in import Answer, WebStandIn

DOI = "10.1109/ICSTW55395.2022.00035"
CSL = {
    "type": "paper-conference",
    "title": "Testing  Deep Learning\n Models",
    "author": [{"given": "Mohit Kumar", "family": "Ahuja"}, {"literal": "The Testing Group"}, {"family": "Spieker"}],
    "issued": {"date-parts": [[2022, 4]]},
    "container-title": ["ICSTW"],
}


def look_up(web: WebStandIn, limiter: Limiter, retry_policy: RetryPolicy, csl: object) -> PaperDraft:
    """Look up a DOI whose agency answers with this."""
    body = csl if isinstance(csl, bytes) else json.dumps(csl).encode()
    web.pages[f"/{DOI}"] = Answer(body, type="application/json", etag=False)
    return look_up_doi(DOI, limiter, base=web.url, guard=Guard(allow_private=True), retry_policy=retry_policy)


def test_what_the_agency_says_becomes_a_draft(web: WebStandIn, limiter: Limiter, retry_policy: RetryPolicy) -> None:
    draft = look_up(web, limiter, retry_policy, CSL)
    assert draft.title == "Testing Deep Learning Models"
    assert draft.authors == ("Mohit Kumar Ahuja", "The Testing Group", "Spieker")
    assert (draft.year, draft.doi, draft.venue, draft.kind) == (2022, DOI.lower(), "ICSTW", PaperKind.PAPER)
    assert web.log[0].headers["accept"] == "application/vnd.citationstyles.csl+json"


def test_a_book_and_a_preprint_are_told(web: WebStandIn, limiter: Limiter, retry_policy: RetryPolicy) -> None:
    preprint = [{"id-type": "doi", "id": "10.48550/arXiv.1706.03741"}]
    draft = look_up(web, limiter, retry_policy, {**CSL, "type": "book-chapter", "relation": {"has-preprint": preprint}})
    assert (draft.kind, draft.arxiv_id) == (PaperKind.BOOK, "1706.03741")


@pytest.mark.parametrize(
    "odd",
    [{"author": None}, {"author": ["x", 3]}, {"issued": {"date-parts": [[None]]}}, {"issued": "2022"}, {"relation": 1}],
)
def test_odd_fields_are_left_out(
    web: WebStandIn, limiter: Limiter, retry_policy: RetryPolicy, odd: dict[str, object]
) -> None:
    assert look_up(web, limiter, retry_policy, {**CSL, **odd}).title == "Testing Deep Learning Models"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"title": ""}', b"[" * 100_000])
def test_an_answer_without_a_work_is_said(
    web: WebStandIn, limiter: Limiter, retry_policy: RetryPolicy, body: bytes
) -> None:
    with pytest.raises(ItemFailedError):
        look_up(web, limiter, retry_policy, body)


def test_an_unknown_doi_and_a_busy_agency(web: WebStandIn, limiter: Limiter, retry_policy: RetryPolicy) -> None:
    with pytest.raises(ItemFailedError, match="404"):
        look_up_doi("10.1/none", limiter, base=web.url, guard=Guard(allow_private=True), retry_policy=retry_policy)
    web.faults.append(Fault("/10", "status", status=503))
    assert look_up(web, limiter, retry_policy, CSL).year == 2022
    web.faults.append(Fault("/10", "status", status=503, times=-1))
    with pytest.raises(NetworkError, match="503"):
        look_up(web, limiter, retry_policy, CSL)
