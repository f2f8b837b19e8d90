"""How each entry of a reading list can be had: from arXiv, as a page or PDF, or only in a browser, and then why."""

import re
from typing import Literal
from urllib.parse import urlsplit

from kb.errors import UsageError
from kb.models.base import Value
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry
from kb.sources.identify import identify

_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "ted.com", "slideslive.com")
_TRANSCRIPT_HOSTS = ("forum.effectivealtruism.org", "alignmentforum.org", "lesswrong.com")
_SPOKEN = (PaperKind.TALK, PaperKind.VIDEO, PaperKind.PODCAST)
_DIRECT = (
    (r"https://drive\.google\.com/file/d/([\w-]+)/.*", r"https://drive.google.com/uc?export=download&id=\1"),
    (
        r"https://docs\.google\.com/document/d/([\w-]+)(?:/.*)?",
        r"https://docs.google.com/document/d/\1/export?format=pdf",
    ),
    (r"(https?://[^/]*dropbox\.com/.*)\?dl=0", r"\1?dl=1"),
)
"""Addresses that show a file in a viewer made of scripts, and the same file's own address."""


class AccessMethod(Value):
    """One way to an entry's text."""

    kind: Literal["arxiv", "web", "browser"]
    value: str
    """An arXiv id, or an address."""
    why: str = ""
    """Why there is no text, for what only opens in a browser."""
    behind: bool = False
    """This is the paper behind the post or talk that is listed."""


def ways(entry: Entry) -> tuple[AccessMethod, ...]:
    """Everything that belongs to an entry: the work itself, and the paper behind it where there is one."""
    own = [AccessMethod(kind="arxiv", value=entry.arxiv_id)] if entry.arxiv_id else _by_address(entry)
    behind = entry.paper_arxiv_id
    known = {way.value for way in own}
    return (
        (*own, AccessMethod(kind="arxiv", value=behind, behind=True)) if behind and behind not in known else tuple(own)
    )


def _by_address(entry: Entry) -> list[AccessMethod]:
    """The way that an entry's address leads."""
    if not entry.url:
        return []
    host = (urlsplit(entry.url).hostname or "").removeprefix("www.")
    if host in _VIDEO_HOSTS or (entry.kind in _SPOKEN and host not in _TRANSCRIPT_HOSTS):
        return [
            AccessMethod(
                kind="browser", value=entry.url, why=f"a {entry.kind.value} is watched or heard; it has no text here"
            )
        ]
    try:
        found = identify(entry.url)
    except UsageError as error:
        return [AccessMethod(kind="browser", value=entry.url, why=error.why or error.what)]
    if found.kind == "arxiv":
        return [AccessMethod(kind="arxiv", value=found.value)]
    return [AccessMethod(kind="web", value=direct_address(entry.url))]


def direct_address(url: str) -> str:
    """A file's own address where the one given only shows it in a viewer."""
    for pattern, own in _DIRECT:
        if re.fullmatch(pattern, url):
            return re.sub(pattern, own, url)
    return url
