"""What arXiv says today of papers that the library has: newer versions, withdrawals, published DOIs, new titles."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from kb.models.base import Value
from kb.sources.arxiv import ArxivClient, ArxivMiss, ArxivRecord


class Known(Value):
    """What the library has of an arXiv paper."""

    paper: str
    """Id of the paper."""
    title: str
    version: int
    """The newest version that is here; 0 where there is none."""
    doi: str | None = None


class Update(Value):
    """One thing that is new."""

    what: Literal["version", "withdrawn", "doi", "title", "missing"]
    paper: str
    arxiv_id: str
    before: str = ""
    after: str = ""
    record: ArxivRecord | None = None
    """What arXiv says, so that the newer version can be fetched without asking again."""


def updates(client: ArxivClient, known: Mapping[str, Known]) -> Iterator[Update]:
    """Ask for every paper, by its plain arXiv id, once, in batches; raises NetworkError where arXiv is not reached."""
    for answer in client.records(list(known)):
        if isinstance(answer, ArxivMiss):
            mine = known[answer.asked]
            yield Update(what="missing", paper=mine.paper, arxiv_id=answer.asked, after=answer.error.what)
        else:
            yield from compare(known[answer.asked], answer)


def compare(mine: Known, record: ArxivRecord) -> Iterable[Update]:
    """What one record says that the library does not have."""
    arxiv_id = record.draft.arxiv_id or record.asked
    base = Update(what="version", paper=mine.paper, arxiv_id=arxiv_id, record=record)
    if record.withdrawn:
        reason = record.comment or "its abstract says so"
        yield base.model_copy(update={"what": "withdrawn", "before": _label(mine.version), "after": reason})
    elif record.version > mine.version:
        yield base.model_copy(update={"before": _label(mine.version), "after": _label(record.version)})
    if record.draft.doi and record.draft.doi != (mine.doi or "").lower():
        yield base.model_copy(update={"what": "doi", "before": mine.doi or "", "after": record.draft.doi})
    if record.draft.title.split() != mine.title.split():
        yield base.model_copy(update={"what": "title", "before": mine.title, "after": record.draft.title})


def _label(version: int) -> str:
    """A version as versions are labelled."""
    return f"v{version}" if version else ""
