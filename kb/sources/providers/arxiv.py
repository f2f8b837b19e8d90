"""arXiv: ids, addresses on it and its mirrors; asked in batches, at this machine's pace, PDFs one by one."""

import re
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kb.errors import NetworkError, UsageError
from kb.models.paper import PaperDraft, VersionKind
from kb.models.progress import Progress
from kb.sources.addresses import host_of, split_address
from kb.sources.arxiv_id import ARXIV, arxiv_source
from kb.sources.source import Arrived, Download, FetchContext, FetchItem, PaperSource, Sought, Steps

if TYPE_CHECKING:
    from kb.sources.arxiv import ArxivClient, ArxivRecord
    from kb.sources.record_cache import RecordCache

_PREFIX = re.compile(r"arxiv:\s*", re.IGNORECASE)
_DOI = re.compile(r"(?:(?:doi:\s*)|(?:https?://(?:dx\.|www\.)?doi\.org/))?10\.48550/arxiv\.(?P<rest>.+)", re.IGNORECASE)
"""DOIs that arXiv itself registers: each is an id."""
_HOSTS = ("arxiv.org", "xxx.lanl.gov", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org")
_FOLDERS = ("abs", "pdf", "html", "format", "src", "e-print", "ps")


class ArxivSource:
    """Papers of arXiv."""

    name = ARXIV
    rank = 1
    is_specific = True
    is_one_host = True
    describes = True

    def __init__(self, client: "ArxivClient | None" = None) -> None:
        """``client`` instead of one made from the settings."""
        self._client = client

    def recognise(self, text: str) -> PaperSource | None:
        """An id, ``arXiv:`` and an id, or an address on arXiv or one of its mirrors; arXiv's own DOIs."""
        prefixed = _PREFIX.match(text)
        named = text[prefixed.end() :] if prefixed else text
        found = arxiv_source(re.sub(r"\s*\[[^\]]*\]\s*$", "", named)) or _in_address(text) or _in_doi(text)
        if prefixed and found is None:
            raise _not_an_id(named)
        return found

    def item(self, found: PaperSource) -> str:
        """The id, with its version where one was named."""
        return found.versioned

    def sought(self, item: str) -> Sought | None:
        """The paper with this id, in this version."""
        asked = self.recognise(item)
        if asked is None:
            return None
        label = f"v{asked.version}" if asked.version else ""
        return Sought(PaperDraft(title="", arxiv_id=asked.value), label)

    def prepare(
        self, wanted: Sequence[FetchItem], context: FetchContext
    ) -> Generator[Progress | Arrived, None, list[Download]]:
        """Ask for all ids that nothing is known of; what is there can be downloaded."""
        from kb.sources.arxiv import client_for

        client = self._client or client_for(context.settings)
        records = _records(context.folder)
        found = yield from _known(client, records, wanted, context)
        return [Download(record.asked, _fetch(client, records, record, context)) for record in found]

    def forget(self, folder: Path, item: str) -> None:
        """Remove the PDF and what arXiv said of it."""
        from kb.sources.arxiv_pdf import pdf_target

        records = _records(folder)
        record = records.get(item)
        if record is not None:
            pdf_target(folder, record).unlink(missing_ok=True)
            records.drop(item)


SOURCE = ArxivSource()


def _records(folder: Path) -> "RecordCache":
    """What arXiv said of papers that are on their way."""
    from kb.sources.record_cache import RecordCache

    return RecordCache(folder / "records")


def _known(
    client: "ArxivClient", records: "RecordCache", wanted: Sequence[FetchItem], context: FetchContext
) -> Generator[Progress | Arrived, None, "list[ArxivRecord]"]:
    """The records of all that are there; those that are not are events."""
    from kb.sources.arxiv import ArxivMiss

    found = {one.item: records.get(one.item) for one in wanted}
    missing = [item for item, record in found.items() if record is None]
    try:
        for answer in client.records(missing) if missing else ():
            if isinstance(answer, ArxivMiss):
                yield context.failed(answer.asked, answer.error)
                continue
            records.put(answer)
            found[answer.asked] = answer
            yield Progress(what="step", stage="find", source=answer.asked, title=answer.draft.title)
    except NetworkError as error:
        for item in missing:
            if found[item] is None:
                yield context.failed(item, error)
    return [record for record in found.values() if record is not None]


def _fetch(client: "ArxivClient", records: "RecordCache", record: "ArxivRecord", context: FetchContext) -> Steps:
    """One PDF."""
    from kb.sources.arxiv_pdf import fetch_arxiv_pdf, pdf_target

    folder = context.folder
    fetched = yield from fetch_arxiv_pdf(client, record, folder, check=context.check_pdf, limits=context.limits)
    if fetched is not record:
        records.put(fetched)
    yield Arrived(
        item=record.asked,
        path=pdf_target(folder, fetched),
        kind=VersionKind.PDF,
        source=fetched.pdf_url,
        label=f"v{fetched.version}",
        draft=fetched.draft,
    )


def _in_address(text: str) -> PaperSource | None:
    """The id in ``arxiv.org/abs/…``, ``/pdf/…``, ``/html/…`` and the like."""
    parts = split_address(text if "://" in text else f"https://{text}")
    folder, _, rest = unquote(parts.path).strip("/").partition("/")
    if host_of(text).removeprefix("export.") not in _HOSTS or folder not in _FOLDERS:
        return None
    found = arxiv_source(rest)
    if found is None:
        raise _not_an_id(rest)
    return found


def _in_doi(text: str) -> PaperSource | None:
    match = _DOI.fullmatch(unquote(text).strip())
    return arxiv_source(match["rest"].rstrip(".,;)")) if match else None


def _not_an_id(text: str) -> UsageError:
    """The error for something that claims to be an arXiv id."""
    return UsageError(
        f"{text!r} is not an arXiv id",
        "ids look like 1706.03741, 1706.03741v4 or quant-ph/0201082",
        "copy the id from the paper's page on arXiv",
    )
