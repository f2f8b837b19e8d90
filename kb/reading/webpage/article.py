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
_NEVER_SHOWN = """.//script | .//style | .//noscript | .//template | .//iframe | .//object | .//svg | .//button
    | .//input | .//select | .//textarea | .//title | .//*[@hidden]
    | .//d-bibliography | .//d-footnote-list | .//d-citation-list
    | .//*[contains(translate(@style, " ", ""), "display:none")]
    | .//*[contains(translate(@style, " ", ""), "visibility:hidden")]"""
_NAVIGATION = """.//nav | .//*[@role="navigation"] | .//*[@id="toc" or @id="TOC" or @id="table-of-contents"]
    | .//*[contains(concat(" ", normalize-space(@class), " "), " toc ")]
    | .//*[contains(@class, "navbox") or contains(@class, "mw-editsection") or contains(@class, "table-of-contents")]"""
"""Menus and tables of contents: links to what stands elsewhere on the page or the site."""
_ENOUGH = 80
"""Words below which a part is a teaser, not the text."""
_DEEPEST = 100
"""Levels of elements that are read one by one; the deepest of the saved pages that rules are tried on has 34."""
_TELLING = 4
"""Words of a paragraph from which it tells where the text is; shorter ones stand in menus, too."""
_NEARLY_ALL = 0.9
"""Share of the paragraphs that the article's element must hold: a heuristic takes a few from elsewhere."""


def clean(tree: Element) -> None:
    """Take out what no browser shows, and put the keys of distill.pub's citations in their place."""
    for junk in tree.xpath(_NEVER_SHOWN):
        replace(junk, "")
    for cite in tree.xpath(".//d-cite | .//dt-cite"):
        keys = cite.get("key") or cite.get("bibtex-key") or ""
        replace(cite, f"[{keys}]" if keys and not cite.text_content().strip() else cite.text_content())


def without_navigation(article: Element) -> int:
    """Take menus and tables of contents out of the article; how many words they had."""
    left_out = 0
    for menu in article.xpath(_NAVIGATION):
        if menu is not article and menu.getparent() is not None:
            left_out += words(menu)
            replace(menu, "")
    return left_out


def flatten(article: Element) -> None:
    """What is nested deeper than any page needs becomes plain text there: a reader in Python goes only so deep."""
    deep = [(article, 0)]
    while deep:
        element, depth = deep.pop()
        if depth == _DEEPEST and len(element):
            said = "\n".join(text.strip() for text in element.itertext() if text.strip())
            for child in list(element):
                element.remove(child)
            element.text = said
        deep += [(child, depth + 1) for child in element]


def plain_tags(tree: Element) -> None:
    """Give the tags of distill.pub's templates names that everybody knows."""
    for element in tree.iter():
        if isinstance(element.tag, str) and re.match(r"dt?-", element.tag):
            element.tag = "pre" if element.tag.endswith("-code") else "div"


def find(tree: Element, url: str) -> Element:
    """The part that holds the text: as the site marks it, else around what looks like text, else all of the page."""
    for path in _MAIN:
        parts = [part for part in tree.xpath(path) if words(part) >= _ENOUGH]
        if parts and (len(parts) == 1 or path == _MAIN[0]):
            return _with_appendix(tree, parts[0])
    found = _around(tree, _likely(tree, url))
    body = tree.find("body")
    return found if found is not None else (tree if body is None else body)


def _with_appendix(tree: Element, article: Element) -> Element:
    """The article with the appendices that a template keeps beside it."""
    for appendix in tree.xpath(".//d-appendix | .//dt-appendix"):
        if article not in (appendix, *appendix.iterancestors()):
            appendix.tail = None
            article.append(appendix)
    return article


def _likely(tree: Element, url: str) -> set[str]:
    """How paragraphs begin that look like the text of an article: a heuristic finds where it is, not what is in it."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    found: Any = bare_extraction(deepcopy(tree), url=url or None, include_comments=False, favor_recall=True)
    body = None if found is None else found.body
    return set() if body is None else {_start(part) for part in body.iter("p", "head") if words(part) > _TELLING}


def _around(tree: Element, starts: set[str]) -> Element | None:
    """The smallest element around nearly all of these paragraphs."""
    places = [one for one in tree.iter("p", "div", "h1", "h2", "h3", "li", "td") if _start(one) in starts]
    counts: dict[Element, int] = {}
    for place in places:
        for above in place.iterancestors():
            counts[above] = counts.get(above, 0) + 1
    enough = [one for one, count in counts.items() if count >= _NEARLY_ALL * len(places)]
    return min(enough, key=lambda one: (counts[one], -_depth(one)), default=None) if places else None


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _start(element: Element) -> str:
    return "".join("".join(element.itertext()).split())[:60]


def words(element: Element) -> int:
    """How many words of text an element holds."""
    return len(" ".join(element.itertext()).split())


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
