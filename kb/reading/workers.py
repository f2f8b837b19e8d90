"""Two children on one document: each takes the next page as soon as it is free, and both answer into one stream."""

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from kb.errors import ItemFailedError
from kb.reading.channel import Channel

Answer = dict[str, Any]


def ask_all(channels: Sequence[Channel], request: Answer, pages: Sequence[int], wall_s: float) -> Iterator[Answer]:
    """Answers for all pages, in the order in which they come; the first failure ends all."""
    if len(channels) == 1 or len(pages) < 2 * len(channels):
        yield from _pages(channels[0], {**request, "pages": list(pages)}, wall_s)
        return
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for page in pages:
        waiting.put(page)
    answers: queue.Queue[Answer | ItemFailedError | None] = queue.Queue()
    threads = [
        threading.Thread(target=_pump, args=(channel, request, waiting, wall_s, answers), daemon=True)
        for channel in channels
    ]
    for channel, thread in zip(channels, threads, strict=True):
        channel.busy += 1
        thread.start()
    finished = 0
    try:
        while finished < len(threads):
            answer = answers.get()
            if isinstance(answer, ItemFailedError):
                raise answer
            if answer is None:
                finished += 1
            else:
                yield answer
    finally:
        if finished < len(threads):
            for channel in channels:
                channel.kill()
        for thread in threads:
            thread.join()


def _pages(channel: Channel, request: Answer, wall_s: float) -> Iterator[Answer]:
    """One child's pages."""
    for answer in channel.ask(request, wall_s, each=True):
        if "page" in answer:
            yield answer


def _pump(
    channel: Channel,
    request: Answer,
    waiting: "queue.SimpleQueue[int]",
    wall_s: float,
    answers: "queue.Queue[Answer | ItemFailedError | None]",
) -> None:
    """Put one child's pages into the common stream, until none waits; its failure, or the end, goes there too."""
    end: ItemFailedError | None
    try:
        while True:
            for answer in _pages(channel, {**request, "pages": [waiting.get_nowait()]}, wall_s):
                answers.put(answer)
    except queue.Empty:
        end = None
    except ItemFailedError as error:
        end = error
    channel.busy -= 1
    answers.put(end)
