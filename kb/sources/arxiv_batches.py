"""Which ids are asked for together: at most a hundred, no paper twice, so that every answer can be told apart."""

from collections.abc import Iterator, Sequence

from kb.errors import ItemFailedError, KbError, UsageError
from kb.models.base import Value
from kb.sources.arxiv_id import named_on_arxiv

BATCH = 100


class BatchRequest(Value):
    """One id to ask for, and the text that it was read from."""

    text: str
    arxiv_id: str
    version: int | None

    @property
    def versioned(self) -> str:
        """The id as the API takes it."""
        return f"{self.arxiv_id}v{self.version}" if self.version else self.arxiv_id

    @classmethod
    def read_all(cls, texts: Sequence[str]) -> "tuple[list[BatchRequest], list[tuple[str, KbError]]]":
        """Each different id once, and the texts that are no ids, with the reason."""
        asks: dict[str, BatchRequest] = {}
        misses: list[tuple[str, KbError]] = []
        for text in texts:
            try:
                source = named_on_arxiv(text)
                if source is None:
                    raise ItemFailedError(f"{text!r} is not an arXiv id", "", "ids look like 1706.03741v4")
            except (UsageError, ItemFailedError) as error:
                misses.append((text, error))
                continue
            asks.setdefault(source.versioned, cls(text=text, arxiv_id=source.value, version=source.version))
        return list(asks.values()), misses


def batches(asks: Sequence[BatchRequest]) -> Iterator[list[BatchRequest]]:
    """Groups that one request can ask for; two versions of one paper go into different groups."""
    waiting = list(asks)
    while waiting:
        batch: dict[str, BatchRequest] = {}
        later: list[BatchRequest] = []
        for ask in waiting:
            if len(batch) < BATCH and ask.arxiv_id not in batch:
                batch[ask.arxiv_id] = ask
            else:
                later.append(ask)
        yield list(batch.values())
        waiting = later


class BadIdError(ItemFailedError):
    """The API refused a whole request because of an id in it."""

    def guilty(self, asks: Sequence[BatchRequest]) -> list[BatchRequest]:
        """The ids that the refusal names; the only one there is, where it names none."""
        named = [ask for ask in asks if self.why.endswith((f" {ask.versioned}", f" {ask.arxiv_id}"))]
        return named or (list(asks) if len(asks) == 1 else [])

    def others(self, asks: Sequence[BatchRequest], guilty: Sequence[BatchRequest]) -> list[list[BatchRequest]]:
        """What to ask for next: all but the guilty; where nobody knows who that is, each half by itself."""
        half = len(asks) // 2
        groups = [[ask for ask in asks if ask not in guilty]] if guilty else [list(asks[:half]), list(asks[half:])]
        return [group for group in groups if group]
