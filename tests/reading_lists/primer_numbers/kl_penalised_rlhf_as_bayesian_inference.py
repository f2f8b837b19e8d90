"""Three answers, a prior, and the posterior for several weights of the penalty."""

import math
from collections.abc import Iterator, Sequence

from tests.reading_lists.primer_numbers.bars import bar

PRIOR = (0.6, 0.3, 0.1)
REWARDS = (0.0, 1.0, 2.0)


def products(beta: float, rewards: Sequence[float] = REWARDS) -> list[float]:
    """Prior times evidence, before they are normalised."""
    return [prior * math.exp(reward / beta) for prior, reward in zip(PRIOR, rewards, strict=True)]


def posterior(beta: float, rewards: Sequence[float] = REWARDS) -> list[float]:
    """And after."""
    found = products(beta, rewards)
    return [one / sum(found) for one in found]


def mean_reward(policy: Sequence[float], rewards: Sequence[float] = REWARDS) -> float:
    """What a policy gets on average."""
    return sum(chance * reward for chance, reward in zip(policy, rewards, strict=True))


def divergence(policy: Sequence[float]) -> float:
    """From the prior, in nats."""
    return sum(chance * math.log(chance / prior) for chance, prior in zip(policy, PRIOR, strict=True) if chance)


def objective(policy: Sequence[float], beta: float, rewards: Sequence[float] = REWARDS) -> float:
    """Reward less penalty."""
    return mean_reward(policy, rewards) - beta * divergence(policy)


def is_best(beta: float) -> bool:
    """The posterior's objective is β log Z, as (3) says, and more than the collapsed policy's."""
    reached = objective(posterior(beta), beta)
    return math.isclose(reached, beta * math.log(sum(products(beta)))) and reached > objective((0.0, 0.0, 1.0), beta)


def sentences() -> Iterator[str]:
    """The example at two weights, the collapsed policy, the figure and the answers."""
    assert all(is_best(beta) for beta in (2, 1, 0.5))
    yield (
        "prior probabilities 0.6, 0.3, 0.1 and rewards 0, 1, 2. Under the prior the mean reward is "
        f"{mean_reward(PRIOR):.1f}."
    )
    yield from _one()
    yield from _half()
    for name, policy in (("prior,   ", PRIOR), ("beta 1.0,", posterior(1)), ("beta 0.5,", posterior(0.5))):
        for chance, reward in zip(policy, REWARDS, strict=True):
            yield f"{name} answer with reward {reward:.0f} |{bar(chance, 0.05)} {chance:.2f}"
    yield from _answers()


def _one() -> Iterator[str]:
    first, second, third = products(1)
    yield (
        f"The products are {first:.1f}, 0.3 × e = {second:.3f} and 0.1 × e² = {third:.3f}, with sum Z = "
        f"{sum(products(1)):.3f}."
    )
    found = posterior(1)
    yield "The posterior is {:.3f}, {:.3f}, {:.3f}. Its mean".format(*found)
    yield (
        f"mean reward is {mean_reward(found):.4f} and its KL from the prior {divergence(found):.4f}, "
        f"so J = {objective(found, 1):.4f}. And log Z = {math.log(sum(products(1))):.4f}"
    )


def _half() -> Iterator[str]:
    found = posterior(0.5)
    yield "Take β = 0.5, which counts"
    yield "The posterior is {:.3f}, {:.3f}, {:.3f}, with mean".format(*found)
    yield (f"mean reward {mean_reward(found):.3f}, KL {divergence(found):.3f} and J = {objective(found, 0.5):.3f}.")
    collapsed = (0.0, 0.0, 1.0)
    yield (
        f"its KL is log 10 = {divergence(collapsed):.3f}, and at β = 0.5 its J is "
        f"{objective(collapsed, 0.5):.3f}: worse."
    )


def _answers() -> Iterator[str]:
    first, second, third = products(2)
    found = posterior(2)
    yield f"The products are {first:.1f}, {second:.3f} and {third:.3f}, with sum {first + second + third:.3f}."
    yield "The posterior is {:.3f}, {:.3f}, {:.3f}, with".format(*found)
    yield f"with mean reward {mean_reward(found):.3f}: weaker evidence"
    raised = [reward + 5 for reward in REWARDS]
    same = posterior(1, raised)
    assert all(math.isclose(a, b) for a, b in zip(same, posterior(1), strict=True))
    assert math.isclose(sum(products(1, raised)), math.exp(5) * sum(products(1)))
    yield f"the best J rises by 5, to {objective(same, 1, raised):.4f}."
