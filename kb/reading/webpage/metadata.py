"""What a page says of itself: title, authors, date, DOI and arXiv id, from its head."""

import json
import re
from typing import Any

from kb.models.text import ParsedMetadata
from kb.reading.webpage.formulas import Element

_SITES = r"LessWrong|AI Alignment Forum|EA Forum|Effective Altruism Forum|Distill|Medium|OpenAI|DeepMind"


def metadata_of(tree: Element) -> ParsedMetadata:
    """As much as the head states; nothing is guessed from the text."""
    named = _named(tree)
    linked = _linked_data(tree)
    date = " ".join(named.get("citation_publication_date", [""]) + named.get("article:published_time", [""])).strip()
    year = re.search(r"\b(?:19|20)\d\d\b", date or str(linked.get("datePublished", "")))
    arxiv_id = re.sub(r"v\d+$", "", _first(named, "citation_arxiv_id"))
    return ParsedMetadata(
        title=_title(tree, named, linked),
        authors=_authors(named, linked),
        abstract=_first(named, "citation_abstract"),
        year=int(year[0]) if year else None,
        arxiv_id=arxiv_id or None,
        doi=_first(named, "citation_doi").lower() or None,
    )


def _named(tree: Element) -> dict[str, list[str]]:
    """The contents of ``meta`` elements by name or property."""
    found: dict[str, list[str]] = {}
    for meta in tree.xpath(".//meta[@content]"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        found.setdefault(name, []).append(" ".join(meta.get("content").split()))
    return found


def _first(named: dict[str, list[str]], *names: str) -> str:
    """The first content that there is."""
    return next((content for name in names for content in named.get(name, []) if content), "")


def _title(tree: Element, named: dict[str, list[str]], linked: dict[str, Any]) -> str:
    """The work's title without the site's name."""
    shown = " ".join((tree.findtext(".//title") or "").split())
    heading = " ".join((tree.findtext(".//h1") or "").split())
    title = _first(named, "citation_title", "og:title", "dc.title") or str(linked.get("headline") or "")
    return re.sub(rf"\s+[—–|·-]\s+(?:{_SITES})(?: \w+)?$", "", title or shown or heading)


def _authors(named: dict[str, list[str]], linked: dict[str, Any]) -> tuple[str, ...]:
    """Names of people; an address of a profile is none."""
    stated = linked.get("author") or []
    listed = stated if isinstance(stated, list) else [stated]
    people: list[Any] = [one.get("name") if isinstance(one, dict) else one for one in listed]
    for name in ("citation_author", "author", "dc.creator", "article:author"):
        people = people or named.get(name, [])
    return tuple(dict.fromkeys(str(one).strip() for one in people if one and "://" not in str(one)))


def _linked_data(tree: Element) -> dict[str, Any]:
    """The first JSON-LD object that is an article."""
    for script in tree.xpath('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for one in data if isinstance(data, list) else [data]:
            if isinstance(one, dict) and (one.get("headline") or one.get("author")):
                return one
    return {}
