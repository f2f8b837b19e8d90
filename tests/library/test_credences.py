"""The credence log only grows, and what was believed at any time is read back from it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.config import Home
from kb.library.credences import Credences
from kb.library.record import Record
from kb.models.credence import Subject, SubjectKind, Trigger

START = datetime(2026, 1, 1, tzinfo=UTC)
LOG = st.lists(
    st.tuples(st.sampled_from("abc"), st.floats(0, 1), st.floats(0, 1), st.text(max_size=20), st.integers(0, 50)),
    max_size=12,
)


def about(name: str) -> Subject:
    return Subject(kind=SubjectKind.CLAIM, id=name, statement=f"Claim {name}.")


@pytest.fixture
def record(home: Home) -> Iterator[Record]:
    with Record.open(home) as record:
        yield record


def test_an_entry_comes_back_as_it_was_written(record: Record) -> None:
    log = Credences(record)
    made = log.add(about("a"), 0.2, 0.4, reason="\x1b[31m“why”", trigger=Trigger(kind="paper", ref="p"))
    assert log.history() == (made,)
    assert (made.p, made.words) == (pytest.approx(0.3), "20–40 %")


@pytest.mark.parametrize(("low", "high"), [(-0.1, None), (0.5, 1.1), (0.8, 0.2)])
def test_what_is_no_probability_is_not_written(record: Record, low: float, high: float | None) -> None:
    with pytest.raises(ValidationError):
        Credences(record).add(about("a"), low, high)
    assert Credences(record).history() == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOG)
def test_replaying_any_history_to_any_time_gives_what_was_believed_then(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, float, float, str, int]]
) -> None:
    with Record.open(Home(tmp_path_factory.mktemp("home"))) as record:
        log = Credences(record)
        believed: dict[str, tuple[float, float]] = {}
        when = START
        replay = []
        for name, one, other, reason, gap in steps:
            when += timedelta(minutes=gap + 1)
            log.add(about(name), min(one, other), max(one, other), reason=reason, at=when)
            believed = {**believed, name: (min(one, other), max(one, other))}
            replay.append((when, believed))
        for when, then in replay:
            standing = log.standing(when)
            assert {name: (one.low, one.high) for name, one in standing.items()} == then
        assert len(log.history()) == len(steps)
        assert log.standing(START) == {}
