"""What a page says of itself: title, authors, date, DOI and arXiv id, from its head, its markup and its byline."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kb.models.text import ParsedMetadata
from kb.reading.webpage.formulas import Element, with_class

_SITES = r"LessWrong|AI Alignment Forum|EA Forum|Effective Altruism Forum|Distill|Medium|OpenAI|DeepMind|Wikipedia"
_SEPARATOR = re.compile(r"\s+(?:[—–|·•»-]|--|::)\s+|\s+(?=\[[^\]]*\]$)")
_NAMED_AFTER = re.compile(r"\s+(?:[—–|·•»-]|--)\s")
"""What stands between a title and the name of its site."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?P<a>(?:19|20)\d\d)\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<b>(?:19|20)\d\d)\b|\b(?P<c>(?:19|20)\d\d)-\d\d-\d\d\b"
)
_DATED = (
    "citation_publication_date", "citation_date", "article:published_time", "og:article:published_time", "date",
    "dc.date", "dcterms.date", "publish_date", "publish-date", "pubdate", "parsely-pub-date", "citation_online_date",
)  # fmt: skip
_OPENING = 60
"""Words of the page in which a byline stands: before them come a menu and the title."""
_LONGEST_NAME = 60
"""Letters of a name; a longer byline is a sentence."""
_BYLINE = re.compile(r"^(?:posted |written |words |text )?by[:\s]+", re.IGNORECASE)


@dataclass
class _Stated:
    """What one way of stating it says."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""


def metadata_of(tree: Element, url: str = "") -> ParsedMetadata:
    """As much as the page states, the surest way of stating it first."""
    named = _named(tree)
    head, data, template = _in_head(named), _linked_data(tree), _front_matter(tree)
    shown = _shown(tree)
    ways = (template, head, data, shown)
    arxiv_id = re.sub(r"v\d+$", "", _first(named, "citation_arxiv_id"))
    return ParsedMetadata(
        title=_title(tree, [way.title for way in ways], _first(named, "og:site_name"), url),
        authors=next((way.authors for way in ways if way.authors), ()),
        abstract=_first(named, "citation_abstract"),
        year=next((year for way in ways if (year := _year(way.date))), None) or _year_of_address(url),
        arxiv_id=arxiv_id or None,
        doi=_first(named, "citation_doi").lower() or None,
    )


def _named(tree: Element) -> dict[str, list[str]]:
    """The contents of ``meta`` elements by name or property."""
    found: dict[str, list[str]] = {}
    for meta in tree.xpath(".//meta[@content]"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        found.setdefault(name, []).append(" ".join(meta.get("content").split()))
    return found


def _first(named: Mapping[str, list[str]], *names: str) -> str:
    """The first content that there is."""
    return next((content for name in names for content in named.get(name, []) if content), "")


def _in_head(named: Mapping[str, list[str]]) -> _Stated:
    people: list[str] = []
    for name in ("citation_author", "author", "dc.creator", "article:author", "parsely-author", "sailthru.author"):
        people = people or named.get(name, [])
    return _Stated(_first(named, "citation_title", "og:title", "dc.title"), _people(people), _first(named, *_DATED))


def _linked_data(tree: Element) -> _Stated:
    """The first JSON-LD object that is an article; its headline is often shortened, so it counts after the head's."""
    for one in _objects(tree):
        if one.get("headline") or one.get("author"):
            author = one.get("author") or []
            listed = author if isinstance(author, list) else [author]
            people = [person.get("name") if isinstance(person, dict) else person for person in listed]
            return _Stated("", _people(people), str(one.get("datePublished") or ""))
    return _Stated()


def _objects(tree: Element) -> Iterator[dict[str, Any]]:
    for script in tree.xpath('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph") if isinstance(data, dict) else None
        for one in graph if isinstance(graph, list) else data if isinstance(data, list) else [data]:
            if isinstance(one, dict):
                yield one


def _front_matter(tree: Element) -> _Stated:
    """What distill.pub's templates are given: JSON, or a few lines that look like YAML."""
    for script in tree.xpath(".//d-front-matter/script | .//dt-front-matter | .//script[@type='text/front-matter']"):
        text = script.text or ""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return _front_lines(text)
        people = [one.get("author") or one.get("name") for one in data.get("authors") or [] if isinstance(one, dict)]
        return _Stated(str(data.get("title") or ""), _people(people), str(data.get("published") or ""))
    return _Stated()


def _front_lines(text: str) -> _Stated:
    title = re.search(r"^\s*title:\s*[\"']?(.+?)[\"']?\s*$", text, re.MULTILINE)
    block = re.search(r"^\s*authors:\s*\n((?:\s+-.*\n?)+)", text, re.MULTILINE)
    people = re.findall(r"-\s*([^:\n]+?)\s*(?::.*)?$", block[1], re.MULTILINE) if block else []
    date = re.search(r"^\s*(?:published|date):\s*(.+)$", text, re.MULTILINE)
    return _Stated(title[1] if title else "", _people(people), date[1] if date else "")


def _shown(tree: Element) -> _Stated:
    """Bylines and dates that the page shows: in elements made for them, else among its first words."""
    marked = (*tree.xpath('.//*[@rel="author" or @itemprop="author"]'), *with_class(tree, "author"))
    by = [_BYLINE.sub("", _line(one)) for one in (*marked, *with_class(tree, "byline"))]
    times = [one.get("datetime") or _line(one) for one in tree.iter("time")]
    dated = [_line(one) for one in tree.xpath('.//*[contains(@class, "date") or contains(@class, "meta")]')]
    opening = " ".join(" ".join(tree.itertext("p", "div", "h1", "h2", "span", "i", "em", "small")).split()[:_OPENING])
    said = next((one for one in (*times, *dated, _after_heading(tree), opening) if one and _dated(one)), "")
    return _Stated("", _people(re.split(r"\n|,| and ", by[0])[:1] if by else ()), said)


def _after_heading(tree: Element) -> str:
    """The words right after the page's first heading."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return ""
    return " ".join(" ".join(str(text) for text in heading.xpath("following::text()[position() < 12]")).split())


def _line(element: Element) -> str:
    """The first line of an element's text."""
    lines = [" ".join(line.split()) for line in "".join(element.itertext()).splitlines()]
    return next((line for line in lines if line), "")


def _people(names: Any) -> tuple[str, ...]:
    """Names of people; an address of a profile is none."""
    said = (_BYLINE.sub("", str(one)).strip() for one in names if one)
    return tuple(dict.fromkeys(one for one in said if one and "://" not in one and len(one) <= _LONGEST_NAME))


def _dated(text: str) -> bool:
    return _DATE.search(text) is not None


def _year(text: str) -> int | None:
    """The year of a date, however it is written."""
    date = _DATE.search(text)
    found = next((part for part in date.groups() if part), "") if date else ""
    year = _YEAR.search(found or text)
    return int(year[0]) if year else None


def _year_of_address(url: str) -> int | None:
    """Blogs keep posts by date: ``/2016/05/31/``."""
    found = re.search(r"/((?:19|20)\d\d)[/-]\d\d?(?:[/-]|$)", urlsplit(url).path)
    return int(found[1]) if found else None


def _title(tree: Element, stated: list[str], site: str, url: str) -> str:
    """The work's title without the site's name: the heading that it begins with, where the page shows one."""
    shown = " ".join((tree.findtext(".//title") or "").split())
    headings = [" ".join(one.text_content().split()) for one in tree.iter("h1")]
    title = next((one for one in stated if one), "") or shown
    if not title:
        return headings[0] if headings else ""
    begun = max((one for one in headings if _letters(one) and title.startswith(one)), key=len, default="")
    rest = title[len(begun) :]
    if begun and (_is_site(rest, site, url) or _NAMED_AFTER.match(rest)):
        return begun
    parts = _SEPARATOR.split(title)
    known = re.fullmatch(rf"(?:{_SITES})(?: \w+)?", parts[-1].strip("[]"))
    if len(parts) > 1 and (known or _is_site(parts[-1], site, url)):
        return title[: title.rindex(parts[-1])].rstrip(" —–|·•»:-[")
    return title


def _is_site(text: str, site: str, url: str) -> bool:
    """Whether what is left of a title is the name of the site, as it calls itself or as its address does."""
    left = _letters(text)
    if not left:
        return True
    host = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    names = {_letters(site), *map(_letters, host)} - {"", "com", "org", "net", "io", "github"}
    return any(name in left or left in name for name in names if len(name) > 1)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
