"""Every entry of every list has a way: to a text, or to a browser with the reason."""

from collections import Counter

import pytest

from kb.config import Home
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry
from kb.sources.access import ways
from kb.sources.addresses import direct_address
from kb.sources.lists import load_lists


def entry(**fields: object) -> Entry:
    """An entry with some fields."""
    return Entry.model_validate({"id": "x", "order": 1, "title": "A title", **fields})


def test_an_arxiv_paper_comes_from_arxiv_alone() -> None:
    found = ways(entry(arxiv_id="1706.03741", url="https://arxiv.org/abs/1706.03741"))
    assert [(way.kind, way.value) for way in found] == [("arxiv", "1706.03741")]


def test_a_post_with_a_paper_behind_it_is_both() -> None:
    found = ways(entry(kind="post", url="https://openai.com/blog/debate/", paper_arxiv_id="1805.00899"))
    assert [(way.kind, way.behind) for way in found] == [("web", False), ("arxiv", True)]


def test_a_listed_address_on_arxiv_is_the_paper() -> None:
    assert ways(entry(url="https://arxiv.org/pdf/cond-mat/0412004.pdf"))[0].value == "cond-mat/0412004"


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("video", "https://www.youtube.com/watch?v=16W7c0mb-rE"),
        ("talk", "https://youtu.be/B43yhWxdi5I?t=69"),
        ("video", "https://example.org/lecture.mp4"),
        ("podcast", "https://example.org/episode"),
        ("paper", "ftp://example.org/paper.pdf"),
    ],
)
def test_what_has_no_text_opens_in_the_browser_and_says_why(kind: str, url: str) -> None:
    (way,) = ways(entry(kind=kind, url=url))
    assert (way.kind, way.value) == ("browser", url)
    assert way.why


def test_a_talk_with_its_transcript_on_a_forum_is_read() -> None:
    url = "https://forum.effectivealtruism.org/posts/63stBTw3WAW6k45dY/paul-christiano-current-work"
    assert ways(entry(kind="talk", url=url))[0].kind == "web"


@pytest.mark.parametrize(
    ("shown", "own"),
    [
        (
            "https://drive.google.com/file/d/1Qx-M/view?usp=sharing",
            "https://drive.google.com/uc?export=download&id=1Qx-M",
        ),
        ("https://docs.google.com/document/d/1PX/edit", "https://docs.google.com/document/d/1PX/export?format=pdf"),
        ("https://distill.pub/2017/feature-visualization/", "https://distill.pub/2017/feature-visualization/"),
    ],
)
def test_viewers_are_passed_by(shown: str, own: str) -> None:
    assert direct_address(shown) == own


def test_every_entry_of_the_lists_has_a_way(home: Home) -> None:
    kinds: Counter[str] = Counter()
    for reading_list in load_lists(home):
        for one in reading_list.entries:
            found = ways(one)
            assert found or one.kind is PaperKind.EXERCISE
            assert all(way.why for way in found if way.kind == "browser")
            kinds.update(way.kind for way in found)
            if one.kind is PaperKind.VIDEO:
                assert found[0].kind == "browser"
    assert kinds == {"arxiv": 340, "web": 345, "browser": 178, "primer": 51, "openreview": 1}
