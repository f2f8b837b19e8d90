"""What a DOI names: doi.org sends to the agency that registered it, which answers with title, authors and year."""

import json
from typing import Any
from urllib.parse import quote

from kb.errors import ItemFailedError
from kb.models.paper import PaperDraft, PaperKind
from kb.sources.arxiv_id import arxiv_id_of
from kb.sources.host_guard import Guard
from kb.sources.http_request import HttpRequest
from kb.sources.identify import identify
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy, UnavailableError

DOI_URL = "https://doi.org"
CSL_JSON = "application/vnd.citationstyles.csl+json"
MAX_BYTES = 4 << 20
_BOOKS = {"book", "monograph", "book-chapter", "chapter"}


def look_up_doi(
    doi: str,
    limiter: Limiter,
    *,
    base: str = DOI_URL,
    guard: Guard | None = None,
    retry_policy: RetryPolicy | None = None,
) -> PaperDraft:
    """The work behind a DOI; raises ItemFailedError where there is none, NetworkError where nobody answers."""
    exchange = HttpRequest(guard or Guard(), limiter)
    retry_policy = retry_policy or RetryPolicy()
    for attempt in range(retry_policy.attempts):
        try:
            return _draft(doi, _answer(exchange, f"{base.rstrip('/')}/{quote(doi, safe='/:;()._-')}"))
        except UnavailableError as failure:
            limiter.back_off(retry_policy.after(failure, attempt))
    raise AssertionError("the last try either answers or raises")


def _answer(exchange: HttpRequest, url: str) -> dict[str, Any]:
    """One answer in CSL JSON."""
    body = bytearray()
    with exchange.get(url, {"Accept": CSL_JSON}) as response:
        for chunk in exchange.chunks(response):
            body += chunk
            if len(body) > MAX_BYTES:
                raise ItemFailedError(f"the answer for {url} is too large", f"over {MAX_BYTES >> 20} MiB", "")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ItemFailedError(f"{url} says nothing that can be read", "the answer is no JSON", "add the PDF") from error
    if not isinstance(data, dict) or not data.get("title"):
        raise ItemFailedError(f"{url} names no work", "the answer has no title", "add the PDF itself")
    return data


def _draft(doi: str, data: dict[str, Any]) -> PaperDraft:
    """The work as the agency describes it."""
    return PaperDraft(
        title=_text(data["title"]),
        authors=tuple(name for name in map(_name, _dicts(data.get("author"))) if name),
        year=_year(data),
        kind=PaperKind.BOOK if data.get("type") in _BOOKS else PaperKind.PAPER,
        arxiv_id=_arxiv_id(data),
        doi=doi.lower(),
        url=f"{DOI_URL}/{doi}",
        venue=_text(data.get("container-title")),
    )


def _text(value: object) -> str:
    """Text on one line; agencies wrap it in a list at times."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(str(value or "").split())


def _dicts(value: object) -> list[dict[str, Any]]:
    """The mappings in a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _name(author: dict[str, Any]) -> str:
    """A person's name in reading order, or a group's."""
    parts = (author.get("given"), author.get("non-dropping-particle"), author.get("family"))
    return _text(author.get("literal") or author.get("name")) or " ".join(filter(None, map(_text, parts)))


def _year(data: dict[str, Any]) -> int | None:
    """The year of publication."""
    for name in ("issued", "published", "published-print", "published-online", "created"):
        dates = data.get(name)
        parts = dates.get("date-parts") if isinstance(dates, dict) else None
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] and str(parts[0][0]).isdigit():
            return int(parts[0][0])
    return None


def _arxiv_id(data: dict[str, Any]) -> str | None:
    """The preprint that the agency says is the same work."""
    relations = data.get("relation")
    for one in _dicts(relations.get("has-preprint") if isinstance(relations, dict) else None):
        if one.get("id-type") == "doi":
            found = arxiv_id_of(identify(str(one.get("id"))))
            if found:
                return found
    return None
