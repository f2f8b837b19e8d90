"""Downloads run ahead of parsing: the next item is on its way while the last one is read, a few items at most."""

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
POLL_SECONDS = 0.1
LEAVE_SECONDS = 1.0
"""A reader who stops does not wait for a server longer than this; the thread then ends with the step it is in."""


@dataclass(frozen=True)
class _Broken:
    """The error that ended the items."""

    error: BaseException


@dataclass(frozen=True)
class _End:
    """Nothing more comes."""


class Prefetcher(Generic[T]):
    """Iterates over items that another thread takes from their source, at most ``depth`` of them in advance.

    A context manager: leaving it stops the thread at the next item, so that nothing goes on behind a reader's back.
    """

    def __init__(self, items: Iterable[T], depth: int = 2) -> None:
        self._items = items
        self._queue: queue.Queue[T | _Broken | _End] = queue.Queue(maxsize=depth)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(LEAVE_SECONDS)

    def __iter__(self) -> Iterator[T]:
        """Items in their order; an error of the source is raised here."""
        while not isinstance(item := self._queue.get(), _End):
            if isinstance(item, _Broken):
                raise item.error
            yield item

    def _run(self) -> None:
        """Take items until there are no more, or until nobody wants them."""
        last: _Broken | _End = _End()
        try:
            for item in self._items:
                if not self._put(item):
                    break
        except BaseException as error:
            last = _Broken(error)
        finally:
            close = getattr(self._items, "close", None)
            if close is not None:
                close()
        self._put(last)

    def _put(self, item: "T | _Broken | _End") -> bool:
        """Hand an item over as soon as there is room; whether anybody still wants it."""
        while not self._stop.is_set():
            try:
                self._queue.put(item, timeout=POLL_SECONDS)
            except queue.Full:
                continue
            return True
        return False
