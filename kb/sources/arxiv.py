"""arXiv's API, through the one door to the ``arxiv`` package: ids in batches, at this machine's pace, none lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kb.config import ARXIV_EXPORT_URL, Settings, machine_cache
from kb.errors import ItemFailedError, KbError
from kb.models.base import Value
from kb.models.paper import PaperDraft
from kb.sources.arxiv_batches import BadIdError, BatchRequest, batches
from kb.sources.arxiv_entry import draft_of, is_withdrawn, split_id
from kb.sources.host_guard import Guard
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy

if TYPE_CHECKING:
    import arxiv

FRIENDS = ("arxiv.org",)
"""Hosts below which arXiv itself redirects."""


TITLE_WORDS = 10


def client_for(settings: Settings) -> "ArxivClient":
    """A client at this machine's pace."""
    return ArxivClient(settings, Limiter(machine_cache(), settings.arxiv_delay))


class ArxivRecord(Value):
    """What arXiv says of one paper."""

    asked: str
    """The id as it was asked for."""
    draft: PaperDraft
    version: int
    updated: datetime
    withdrawn: bool
    pdf_url: str
    """Made from the id, since entries may come without one."""
    comment: str = ""
    journal: str = ""

    @property
    def versioned(self) -> str:
        """The id with its version: ``1706.03741v4``."""
        return f"{self.draft.arxiv_id}v{self.version}"


@dataclass(frozen=True)
class ArxivMiss:
    """An id that was asked for in vain."""

    asked: str
    error: KbError


class ArxivClient:
    """Asks the API at ``settings.arxiv_url``; one client can be used for many calls."""

    def __init__(self, settings: Settings, limiter: Limiter, *, retry_policy: RetryPolicy | None = None) -> None:
        from kb.sources.arxiv_session import ArxivSession

        self._base = settings.arxiv_url.rstrip("/")
        self.limiter = limiter
        self.guard = Guard.around(self._base, *(FRIENDS if self._base == ARXIV_EXPORT_URL else ()))
        self.retry_policy = retry_policy or RetryPolicy(first=limiter.delay)
        self._session = ArxivSession(self.guard, limiter, self.retry_policy)

    def records(self, ids: Sequence[str]) -> Iterator[ArxivRecord | ArxivMiss]:
        """One answer for every id, in batches, each id asked for once; a wrong id is a miss and nothing more.

        Raises NetworkError where arXiv cannot be reached at all; what was yielded before stays true.
        """
        asks, misses = BatchRequest.read_all(ids)
        yield from (ArxivMiss(asked=text, error=error) for text, error in misses)
        for batch in batches(asks):
            yield from self._batch(batch)

    def record(self, arxiv_id: str) -> ArxivRecord:
        """The answer for one id; raises ItemFailedError where there is none."""
        for answer in self.records([arxiv_id]):
            if isinstance(answer, ArxivMiss):
                raise answer.error
            return answer
        raise _missing(arxiv_id)

    def search_title(self, title: str, limit: int = 10) -> tuple[ArxivRecord, ...]:
        """Papers whose title has the telling ones of these words, arXiv's best first."""
        import arxiv

        words = re.findall(r"\w+", title)
        telling = [word for word in words if len(word) > 3][:TITLE_WORDS] or words
        query = " AND ".join(f"ti:{word}" for word in telling)
        found = self._ask(arxiv.Search(query=query, max_results=limit), limit)
        return tuple(self._record(title, result) for result in found)

    def _batch(self, batch: Sequence[BatchRequest]) -> Iterator[ArxivRecord | ArxivMiss]:
        """Answers for one batch; an id that the API calls wrong is taken out, and the others are asked for again."""
        import arxiv

        try:
            found = self._ask(arxiv.Search(id_list=[ask.versioned for ask in batch]), len(batch))
        except BadIdError as refusal:
            guilty = refusal.guilty(batch)
            for ask in guilty:
                yield ArxivMiss(asked=ask.text, error=_wrong(ask.text, refusal.why))
            for rest in refusal.others(batch, guilty):
                yield from self._batch(rest)
        else:
            yield from self._matched(batch, found)

    def _matched(
        self, asks: Sequence[BatchRequest], found: Sequence["arxiv.Result"]
    ) -> Iterator[ArxivRecord | ArxivMiss]:
        """Pair what was asked with what was answered: the feed leaves out what it does not know."""
        by_id = {split_id(result.entry_id)[0]: result for result in found}
        for ask in asks:
            result = by_id.get(ask.arxiv_id)
            if result is None:
                yield ArxivMiss(asked=ask.text, error=_missing(ask.text))
            else:
                yield self._record(ask.text, result)

    def _ask(self, search: "arxiv.Search", page: int) -> list["arxiv.Result"]:
        """One page of results; our session does the waiting and the trying again."""
        import arxiv

        client: Any = arxiv.Client(page_size=page, delay_seconds=0, num_retries=0)
        client.query_url_format = f"{self._base}/api/query?{{}}"
        client._session = self._session
        search.max_results = page
        return list(client.results(search))

    def _record(self, asked: str, result: "arxiv.Result") -> ArxivRecord:
        """What this project keeps of a result."""
        arxiv_id, version = split_id(result.entry_id)
        return ArxivRecord(
            asked=asked,
            draft=draft_of(result, arxiv_id),
            version=version,
            updated=result.updated,
            withdrawn=is_withdrawn(result.comment or "", result.summary),
            pdf_url=f"{self._base}/pdf/{arxiv_id}v{version}",
            comment=result.comment or "",
            journal=result.journal_ref or "",
        )


def _missing(asked: str) -> ItemFailedError:
    """The error for an id that the feed leaves out."""
    return ItemFailedError(
        f"arXiv has no paper {asked}", "its API answered without it", "check the id on arxiv.org, or search by title"
    )


def _wrong(asked: str, why: str) -> ItemFailedError:
    """The error for an id that the API refuses."""
    return ItemFailedError(f"arXiv does not accept the id {asked}", why, "ids look like 1706.03741 or quant-ph/0201082")
