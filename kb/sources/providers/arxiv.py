"""arXiv: ids, addresses on it and its mirrors; asked in batches, at this machine's pace, PDFs one by one."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import NetworkError
from kb.models.paper import PaperDraft, VersionKind
from kb.models.progress import Progress
from kb.sources.arxiv_id import ARXIV, named_on_arxiv
from kb.sources.source import Arrived, Download, FetchContext, FetchItem, PaperSource, Sought, Steps

if TYPE_CHECKING:
    from kb.sources.arxiv import ArxivClient, ArxivRecord
    from kb.sources.record_cache import RecordCache


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
        return named_on_arxiv(text)

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
