"""The PDF of an arXiv paper, in the version that the feed named, or in the one that has taken its place meanwhile."""

from collections.abc import Generator
from pathlib import Path

from kb.errors import ItemFailedError
from kb.models.progress import Progress
from kb.sources.arxiv import ArxivClient, ArxivRecord
from kb.sources.arxiv_id import named_on_arxiv
from kb.sources.download import Check, DownloadLimits, fetch_file
from kb.sources.retry import NotThereError


def pdf_target(folder: Path, record: ArxivRecord) -> Path:
    """Where a paper's PDF is put until the library has taken it."""
    return folder / f"{record.versioned.replace('/', '_')}.pdf"


def fetch_arxiv_pdf(
    client: ArxivClient,
    record: ArxivRecord,
    folder: Path,
    *,
    check: Check | None = None,
    limits: DownloadLimits | None = None,
) -> Generator[Progress, None, ArxivRecord]:
    """Download to ``pdf_target(folder, …)``; returns what arXiv says of the version that was fetched."""
    check_standing(record)
    try:
        yield from _fetch(client, record, folder, check, limits)
        return record
    except NotThereError as missing:
        if _asked_version(record):
            raise _no_pdf(record) from missing
        newer = client.record(record.draft.arxiv_id or record.asked).model_copy(update={"asked": record.asked})
        check_standing(newer)
        if newer.version == record.version:
            raise _no_pdf(record) from missing
    yield from _fetch(client, newer, folder, check, limits)
    return newer


def check_standing(record: ArxivRecord) -> None:
    """Raise ItemFailedError for a paper that was withdrawn, naming the version before."""
    if not record.withdrawn or _asked_version(record):
        return
    earlier = f"{record.draft.arxiv_id}v{record.version - 1}"
    step = f"kb add arxiv:{earlier} for the version before" if record.version > 1 else "read its page on arxiv.org"
    raise ItemFailedError(f"{record.versioned} is withdrawn", record.comment, step)


def _fetch(
    client: ArxivClient, record: ArxivRecord, folder: Path, check: Check | None, limits: DownloadLimits | None
) -> Generator[Progress, None, None]:
    """One version's file, each event with the paper's title."""
    for event in fetch_file(
        record.pdf_url,
        pdf_target(folder, record),
        check=check,
        guard=client.guard,
        limiter=client.limiter,
        limits=limits,
        retry_policy=client.retry_policy,
        source=record.asked,
    ):
        yield event.model_copy(update={"title": record.draft.title})


def _no_pdf(record: ArxivRecord) -> ItemFailedError:
    """The error for a paper of which arXiv gives out no PDF."""
    return ItemFailedError(
        f"arXiv has no PDF of {record.versioned}",
        "it may be withdrawn, or be there as HTML or source only",
        f"open https://arxiv.org/abs/{record.versioned} in a browser",
    )


def _asked_version(record: ArxivRecord) -> int | None:
    """The version that was asked for by its number."""
    asked = named_on_arxiv(record.asked)
    return asked.version if asked else None
