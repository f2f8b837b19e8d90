"""The main part of a page: told by how sites mark it, so that menus and comments are not read for the text."""

import re
from typing import Any

from kb.reading.webpage.formulas import Element, replace

_MAIN = (
    './/*[@id="postContent"]',
    './/*[contains(@class, "PostsPage-postContent")]',
    ".//d-article | .//dt-article",
    './/article[contains(@class, "ltx_document")]',
    './/*[@itemprop="articleBody"]',
    './/*[contains(@class, "entry-content") or contains(@class, "post-content") or contains(@class, "gh-content")]',
    ".//article",
    './/main | .//*[@role="main"]',
)
"""Forums, distill.pub, arXiv's HTML, blogs, and then whatever calls itself the article or the main part."""
_JUNK = ".//script | .//style | .//noscript | .//nav | .//form | .//button | .//iframe | .//template | .//svg"
_ENOUGH = 80
"""Words below which a part is a teaser, not the text."""


def clean(tree: Element) -> None:
    """Take out what is never text, and put the keys of distill.pub's citations in its place."""
    for junk in tree.xpath(_JUNK):
        replace(junk, "")
    for cite in tree.xpath(".//d-cite | .//dt-cite"):
        keys = cite.get("key") or cite.get("bibtex-key") or ""
        replace(cite, f"[{keys}]" if keys and not cite.text_content().strip() else cite.text_content())


def plain_tags(tree: Element) -> None:
    """Give the tags of distill.pub's templates names that everybody knows."""
    for element in tree.iter():
        if isinstance(element.tag, str) and re.match(r"dt?-", element.tag):
            element.tag = "pre" if element.tag.endswith("-code") else "div"


def narrow(tree: Element) -> Element | None:
    """The part that holds the text, moved to be all of the page's body; None where no part is marked as such."""
    for path in _MAIN:
        parts = [part for part in tree.xpath(path) if words(part) >= _ENOUGH]
        if parts and (len(parts) == 1 or path == _MAIN[0]):
            return _alone(tree, parts[0])
    return None


def _alone(tree: Element, part: Element) -> Element:
    """Leave only this part in the body."""
    body = tree.find("body")
    if body is None or part is body:
        return part
    part.tail = None
    part.tag = "article"
    part.attrib.clear()
    for child in list(body):
        body.remove(child)
    body.text = None
    body.append(part)
    return part


def words(element: Element) -> int:
    """How many words of text an element holds."""
    return len(element.text_content().split())


def links_to_papers(element: Element) -> list[tuple[str, str, str]]:
    """Text, arXiv id and DOI of each link to a paper, each paper once."""
    found: dict[tuple[str, str], str] = {}
    for link in element.xpath(".//a[@href]"):
        href: Any = link.get("href")
        paper = _paper(href)
        text = " ".join(link.text_content().split())
        if paper and len(text) > len(found.get(paper, "")):
            found[paper] = text
    return [(text, arxiv_id, doi) for (arxiv_id, doi), text in found.items()]


def _paper(href: str) -> tuple[str, str] | None:
    """The arXiv id or the DOI in an address."""
    arxiv = re.search(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", href)
    doi = re.search(r"doi\.org/(10\.\d{4,9}/[^\s?#]+)", href)
    if arxiv:
        return arxiv[1], ""
    return ("", doi[1].lower()) if doi else None
