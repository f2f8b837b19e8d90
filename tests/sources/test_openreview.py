"""OpenReview's papers by id: recognised, described by its API, and brought as PDFs from a stand-in for its site."""

import json
from typing import Any

import pytest

from kb.config import Home
from kb.errors import UsageError
from kb.models.paper import VersionKind
from kb.models.progress import Progress
from kb.sources.fetch_queue import FetchQueue
from kb.sources.host_guard import Guard
from kb.sources.identify import identify
from kb.sources.providers.openreview import OpenReviewSource
from kb.sources.registry import way_to
from kb.sources.source import AccessMethod, Arrived, FetchItem
from tests.support.pdf_bytes import tiny_pdf
from tests.support.web_stand_in import Answer, WebStandIn

ID = "rJl0r3R9KX"
CONTENT = {"title": {"value": "On  probes"}, "authors": {"value": ["Ada One", "Bo Two"]}, "venue": {"value": "ICLR"}}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.sources.web.HOST_DELAY", 0.01)


@pytest.fixture
def source(web: WebStandIn) -> OpenReviewSource:
    return OpenReviewSource(api=web.url, site=web.url)


def serve(web: WebStandIn, content: Any = CONTENT, paper: str = ID) -> None:
    note = {"id": paper, "content": content, "pdate": 1_546_300_800_000}
    web.pages[f"/notes?id={paper}"] = Answer(json.dumps({"notes": [note]}).encode(), type="application/json")
    web.pages[f"/pdf?id={paper}"] = Answer(tiny_pdf(paper))


def fetched(home: Home, source: OpenReviewSource, *papers: str) -> tuple[list[Progress], list[Arrived]]:
    queue = FetchQueue(home, [source], web_guard=Guard(allow_private=True))
    wanted = [AccessMethod(kind=source.name, value=f"{source._site}/forum?id={paper}") for paper in papers]
    events = list(queue.run([FetchItem(way=way) for way in wanted]))
    arrived = [event for event in events if isinstance(event, Arrived)]
    return [event for event in events if isinstance(event, Progress)], arrived


@pytest.mark.parametrize(
    "text",
    [
        f"openreview:{ID}",
        f"OpenReview: {ID}",
        f"https://openreview.net/forum?id={ID}",
        f"https://openreview.net/forum?id={ID}&noteId=abc",
        f"openreview.net/pdf?id={ID}",
        f"https://www.openreview.net/attachment?id={ID}&name=pdf",
        f"@misc{{a, title={{T}}, url={{https://openreview.net/forum?id={ID}}}}}",
    ],
)
def test_every_form_of_an_id_is_recognised(text: str) -> None:
    found = identify(text)
    assert (found.kind, found.value) == ("openreview", ID)
    way = way_to(found)
    assert (way.kind, way.value) == ("openreview", f"https://openreview.net/forum?id={ID}")
    assert identify(way.value) == found


@pytest.mark.parametrize("text", ["https://openreview.net/group?id=ICLR.cc/2024", "https://openreview.net/forum"])
def test_its_other_pages_are_pages(text: str) -> None:
    assert identify(text).kind == "web"


def test_what_claims_to_be_an_id_and_is_none_says_so() -> None:
    with pytest.raises(UsageError, match="not an OpenReview id"):
        identify("openreview:a b c")


@pytest.mark.parametrize("content", [CONTENT, {name: value["value"] for name, value in CONTENT.items()}])
def test_a_paper_comes_with_what_the_api_says_of_it(
    home: Home, web: WebStandIn, source: OpenReviewSource, content: Any
) -> None:
    serve(web, content)
    _, (paper,) = fetched(home, source, ID)
    assert paper.kind is VersionKind.PDF
    assert paper.path.read_bytes().startswith(b"%PDF")
    assert paper.draft is not None
    assert (paper.draft.title, paper.draft.authors, paper.draft.year) == ("On probes", ("Ada One", "Bo Two"), 2019)
    assert paper.draft.url == paper.item
    source.forget(home.incoming, paper.item)
    assert not paper.path.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b'{"notes": []}', b'{"notes": [{"id": "x"}]}', b"[" * 100_000, b"\xff"])
def test_an_answer_that_is_none_fails_that_paper_alone(
    home: Home, web: WebStandIn, source: OpenReviewSource, body: bytes
) -> None:
    serve(web)
    web.pages["/notes?id=other1"] = Answer(body, type="application/json")
    steps, (paper,) = fetched(home, source, "other1", ID)
    assert paper.item.endswith(ID)
    (failure,) = [step.failure for step in steps if step.failure]
    assert "OpenReview has no paper" in failure.message


def test_without_a_network_every_paper_says_why(home: Home) -> None:
    away = OpenReviewSource(api="http://127.0.0.1:9", site="http://127.0.0.1:9")
    steps, arrived = fetched(home, away, "first", "second")
    assert not arrived
    assert [step.what for step in steps] == ["failed", "failed"]
