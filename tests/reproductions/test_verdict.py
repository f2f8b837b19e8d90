"""The verdict rule on rows made by hand: every branch, and the borders."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kb.reproductions.interval import half_width, mean_sd, t_quantile
from kb.reproductions.model import Check, Sabotage
from kb.reproductions.verdict import decide, judge, judge_check, judge_sabotage

EFFECT = Check("effect", "effect", "e", ">=", 0.5)
CONTROL = Check("control", "control", "c", "<=", 0.1)
SANITY = Check("sanity", "sanity", "s", ">=", 0.9)
CHECKS = (SANITY, EFFECT, CONTROL)

GOOD_E, BAD_E, WIDE_E = (0.8, 0.81, 0.79), (0.2, 0.21, 0.19), (0.1, 0.5, 1.0)
GOOD_C, BAD_C, WIDE_C = (0.01, 0.02, 0.01), (0.5, 0.51, 0.52), (0.0, 0.1, 0.3)
GOOD_S, BAD_S, WIDE_S = (1.0, 0.99, 0.98), (0.2, 0.3, 0.2), (0.5, 1.0, 1.0)


def rows(e: tuple[float, ...], c: tuple[float, ...], s: tuple[float, ...]) -> list[dict[str, float]]:
    return [{"e": a, "c": b, "s": d} for a, b, d in zip(e, c, s, strict=True)]


@pytest.mark.parametrize(
    ("e", "c", "s", "kind", "why"),
    [
        (GOOD_E, GOOD_C, GOOD_S, "reproduced", "every"),
        (BAD_E, GOOD_C, GOOD_S, "not reproduced", "effect"),
        (WIDE_E, GOOD_C, GOOD_S, "inconclusive", "effect"),
        (GOOD_E, BAD_C, GOOD_S, "inconclusive", "control"),
        (GOOD_E, WIDE_C, GOOD_S, "inconclusive", "control"),
        (GOOD_E, GOOD_C, BAD_S, "inconclusive", "sanity"),
        (GOOD_E, GOOD_C, WIDE_S, "inconclusive", "sanity"),
        (BAD_E, GOOD_C, BAD_S, "inconclusive", "sanity"),  # an experiment that did not run says nothing of the effect
        (BAD_E, BAD_C, GOOD_S, "not reproduced", "effect"),  # an effect that is not there needs no attribution
        (WIDE_E, BAD_C, GOOD_S, "inconclusive", "control"),
        ((0.8, math.nan, 0.8), GOOD_C, GOOD_S, "inconclusive", "effect"),
    ],
)
def test_every_branch(e: tuple[float, ...], c: tuple[float, ...], s: tuple[float, ...], kind: str, why: str) -> None:
    _, verdict = judge(CHECKS, rows(e, c, s))
    assert verdict.kind == kind
    assert why in verdict.why


def test_a_number_that_is_missing_leaves_its_check_unclear() -> None:
    assert judge_check(EFFECT, [{"e": 0.8}, {}, {"e": 0.8}]).status == "unclear"


def test_no_rows_at_all_are_unclear() -> None:
    assert judge_check(EFFECT, []).status == "unclear"


def test_an_extra_check_never_decides() -> None:
    extra = Check("extra", "extra", "c", ">=", 0.5)
    results, verdict = judge((EFFECT, extra), rows(GOOD_E, GOOD_C, GOOD_S))
    assert results[1].status == "fail"
    assert verdict.kind == "reproduced"


def test_no_variance_is_exact_and_on_the_threshold_passes() -> None:
    result = judge_check(EFFECT, [{"e": 0.5}] * 3)
    assert (result.lo, result.hi, result.status, result.headroom) == (0.5, 0.5, "pass", None)


def test_the_interval_is_never_narrower_than_the_resolution() -> None:
    coarse = Check("effect", "effect", "e", ">=", 0.5, resolution=0.1)
    result = judge_check(coarse, [{"e": 0.55}] * 3)
    assert (result.lo, result.hi) == pytest.approx((0.45, 0.65))
    assert result.status == "unclear"


def test_the_interval_is_cut_at_the_bounds() -> None:
    share = Check("effect", "effect", "e", ">=", 0.5, bounds=(0.0, 1.0))
    assert judge_check(share, [{"e": 0.98}, {"e": 1.0}, {"e": 1.0}]).hi == 1.0


def test_one_seed_is_never_enough() -> None:
    assert judge_check(EFFECT, [{"e": 100.0}]).status == "unclear"


def test_two_seeds_give_the_wide_interval_of_one_degree_of_freedom() -> None:
    result = judge_check(EFFECT, [{"e": 0.6}, {"e": 0.8}])
    assert result.hi - result.mean == pytest.approx(12.7062 * 0.1, rel=1e-4)
    assert result.status == "unclear"


def test_five_seeds_give_students_interval() -> None:
    values = (1.0, 2.0, 3.0, 4.0, 5.0)
    assert half_width(values) == pytest.approx(2.776445105 * math.sqrt(2.5) / math.sqrt(5), rel=1e-9)


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 6)), min_size=2, max_size=60, unique=True))
def test_the_interval_is_that_of_scipy(values: list[float]) -> None:
    mean, sd = mean_sd(values)
    low, high = stats.t.interval(0.95, len(values) - 1, loc=mean, scale=stats.sem(values))
    assert sd == pytest.approx(stats.tstd(values), rel=1e-6)
    assert half_width(values) == pytest.approx((high - low) / 2, rel=1e-6)


@pytest.mark.parametrize(("freedom", "printed"), [(1, 12.7062), (4, 2.7764), (30, 2.0423), (40, 2.0211), (120, 1.9799)])
def test_quantiles_match_the_printed_table(freedom: int, printed: float) -> None:
    assert t_quantile(freedom) == pytest.approx(printed, abs=5e-5)
    assert t_quantile(freedom) == stats.t.ppf(0.975, freedom)


@given(value=st.floats(-1e6, 1e6), seeds=st.integers(2, 10))
def test_equal_values_have_no_spread_at_all(value: float, seeds: int) -> None:
    assert mean_sd([value] * seeds) == (value, 0.0)


def test_a_tenth_three_times_is_at_most_a_tenth() -> None:
    """Summed as they are, three times 0.1 has a mean above 0.1."""
    result = judge_check(CONTROL, [{"c": 0.1}] * 3)
    assert (result.mean, result.status, result.headroom) == (0.1, "pass", None)


@pytest.mark.parametrize("odd", [math.inf, -math.inf])
def test_an_infinite_number_leaves_its_check_unclear(odd: float) -> None:
    assert judge_check(EFFECT, [{"e": 0.8}, {"e": odd}]).status == "unclear"
    assert judge_check(EFFECT, [{"e": odd}, {"e": -odd}]).status == "unclear"


def test_headroom_is_the_narrowest_effect_in_standard_deviations() -> None:
    other = Check("other", "effect", "c", "<=", 0.5)
    results, verdict = judge((EFFECT, other), rows((0.7, 0.8, 0.9), (0.1, 0.2, 0.3), GOOD_S))
    assert [result.headroom for result in results] == pytest.approx([3.0, 3.0])
    assert verdict.headroom == pytest.approx(3.0)


def test_a_verdict_needs_nothing_but_the_results() -> None:
    assert decide(judge(CHECKS, rows(GOOD_E, GOOD_C, GOOD_S))[0]).kind == "reproduced"


def test_sabotage_puts_the_controls_number_in_the_treatments_place() -> None:
    swapped = judge_sabotage(CHECKS, (Sabotage("effect", "c", "control arm"),), rows(GOOD_E, GOOD_C, GOOD_S))
    assert swapped[0].status == "fail"
    assert "control arm" in swapped[0].name
