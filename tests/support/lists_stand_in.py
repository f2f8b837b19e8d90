"""Stand-ins built from the reading lists: arXiv knows every id in them, and a web server has every address in them."""

from urllib.parse import urlsplit

from kb.models.reading_list import ReadingList
from kb.sources.access import ways
from kb.sources.source import AccessMethod, FetchItem
from tests.support.arxiv_feed import Listed
from tests.support.arxiv_stand_in import ArxivStandIn
from tests.support.pdf_bytes import tiny_pdf
from tests.support.web_pages import forum
from tests.support.web_stand_in import Answer, WebStandIn

SERVED = ("arxiv", "web", "browser")
"""The sources for which there are stand-ins here, and what asks none."""


def wanted_from(lists: tuple[ReadingList, ...], web: WebStandIn | None) -> list[FetchItem]:
    """Everything in the lists that the stand-ins serve, each item once, with addresses that lead to the stand-in."""
    found: dict[str, FetchItem] = {}
    for one in lists:
        for entry in one.entries:
            for way in (one for one in ways(entry) if one.kind in SERVED):
                there = way.model_copy(update={"value": local(web, way)}) if web and way.kind == "web" else way
                found.setdefault(there.value, FetchItem(way=there, list=one.id, entry=entry.id))
    return list(found.values())


def local(web: WebStandIn, way: AccessMethod) -> str:
    """An address on the web stand-in for one on the web."""
    parts = urlsplit(way.value)
    return f"{web.url}/{parts.netloc}{parts.path}"


def stock(arxiv: ArxivStandIn, web: WebStandIn, wanted: list[FetchItem], size: int = 20_000) -> None:
    """Give the stand-ins what the lists want: a small PDF for each id, a page or PDF for each address."""
    for number, one in enumerate(wanted):
        if one.way.kind == "arxiv":
            paper = Listed(one.item, 1, title=f"Paper {one.item}")
            arxiv.add(paper, tiny_pdf(one.item, size=size + number))
        elif one.way.kind == "web":
            path = urlsplit(one.item).path
            if path.endswith(".pdf"):
                web.pages[path] = Answer(tiny_pdf(path, size=size))
            else:
                web.pages[path] = Answer(forum().encode(), type="text/html; charset=utf-8", etag=False)
