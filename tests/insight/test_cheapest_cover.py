"""The chosen readings teach everything for the fewest minutes, however they overlap."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.insight.cheapest_cover import EXACT_UP_TO, Offer, cheapest_cover
from kb.insight.cited_works import Reading

NAMES = "abcdefg"
TAUGHT = st.lists(st.tuples(st.sets(st.sampled_from(NAMES), min_size=1, max_size=4), st.integers(0, 60)), max_size=6)


def offer(teaches: str | set[str], minutes: int) -> Offer:
    """A reading that teaches these."""
    return Offer(Reading(cite="x", title="x", minutes=minutes), frozenset(teaches), minutes)


@settings(max_examples=200, deadline=None)
@given(TAUGHT)
def test_no_other_choice_is_cheaper(taught: list[tuple[set[str], int]]) -> None:
    offers = [offer(names, minutes) for names, minutes in taught]
    wanted = [name for name in NAMES if any(name in one.teaches for one in offers)]
    chosen = cheapest_cover(wanted, offers)
    assert set(wanted) <= {name for one in chosen for name in one.teaches}
    ways = (way for size in range(len(offers) + 1) for way in combinations(offers, size))
    fitting = (way for way in ways if set(wanted) <= {name for one in way for name in one.teaches})
    assert sum(one.minutes for one in chosen) == min(sum(one.minutes for one in way) for way in fitting)


def test_more_than_can_be_tried_is_still_taught_whole() -> None:
    wanted = [f"c{number}" for number in range(EXACT_UP_TO + 5)]
    pairs = [offer({one, other}, 10) for one, other in pairwise(wanted)]
    chosen = cheapest_cover(wanted, pairs)
    assert set(wanted) <= {name for one in chosen for name in one.teaches}
    assert len(chosen) < len(pairs)


def test_what_does_not_overlap_is_chosen_for_itself() -> None:
    offers = [offer({f"c{number}"}, minutes) for number in range(60) for minutes in (7, 3)]
    chosen = cheapest_cover([f"c{number}" for number in range(60)], offers)
    assert [one.minutes for one in chosen] == [3] * 60
