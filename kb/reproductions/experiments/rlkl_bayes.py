"""Reinforcement learning with a KL penalty is Bayesian inference; without it, the policy collapses.

A policy writes three letters out of five; there are 125 sequences, so everything can be enumerated. The optimum of
E[r] - beta KL(pi || pi0) is pi0 exp(r / beta) / Z: the prior pi0 updated on the evidence exp(r / beta). Gradient
ascent on that objective is compared with this posterior; ascent on E[r] alone is watched as its entropy vanishes,
although the two best sequences have exactly the same reward.
"""

from typing import Any

from kb.reproductions.lazy_numpy import F, Tensor, torch
from kb.reproductions.model import (
    Check,
    Curve,
    Knobs,
    Panel,
    PaperRef,
    Param,
    Published,
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)
from kb.reproductions.parts.nets import fresh


class Policy:
    """Logits for each letter after each beginning: a full table, so that any distribution can be reached."""

    def __init__(self, letters: int, length: int, logits: Tensor | None = None) -> None:
        self.letters, self.length = letters, length
        count = sum(letters**at for at in range(length))
        self.logits = torch.zeros(count, letters) if logits is None else logits.clone()
        self.logits.requires_grad_()

    def log_chances(self) -> Tensor:
        """The log-probability of every sequence, in counting order."""
        steps, total, start = F.log_softmax(self.logits, -1), torch.zeros(1), 0
        for at in range(self.length):
            rows = steps[start : start + self.letters**at]
            total = (total[:, None] + rows).flatten()
            start += self.letters**at
        return total


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Draw a prior and rewards, and optimise with and without the penalty, exactly and from samples."""
    generator = fresh(seed)
    letters, length, beta = knobs["letters"], knobs["length"], knobs["beta"]
    count = sum(letters**at for at in range(length))
    prior = Policy(letters, length, torch.randn(count, letters, generator=generator))
    log_prior = prior.log_chances().detach()
    reward = torch.randn(letters**length, generator=generator)
    best = reward.topk(2).indices
    reward[best] = reward[best].max()
    say("with the penalty", 0.1)
    kl, kl_entropy = _ascend(prior, log_prior, reward, beta, knobs["steps"])
    say("with a very large penalty", 0.3)
    wide, _ = _ascend(prior, log_prior, reward, 20.0, knobs["steps"])
    say("without it", 0.5)
    bare, bare_entropy = _ascend(prior, log_prior, reward, 0.0, knobs["steps"])
    say("without it, from samples", 0.7)
    sampled, sampled_entropy = _ascend(prior, log_prior, reward, 0.0, knobs["steps"], knobs["samples"], generator)
    target, wrong = _posterior(log_prior, reward, beta), _posterior(log_prior, reward, 2 * beta)
    metrics = {
        "TV of KL-RL and posterior": _distance(kl, target),
        "TV of bare RL and posterior": _distance(bare, target),
        "TV of KL-RL and the wrong posterior": _distance(kl, wrong),
        "TV of large beta and prior": _distance(wide, log_prior),
        "entropy of the prior": _entropy(log_prior),
        "entropy of KL-RL": _entropy(kl),
        "entropy of bare RL": _entropy(bare),
        "entropy of bare RL, sampled": _entropy(sampled),
    }
    return SeedResult(metrics, _curves(log_prior, target, kl, bare, (kl_entropy, bare_entropy, sampled_entropy)))


def _posterior(log_prior: Tensor, reward: Tensor, beta: float) -> Tensor:
    """The log of pi0 exp(r / beta) / Z, by enumeration."""
    return F.log_softmax(log_prior + reward / beta, -1)


def _ascend(
    prior: Policy, log_prior: Tensor, reward: Tensor, beta: float, steps: int, samples: int = 0, generator: Any = None
) -> tuple[Tensor, list[float]]:
    """Gradient ascent from the prior, exact or by REINFORCE; returns log-probabilities, and the entropy on the way."""
    policy = Policy(prior.letters, prior.length, prior.logits.detach())
    optimiser = torch.optim.Adam([policy.logits], lr=0.05)
    entropies = []
    for step in range(steps):
        logs = policy.log_chances()
        gain = reward - beta * (logs - log_prior)
        if samples:
            drawn = torch.multinomial(logs.detach().exp(), samples, replacement=True, generator=generator)
            told = gain.detach()[drawn]
            loss = -((told - told.mean()) * logs[drawn]).mean()
        else:
            loss = -(logs.exp() * gain).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 25 == 0:
            entropies.append(_entropy(logs.detach()))
    return policy.log_chances().detach(), entropies


def _distance(one: Tensor, other: Tensor) -> float:
    """Total variation."""
    return float((one.exp() - other.exp()).abs().sum() / 2)


def _entropy(logs: Tensor) -> float:
    return float(-(logs.exp() * logs).sum())


def _curves(
    prior: Tensor, target: Tensor, kl: Tensor, bare: Tensor, entropies: tuple[list[float], ...]
) -> dict[str, Curve]:
    order = target.argsort(descending=True)[:20]
    ranks = tuple(float(at) for at in range(1, len(order) + 1))
    shown = {"prior": prior, "posterior": target, "RL with KL": kl, "RL without": bare}
    curves = {name: Curve(ranks, tuple(logs.exp()[order].tolist())) for name, logs in shown.items()}
    steps = tuple(25.0 * at for at in range(len(entropies[0])))
    for name, line in zip(("with KL", "without KL", "without KL, sampled"), entropies, strict=True):
        curves[f"entropy {name}"] = Curve(steps, tuple(line))
    return curves


REPRODUCTION = Reproduction(
    id="rlkl-bayes",
    version=2,
    title="RL with a KL penalty is Bayesian inference",
    kind="theory-check",
    papers=(PaperRef("RL with KL penalties is better viewed as Bayesian inference", "2205.11275"),),
    readings=("probabilistic-foundations",),
    claim="The optimum of expected reward less beta times the divergence from a prior policy is a posterior: the prior "
    "times exp(reward / beta), normalised. Without the penalty the policy collapses onto one sequence.",
    published=(
        Published(
            "an identity and an argument; no numbers: the penalised optimum is the posterior, reward alone collapses",
            "2205.11275, abstract",
        ),
    ),
    scaled_down="125 sequences and a table in place of a language model, so that the posterior can be enumerated. The "
    "identity is exact at any scale; how fast a large model collapses is not shown.",
    params={
        "beta": Param(0.5, "weight of the penalty", low=0.05, high=20.0),
        "letters": Param(5, "letters", low=2, high=8),
        "length": Param(3, "letters a sequence", low=1, high=4),
        "steps": Param(1000, "steps of ascent", low=10, high=20_000, quick=500),
        "samples": Param(64, "sequences a step, in the sampled arm", low=2, high=4096),
    },
    checks=(
        Check("KL-RL is the posterior", "effect", "TV of KL-RL and posterior", "<=", 0.02, "total variation"),
        Check("RL alone collapses", "effect", "entropy of bare RL", "<=", 0.75, "two equal sequences have .69 nats"),
        Check("sampled, onto one", "effect", "entropy of bare RL, sampled", "<=", 0.3, "nats"),
        Check("KL-RL keeps entropy", "effect", "entropy of KL-RL", ">=", 1.0, "nats"),
        Check(
            "not the posterior of another beta", "control", "TV of KL-RL and the wrong posterior", ">=", 0.1, "2 beta"
        ),
        Check("large beta gives the prior", "control", "TV of large beta and prior", "<=", 0.05, "beta = 20"),
    ),
    sabotage=(
        Sabotage("KL-RL is the posterior", "TV of bare RL and posterior", "RL without the penalty"),
        Sabotage("RL alone collapses", "entropy of KL-RL", "RL with the penalty"),
        Sabotage("KL-RL keeps entropy", "entropy of bare RL", "RL without the penalty"),
    ),
    ask_first=(
        Question(
            "Two sequences share the highest reward. Does RL alone end on one, or on both (entropy .69)?",
            "entropy of bare RL, sampled",
            ("one", "both"),
            0.35,
        ),
        Question(
            "How many nats of entropy does RL with the penalty keep (a uniform policy has 4.8)?", "entropy of KL-RL"
        ),
    ),
    panels=(
        Panel(
            "The twenty likeliest sequences",
            "lines",
            ("prior", "posterior", "RL with KL", "RL without"),
            "rank in the posterior",
            "probability",
        ),
        Panel(
            "Entropy during training",
            "lines",
            ("entropy with KL", "entropy without KL", "entropy without KL, sampled"),
            "step",
            "nats",
            (("two sequences", 0.6931),),
        ),
    ),
    expected=Runtime(0.8, 0.5),
    lesson="The penalty is no leash: it is the prior of an inference, and beta says how strong the evidence is.",
    limits=(
        "A table with exact gradients reaches its optimum; a network trained by sampling need not.",
        "With exact gradients the two best may both stay, where the prior gives them nearly the same chance.",
        "Rewards are drawn at random, so nothing is said about what reward models get wrong.",
    ),
    next_questions=(
        "Why does sampling collapse onto one of two exactly equal sequences?",
        "Set beta=0.05: how different are the posterior and the collapsed policy then?",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 13)),
    changed_after_a_look=(
        "Twelve seeds in place of five, for a margin of 1.4 standard deviations on another block.",
        "On seeds 101 to 105 the first threshold of a collapse, an entropy of .3 nats, was inconclusive: "
        "under exact gradients two equally good sequences may both stay, with .69 nats. The threshold was "
        "raised to allow for two, and held on seeds that had not been looked at.",
    ),
)
