"""Which crux to work on: a rule that the reader sees and can change, and ranks as ranges rather than scores.

Each crux is scored by weighted factors between 0 and 1. Since neither the credences nor the weights are exact, the rule
is run again at both ends of every credence and with each weight halved and doubled; a crux's rank is the range that
comes out.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.config import Home
from kb.errors import UsageError
from kb.insight.audit import Audited
from kb.models.agenda import Agenda, Crux
from kb.models.credence import Credence

FACTORS: dict[str, str] = {
    "uncertainty": "how unsure you are of the claims that it bears on: 1 at 50 %, or not rated; 0 at 0 or 100 %",
    "leverage": "how much those claims carry: what the other links of the chain come to if they hold",
    "disagreement": "whether evidence on those claims points both ways: 1 for equal strength on both sides",
    "neglect": "how little independent evidence there is: 1 for none, a half for one source, a third for two",
}
"""What the rule looks at."""
DEFAULT: dict[str, float] = {"uncertainty": 1.0, "leverage": 1.0, "disagreement": 1.0, "neglect": 0.5}
"""Every factor alike, neglect half: a judgement, not a measurement; ``kb cruxes --weight NAME=VALUE --save`` sets
another."""
FILE = "cruxes.toml"
_UNRATED = 0.5
"""A claim that was not rated counts as undecided, which is where rating it tells most."""


@dataclass(frozen=True)
class RankedCrux:
    """A crux with its place among all that were ranked."""

    crux: Crux
    agenda: Agenda
    best: int
    worst: int
    factors: Mapping[str, float]

    @property
    def rank(self) -> str:
        """``2`` or ``1–4``."""
        return str(self.best) if self.best == self.worst else f"{self.best}–{self.worst}"

    @property
    def why(self) -> str:
        """The factors that stand out, in words."""
        high = [name for name, value in self.factors.items() if value >= 0.6]
        low = [name for name, value in self.factors.items() if value <= 0.2]
        told = [f"high {', '.join(high)}" if high else "", f"low {', '.join(low)}" if low else ""]
        return "; ".join(part for part in told if part) or "middling on all counts"


def read_rule(home: Home) -> dict[str, float]:
    """The weights in the home's file over the defaults; raises UsageError for one that is not valid."""
    file = home.root / FILE
    if not file.exists():
        return dict(DEFAULT)
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{file} cannot be read as TOML", str(error), f"mend or remove {file}") from error
    return {**DEFAULT, **{name: checked_weight(name, value) for name, value in given.items()}}


def write_rule(home: Home, weights: Mapping[str, float]) -> Path:
    """Keep weights for the next time, with what each factor means beside it."""
    file = home.root / FILE
    home.root.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {weights[name]:g}  # {meaning}" for name, meaning in FACTORS.items()]
    file.write_text("# Weights of the crux ranking; 0 leaves a factor out.\n" + "\n".join(lines) + "\n", "utf-8")
    return file


def checked_weight(name: str, value: object) -> float:
    """A weight for a known factor; raises UsageError."""
    if name not in FACTORS:
        raise UsageError(f"the rule has no factor {name!r}", f"it has {', '.join(FACTORS)}", "kb cruxes --rule")
    try:
        weight = float(str(value))
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        raise UsageError(f"the weight {value!r} of {name} is no number from 0 up", next="kb cruxes --rule")
    return weight


def rank_cruxes(
    agendas: Sequence[Agenda], audited: Sequence[Audited], weights: Mapping[str, float]
) -> tuple[RankedCrux, ...]:
    """All cruxes of these agendas, by the middle of their ranges; ``audited`` are the agendas' claims."""
    claims = {one.subject.id: one for one in audited}
    pairs = [(agenda, crux) for agenda in agendas for crux in agenda.cruxes]
    runs = [_ranks(pairs, claims, rule, end) for rule in _variants(weights) for end in ("low", "p", "high")]
    found = []
    for place, (agenda, crux) in enumerate(pairs):
        ranks = [run[place] for run in runs]
        found.append(RankedCrux(crux, agenda, min(ranks), max(ranks), _factors(agenda, crux, claims, "p")))
    return tuple(sorted(found, key=lambda one: (one.best + one.worst, one.best, one.agenda.id, one.crux.id)))


def _variants(weights: Mapping[str, float]) -> list[dict[str, float]]:
    """The weights as they are, and with each of them halved and doubled."""
    changed = [{**weights, name: weights[name] * by} for name in weights for by in (0.5, 2.0)]
    return [dict(weights), *changed]


def _ranks(
    pairs: Sequence[tuple[Agenda, Crux]], claims: Mapping[str, Audited], weights: Mapping[str, float], end: str
) -> list[int]:
    """The rank of each crux under one rule; equal scores share the better rank."""
    scores = []
    for agenda, crux in pairs:
        factors = _factors(agenda, crux, claims, end)
        scores.append(round(sum(weight * factors[name] for name, weight in weights.items()), 9))
    return [1 + sum(other > score for other in scores) for score in scores]


def _factors(agenda: Agenda, crux: Crux, claims: Mapping[str, Audited], end: str) -> dict[str, float]:
    """Each factor between 0 and 1, the mean over the claims that the crux bears on."""
    held = {claim.id: _held(claims[claim.id].credence, end) for claim in agenda.theory_of_change}
    found: dict[str, list[float]] = {name: [] for name in FACTORS}
    for name in crux.bears_on:
        others = 1.0
        for other, p in held.items():
            others *= p if other != name else 1.0
        found["uncertainty"].append(4 * held[name] * (1 - held[name]))
        found["leverage"].append(others ** (1 / max(1, len(held) - 1)))
        found["disagreement"].append(_disagreement(claims[name]))
        found["neglect"].append(1 / (1 + claims[name].independent))
    return {name: sum(values) / len(values) for name, values in found.items()}


def _held(credence: Credence | None, end: str) -> float:
    return float(getattr(credence, end)) if credence else _UNRATED


def _disagreement(claim: Audited) -> float:
    supporting = sum(item.strength for item in claim.items if item.sign > 0)
    opposing = sum(item.strength for item in claim.items if item.sign < 0)
    most = max(supporting, opposing)
    return min(supporting, opposing) / most if most else 0.0
