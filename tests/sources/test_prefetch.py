"""Work runs ahead by a few items and no more, in order, and stops when nobody wants it."""

import threading
from collections.abc import Iterator

import pytest

from kb.sources.prefetch import Prefetcher


def test_items_come_in_their_order() -> None:
    with Prefetcher(range(100)) as ahead:
        assert list(ahead) == list(range(100))


def test_the_next_item_is_made_while_this_one_is_used() -> None:
    second_begun = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        second_begun.set()
        yield 2

    with Prefetcher(items()) as ahead:
        first = next(iter(ahead))
        assert first == 1
        assert second_begun.wait(10)


def test_it_does_not_run_further_ahead_than_it_may() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    with Prefetcher(items(), depth=2) as ahead:
        for number in ahead:
            assert len(made) <= number + 1 + 2 + 1
            if number == 10:
                break
    assert len(made) <= 14


def test_leaving_early_closes_the_source() -> None:
    closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(1000)
        finally:
            closed.set()

    with Prefetcher(items()) as ahead:
        assert next(iter(ahead)) == 0
    assert closed.is_set()


def test_an_error_comes_after_what_was_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with Prefetcher(items()) as ahead:
        coming = iter(ahead)
        assert next(coming) == 1
        with pytest.raises(ValueError, match="broken"):
            next(coming)


def test_leaving_does_not_wait_for_a_step_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.sources.prefetch.LEAVE_SECONDS", 0.01)
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def items() -> Iterator[int]:
        yield 1
        begun.set()
        go_on.wait(60)
        yield 2
        ended.set()

    with Prefetcher(items(), depth=1) as ahead:
        assert next(iter(ahead)) == 1
        assert begun.wait(10)
    assert not go_on.is_set()
    go_on.set()
    assert not ended.wait(0.3)
