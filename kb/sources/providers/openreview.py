"""OpenReview: submissions of conferences by their id; its API says what a paper is, its site has the PDF."""

import json
import re
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from kb.errors import ItemFailedError, NetworkError, UsageError
from kb.models.paper import PaperDraft, VersionKind
from kb.models.progress import Progress
from kb.sources.addresses import host_of, page_target, split_address
from kb.sources.source import Arrived, Download, FetchContext, FetchItem, PaperSource, Sought, Steps

if TYPE_CHECKING:
    from kb.sources.http_request import HttpRequest

API = "https://api2.openreview.net"
"""Answers ``/notes?id=…`` with the submission as JSON (docs.openreview.net, API 2)."""
SITE = "https://openreview.net"
MAX_BYTES = 4 << 20
"""A submission with its abstract is some kilobytes; anything near this is no answer."""
_PREFIX = re.compile(r"openreview:\s*", re.IGNORECASE)
_ID = re.compile(r"[\w-]{5,30}")
_PAGES = ("forum", "pdf", "attachment")


class OpenReviewSource:
    """Papers of OpenReview."""

    name = "openreview"
    rank = 2
    is_specific = True
    is_one_host = True
    describes = False

    def __init__(self, api: str = API, site: str = SITE) -> None:
        """``api`` answers what a paper is, ``site`` has its PDF."""
        self._api, self._site = api.rstrip("/"), site.rstrip("/")

    def recognise(self, text: str) -> PaperSource | None:
        """``openreview:`` and an id, or the address of a paper's page or PDF."""
        prefixed = _PREFIX.match(text)
        if prefixed:
            named = text[prefixed.end() :].strip()
            if not _ID.fullmatch(named):
                raise _not_an_id(named)
            return PaperSource(kind=self.name, value=named)
        if host_of(text) != host_of(self._site):
            return None
        parts = split_address(text if "://" in text else f"https://{text}")
        named = next(iter(parse_qs(parts.query).get("id", ())), "")
        if parts.path.strip("/") not in _PAGES or not _ID.fullmatch(named):
            return None
        return PaperSource(kind=self.name, value=named)

    def item(self, found: PaperSource) -> str:
        """The address of the paper's page."""
        return f"{self._site}/forum?id={found.value}"

    def sought(self, item: str) -> Sought | None:
        """The paper with this page."""
        return Sought(PaperDraft(title="", url=item))

    def prepare(
        self, wanted: Sequence[FetchItem], context: FetchContext
    ) -> Generator[Progress | Arrived, None, list[Download]]:
        """Ask what each paper is; what is there can be downloaded."""
        from kb.sources.http_request import HttpRequest
        from kb.sources.web import host_limiter

        request, ready = HttpRequest(context.guard, host_limiter(self._api)), []
        unreached: NetworkError | None = None
        for one in wanted:
            try:
                if unreached is not None:
                    raise unreached
                draft = self._describe(request, one.item)
            except (ItemFailedError, NetworkError) as error:
                unreached = error if isinstance(error, NetworkError) else unreached
                yield context.failed(one.item, error)
                continue
            yield Progress(what="step", stage="find", source=one.item, title=draft.title)
            ready.append(Download(one.item, self._fetch(one.item, draft, context)))
        return ready

    def forget(self, folder: Path, item: str) -> None:
        """Remove the PDF."""
        page_target(folder, item).unlink(missing_ok=True)

    def _describe(self, request: "HttpRequest", item: str) -> PaperDraft:
        found = self.recognise(item)
        assert found is not None
        body = bytearray()
        with request.get(f"{self._api}/notes?id={found.value}", {"Accept": "application/json"}) as response:
            for chunk in request.chunks(response):
                body += chunk
                if len(body) > MAX_BYTES:
                    raise ItemFailedError(f"the answer for {item} is too large", f"over {MAX_BYTES >> 20} MiB", "")
        return _draft(bytes(body), item)

    def _fetch(self, item: str, draft: PaperDraft, context: FetchContext) -> Steps:
        from kb.sources.download import fetch_file
        from kb.sources.web import host_limiter

        found = self.recognise(item)
        assert found is not None
        address, target = f"{self._site}/pdf?id={found.value}", page_target(context.folder, item)
        for event in fetch_file(
            address, target, check=context.check_pdf, guard=context.guard, limiter=host_limiter(address),
            limits=context.limits, source=item,
        ):  # fmt: skip
            yield event.model_copy(update={"title": draft.title})
        yield Arrived(item=item, path=target, kind=VersionKind.PDF, source=address, draft=draft)


SOURCE = OpenReviewSource()


def _draft(body: bytes, item: str) -> PaperDraft:
    """The submission as the API describes it; each value stands bare (API 1) or in ``{"value": …}`` (API 2)."""
    try:
        notes = json.loads(body).get("notes")
        note: dict[str, Any] = notes[0]
        content: dict[str, Any] = {
            name: value["value"] if isinstance(value, dict) else value for name, value in note["content"].items()
        }
    except (ValueError, RecursionError, AttributeError, LookupError, TypeError) as error:
        raise ItemFailedError(
            f"OpenReview has no paper {item}", "its API answered without one", "check the id"
        ) from error
    authors = content.get("authors")
    made = note.get("pdate") or note.get("cdate") or note.get("tcdate")
    return PaperDraft(
        title=" ".join(str(content.get("title") or "").split()) or item,
        authors=tuple(map(str, authors)) if isinstance(authors, list) else (),
        year=datetime.fromtimestamp(made / 1000, UTC).year if isinstance(made, int | float) else None,
        abstract=str(content.get("abstract") or ""),
        venue=str(content.get("venue") or ""),
        url=item,
    )


def _not_an_id(text: str) -> UsageError:
    """The error for something that claims to be an id of OpenReview."""
    return UsageError(
        f"{text!r} is not an OpenReview id",
        "ids are the letters after id= in the address of a paper's page",
        "copy the address of the paper's page on openreview.net",
    )
