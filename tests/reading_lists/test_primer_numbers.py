"""The worked examples are right: each number in a primer is computed again from the inputs that the text states."""

from collections.abc import Sequence
from itertools import product
from math import exp, log, log2, sqrt, tanh

import pytest

from tests.reading_lists.primer_files import primer

Distribution = Sequence[float]


def entropy(p: Distribution) -> float:
    """Entropy in nats."""
    return -sum(x * log(x) for x in p if x > 0)


def kl(q: Distribution, p: Distribution) -> float:
    """KL divergence of q from p, in nats."""
    return sum(x * log(x / y) for x, y in zip(q, p, strict=True) if x > 0)


def assert_stated(name: str, *phrases: str) -> None:
    """The primer has each phrase, so that the number computed here is the number that is read there."""
    body = primer(name).body
    assert [phrase for phrase in phrases if phrase not in body] == []


def test_myopia_example() -> None:
    """Scheming costs exactly the KL divergence while the data come from elsewhere, and pays on one's own samples."""
    true, schemer = (0.7, 0.3), (0.1, 0.9)
    honest = entropy(true) / log(2)
    cost = -sum(p * log2(q) for p, q in zip(true, schemer, strict=True))
    later, own = true[0] * 2, schemer[0] * 2
    assert cost - honest == pytest.approx(kl(true, schemer) / log(2))
    assert_stated(
        "next-token-loss-and-myopia",
        f"pays {honest:.3f} bits",
        f"0.7 × 2 = {later:.1f} bits",
        f"{honest + later:.3f} in all",
        f"pays {cost:.3f} bits",
        f"total is {cost + later:.3f}",
        f"cost {cost - honest:.3f} bits",
        f"pays {own:.1f} bits instead of {later:.1f}",
    )


def test_precaching_example() -> None:
    """One gradient step of the two-position model."""
    w = 0.2
    gradient = -2 * (1 - w)
    after = w - 0.1 * gradient
    assert_stated(
        "next-token-loss-and-myopia",
        f"position 2 is {(1 - w) ** 2:.2f}",
        f"gradient is −{-gradient:.1f}",
        f"w = {after:.2f}",
        f"falls to {(1 - after) ** 2:.2f}",
    )


def test_elbo_example() -> None:
    """ELBO and distance add up to the log evidence for both trial distributions."""
    joint = (0.1 * 0.8, 0.9 * 0.2)
    evidence = sum(joint)
    posterior = [x / evidence for x in joint]
    for q in ((0.5, 0.5), (0.3, 0.7)):
        elbo, distance = -kl(q, joint), kl(q, posterior)
        assert elbo + distance == pytest.approx(log(evidence))
        assert_stated("variational-inference-from-kl-divergence", f"−{-elbo:.4f}", f"{distance:.4f}")
    assert_stated(
        "variational-inference-from-kl-divergence",
        f"{joint[0]:.2f} + {joint[1]:.2f} = {evidence:.2f}",
        f"bug is {posterior[0]:.4f}",
        f"= −{-log(evidence):.4f} nats",
    )


def best_product(agree: float) -> tuple[list[float], list[float], float]:
    """Two tied switches, the product distribution nearest to them, and its probability of "on"."""
    tied = [agree / 2, (1 - agree) / 2, (1 - agree) / 2, agree / 2]
    coupling, mean = log(agree / (1 - agree)) / 2, 0.9
    for _ in range(2000):
        mean = tanh(coupling * mean)
    on = (1 + mean) / 2
    return tied, [on * on, on * (1 - on), on * (1 - on), (1 - on) ** 2], on


@pytest.mark.parametrize("agree", [0.6, 0.9, 0.99])
def test_best_product_is_the_best(agree: float) -> None:
    """No product on a fine grid is nearer than the fixed point."""
    tied, q, _ = best_product(agree)
    grid = [i / 100 for i in range(1, 100)]
    others = (kl([a * b, a * (1 - b), (1 - a) * b, (1 - a) * (1 - b)], tied) for a, b in product(grid, grid))
    assert kl(q, tied) <= min(others) + 1e-9


def test_mean_field_example() -> None:
    """Too sure at strong coupling, too unsure at weak coupling."""
    tied, q, on = best_product(0.9)
    weak, weak_q, weak_on = best_product(0.6)
    strong, strong_q, strong_on = best_product(0.99)
    assert weak_on == pytest.approx(0.5)
    assert_stated(
        "variational-inference-from-kl-divergence",
        f"at distance {kl([0.25] * 4, tied):.3f}",
        f"probability {on:.2f} (or, just as good, {1 - on:.2f}), at distance {kl(q, tied):.3f}",
        f"{entropy(weak_q):.3f} nats against the true {entropy(weak):.3f}",
        f"on with probability {strong_on:.3f}",
        f"entropy is {entropy(strong_q):.3f} against the true {entropy(strong):.3f}",
    )


def test_gamble_example() -> None:
    """Exact inference gambles more than the policy that leaves the odds alone, and believes in its luck."""
    win = 0.1 * exp(3)
    exact = win + 0.9 * exp(-1)
    mean = 0.1 * 3 - 0.9
    fair = exp(mean)
    assert_stated(
        "control-as-inference",
        f"average −{-mean:.1f}",
        f"= {exact:.3f}. So it gambles with probability {exact:.3f} / {exact + 1:.3f} = {exact / (exact + 1):.2f}",
        f"/ {exact:.3f} = {win / exact:.2f}",
        f"= {fair:.3f}, and",
        f"{fair:.3f} / {fair + 1:.3f} = {fair / (fair + 1):.2f}",
    )


def tilted(prior: Distribution, reward: Distribution, beta: float) -> tuple[list[float], float]:
    """The posterior prior · exp(reward/beta) / Z, and Z."""
    weights = [p * exp(r / beta) for p, r in zip(prior, reward, strict=True)]
    return [w / sum(weights) for w in weights], sum(weights)


def test_kl_penalty_example() -> None:
    """The posterior's objective equals β log Z, and beats the collapsed policy."""
    prior, reward = (0.6, 0.3, 0.1), (0.0, 1.0, 2.0)
    name = "kl-penalised-rlhf-as-bayesian-inference"
    for beta, digits in ((1.0, 4), (0.5, 3)):
        posterior, z = tilted(prior, reward, beta)
        mean = sum(p * r for p, r in zip(posterior, reward, strict=True))
        objective = mean - beta * kl(posterior, prior)
        assert objective == pytest.approx(beta * log(z))
        assert_stated(name, "posterior is " + ", ".join(f"{p:.3f}" for p in posterior))
        assert_stated(name, *(f"{x:.{digits}f}" for x in (mean, kl(posterior, prior), objective)))
        assert objective > 2 - beta * log(10)
    _, z = tilted(prior, reward, 1.0)
    assert_stated(name, f"Z = {z:.3f}", f"log 10 = {log(10):.3f}", f"J is {2 - 0.5 * log(10):.3f}")


def test_rare_counterexample_example() -> None:
    """How little a share of 0.02 moved coins tells training."""
    p, luck = 0.02, 0.25
    gap = p * (1 - luck)
    deviation = sqrt(gap - gap**2)
    assert_stated(
        "goal-misgeneralisation",
        f"difference is {gap:.3f} per level",
        f"0.98¹⁰ = {(1 - p) ** 10:.2f}",
        f"none with probability {(1 - p) ** 100:.2f}",
        f"standard deviation of {deviation:.3f}",
    )
    assert (2 * deviation / gap) ** 2 == pytest.approx(260, abs=5)
    assert_stated("goal-misgeneralisation", f"(2 × {deviation:.3f} / {gap:.3f})², about 260 levels")
