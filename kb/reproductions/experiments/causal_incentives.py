"""Causal influence diagrams: which incentives there can be is read off the graph, and checked by enumeration.

A decision D, three binary chance nodes, a utility U. A node has value of information where observing it raises the best
expected utility; the graph allows this only where the node is d-connected to U given D and its other observations. A
node has an instrumental control incentive where a decision's effect on it matters; the graph allows this only on a
directed path from D through the node to U. Random graphs get random mechanisms, and every incentive is computed exactly
by enumerating the exogenous bits.
"""

from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from kb.reproductions.lazy_numpy import Array, np
from kb.reproductions.model import (
    Check,
    Knobs,
    Panel,
    PaperRef,
    Param,
    Question,
    Reproduction,
    Runtime,
    Sabotage,
    Say,
    SeedResult,
)

_CHANCE = 3
_D, _U = 3, 4
_NOISES = tuple(product((0, 1), repeat=_CHANCE))
Parents = dict[int, tuple[int, ...]]
Values = dict[int, int]


@dataclass(frozen=True)
class Model:
    """A graph with mechanisms: how noisy each chance node is, its table, and the utility's table."""

    order: tuple[int, ...]
    parents: Parents
    chance: Array
    tables: dict[int, Array]

    def values(self, noise: tuple[int, ...], decision: int, fixed: Values) -> tuple[Values, float]:
        """Every node's value and the utility, with some nodes held at a value."""
        found: Values = {_D: decision}
        for node in self.order:
            if node in fixed:
                found[node] = fixed[node]
            elif node != _D:
                seen = tuple(found[parent] for parent in self.parents[node])
                found[node] = int(self.tables[node][(*seen, noise[node])])
        return found, float(self.tables[_U][tuple(found[parent] for parent in self.parents[_U])])


def run_seed(seed: int, knobs: Knobs, say: Say) -> SeedResult:
    """Hold the graph's word against what mechanisms show."""
    rng = np.random.default_rng(seed)
    counts = {f"{kind}, {said}, {shown}": 0.0 for kind in ("VoI", "ICI") for said in ("yes", "no") for shown in "+-"}
    for at in range(knobs["graphs"]):
        say("graphs", at / knobs["graphs"])
        order, parents = _graph(rng)
        shown = _shown(order, parents, knobs["mechanisms"], rng)
        for node in range(_CHANCE):
            for kind, said in (("VoI", may_inform(order, parents, node)), ("ICI", may_control(parents, node))):
                counts[f"{kind}, {'yes' if said else 'no'}, {'+' if shown[kind, node] else '-'}"] += 1
    metrics = dict(counts)
    for kind in ("VoI", "ICI"):
        metrics[f"{kind}: found where the graph says no"] = counts[f"{kind}, no, +"]
        metrics[f"{kind}: found where the graph says yes"] = counts[f"{kind}, yes, +"]
        allowed = counts[f"{kind}, yes, +"] + counts[f"{kind}, yes, -"]
        refused = counts[f"{kind}, no, +"] + counts[f"{kind}, no, -"]
        metrics[f"{kind}: share found of those allowed"] = counts[f"{kind}, yes, +"] / max(allowed, 1.0)
        metrics[f"{kind}: share found of those refused"] = counts[f"{kind}, no, +"] / max(refused, 1.0)
    metrics["refused and tested"] = sum(counts[f"{kind}, no, {shown}"] for kind in ("VoI", "ICI") for shown in "+-")
    return SeedResult(metrics)


def _graph(rng: Any) -> tuple[tuple[int, ...], Parents]:
    """Chance nodes and the decision in a random order, each pair joined with chance .6; the utility last."""
    order = tuple(int(node) for node in rng.permutation(_CHANCE + 1))
    parents: Parents = {}
    for place, node in enumerate(order):
        parents[node] = tuple(other for other in order[:place] if rng.random() < 0.6)
    parents[_U] = tuple(node for node in order if rng.random() < 0.6) or (_D,)
    return order, parents


def _shown(order: tuple[int, ...], parents: Parents, mechanisms: int, rng: Any) -> dict[tuple[str, int], bool]:
    """Which incentives some mechanism shows."""
    shown = {(kind, node): False for kind in ("VoI", "ICI") for node in range(_CHANCE)}
    for _ in range(mechanisms):
        tables = {node: rng.integers(0, 2, (2,) * (len(parents[node]) + 1)) for node in range(_CHANCE)}
        tables[_U] = rng.normal(size=(2,) * len(parents[_U]))
        model = Model(order, parents, rng.uniform(0.2, 0.8, _CHANCE), tables)
        for node in range(_CHANCE):
            shown["VoI", node] |= _information(model, node) > 1e-9
            shown["ICI", node] |= _control(model, node) > 1e-9
    return shown


def _chances(model: Model) -> list[float]:
    return [
        float(np.prod([p if bit else 1 - p for p, bit in zip(model.chance, noise, strict=True)])) for noise in _NOISES
    ]


def _policy(model: Model, observed: tuple[int, ...]) -> tuple[float, dict[tuple[int, ...], int]]:
    """The best expected utility, and the best decision for each observation."""
    worth: dict[tuple[int, ...], list[float]] = {}
    for noise, chance in zip(_NOISES, _chances(model), strict=True):
        for decision in (0, 1):
            found, utility = model.values(noise, decision, {})
            context = tuple(found[node] for node in observed)
            worth.setdefault(context, [0.0, 0.0])[decision] += chance * utility
    best = {context: int(both[1] > both[0]) for context, both in worth.items()}
    return sum(max(both) for both in worth.values()), best


def _information(model: Model, node: int) -> float:
    """How much observing a node raises the best expected utility; nothing where it comes after the decision."""
    if node in _below(model.parents, _D):
        return 0.0
    without = tuple(other for other in model.parents[_D] if other != node)
    return _policy(model, (*without, node))[0] - _policy(model, without)[0]


def _control(model: Model, node: int) -> float:
    """How much it can matter that the node, and only it, behaves as under another decision: a counterfactual."""
    observed = model.parents[_D]
    _, best = _policy(model, observed)
    change: dict[tuple[tuple[int, ...], int], float] = {}
    for noise, chance in zip(_NOISES, _chances(model), strict=True):
        for other in (0, 1):
            there, _ = model.values(noise, other, {})
            context = tuple(there[parent] for parent in observed)
            _, kept = model.values(noise, best[context], {})
            _, changed = model.values(noise, best[context], {node: there[node]})
            change[context, other] = change.get((context, other), 0.0) + chance * (changed - kept)
    return max(abs(value) for value in change.values())


def may_control(parents: Parents, node: int) -> bool:
    """The graphical criterion for an instrumental control incentive: a path from D through the node to U."""
    return node in _below(parents, _D) and _U in _below(parents, node)


def may_inform(order: tuple[int, ...], parents: Parents, node: int) -> bool:
    """The graphical criterion for value of information, in the graph in which the node is observed."""
    if node in _below(parents, _D) or _U not in _below(parents, _D):
        return False
    observing = {**parents, _D: (*(other for other in parents[_D] if other != node), node)}
    given = {_D, *observing[_D]} - {node}
    return not _separated(observing, node, _U, given)


def _below(parents: Parents, node: int) -> set[int]:
    """All descendants."""
    found: set[int] = set()
    waiting = [node]
    while waiting:
        here = waiting.pop()
        new = {child for child, above in parents.items() if here in above} - found
        found |= new
        waiting.extend(new)
    return found


def _separated(parents: Parents, one: int, other: int, given: set[int]) -> bool:
    """Whether two nodes are d-separated: not joined in the moral graph of all ancestors once ``given`` is taken out."""
    kept = {node for node in parents if node in {one, other} | given or _below(parents, node) & ({one, other} | given)}
    pairs = {frozenset((node, above)) for node in kept for above in parents[node]}
    pairs |= {frozenset(pair) for node in kept for pair in combinations(parents[node], 2)}
    reached, waiting = {one}, [one]
    while waiting:
        here = waiting.pop()
        near = {end for pair in pairs if here in pair for end in pair} - reached - given
        reached |= near
        waiting.extend(near)
    return other not in reached


REPRODUCTION = Reproduction(
    id="causal-incentives",
    title="Causal influence diagrams: incentives from the graph",
    kind="theory-check",
    papers=(
        PaperRef("Agent Incentives: A Causal Perspective", "2102.01685", "value of information; control incentives"),
    ),
    readings=("probabilistic-foundations",),
    claim="Value of information and instrumental control incentives can be read off the graph: where the criterion "
    "fails, no mechanism shows the incentive; where it holds, some mechanism does.",
    published=(),
    scaled_down="One decision, three binary chance nodes and random tables; the theorems are about any graph with "
    "one decision. That no exception is found is a check of code and reading, not a proof.",
    params={
        "graphs": Param(12, "random graphs", low=1, high=200, quick=8),
        "mechanisms": Param(24, "random mechanisms a graph", low=1, high=500, quick=8),
    },
    checks=(
        Check("no information where the graph says no", "effect", "VoI: found where the graph says no", "<=", 0.0),
        Check("no control where the graph says no", "effect", "ICI: found where the graph says no", "<=", 0.0),
        Check("information where it says yes", "effect", "VoI: share found of those allowed", ">=", 0.5, "", 0, (0, 1)),
        Check("control where it says yes", "effect", "ICI: share found of those allowed", ">=", 0.7, "", 0, (0, 1)),
        Check("enough refusals tested", "sanity", "refused and tested", ">=", 20, "nodes and incentives"),
    ),
    sabotage=(
        Sabotage("no information where the graph says no", "VoI: found where the graph says yes", "criterion inverted"),
        Sabotage("no control where the graph says no", "ICI: found where the graph says yes", "criterion inverted"),
        Sabotage("information where it says yes", "VoI: share found of those refused", "criterion inverted"),
        Sabotage("control where it says yes", "ICI: share found of those refused", "criterion inverted"),
    ),
    ask_first=(
        Question(
            "The graph allows an incentive: how often do 24 random mechanisms show value of information?",
            "VoI: share found of those allowed",
        ),
        Question(
            "In how many cases does a mechanism show a control incentive that the graph refuses?",
            "ICI: found where the graph says no",
            ("none", "some"),
            0.5,
        ),
    ),
    panels=(
        Panel(
            "Incentives: what the graph says (yes, no) and what mechanisms show (+, -)",
            "bars",
            tuple(f"{kind}, {said}, {shown}" for kind in ("VoI", "ICI") for said in ("yes", "no") for shown in "+-"),
            "cases",
        ),
    ),
    expected=Runtime(0.3, 0.1),
    lesson="Some incentives can be ruled out by design, before anything is known about numbers.",
    limits=(
        "That mechanisms are random makes completeness a matter of how many are tried.",
        "Response incentives and value of control are not covered.",
    ),
    next_questions=(
        "Set mechanisms=200: does the share of information found reach 1?",
        "Which edge would you cut to remove a control incentive on a user's opinion?",
    ),
    run_seed=run_seed,
    seeds=tuple(range(1, 11)),
    needs_torch=False,
)
