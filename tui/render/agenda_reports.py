"""What is read over the agendas: how a credence moved, what moved most, cruxes in order, the audit of a claim."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.text.bars import bar, spark

if TYPE_CHECKING:
    from kb.insight.audit import Audited
    from kb.insight.changes import LoggedChange
    from kb.insight.credence_log import CredenceStep
    from kb.insight.cruxes import RankedCrux
    from kb.models.credence import Credence

BAR = 20
SPARK = 60

Line = tuple[str, str]


def timeline(statement: str, log: "Sequence[Credence]", told: Mapping[str, str]) -> Iterator[Line]:
    """Every entry of one subject, the newest last; ``told`` says triggers in words."""
    yield "strong", statement
    yield "plain", ""
    if steps := spark([one.p for one in log], SPARK):
        yield "bar", f"  {steps}"
        yield "plain", ""
    for one in log:
        yield "plain", f"  {one.at.astimezone():%Y-%m-%d %H:%M}  {bar(one.low, one.high, BAR)}  {one.words}"
        if one.reason:
            yield "plain", f"      {one.reason}"
        if one.trigger.ref:
            yield "dim", f"      moved by the {one.trigger.kind} {told.get(one.trigger.ref, one.trigger.ref)}"
    if not log:
        yield "dim", "  Not rated yet. c says how probable you hold it."


def moves(steps: "Sequence[CredenceStep]", told: Mapping[str, str]) -> Iterator[Line]:
    """The widest steps first, each with its reason."""
    for step in steps:
        one = step.credence
        by = f"{step.moved * 100:+.0f} points" if step.before else "first rating"
        yield "strong", f"  {by:<14} {step.words}"
        yield "plain", f"      {one.subject.statement}"
        if one.reason:
            yield "plain", f"      because {one.reason}"
        moved = (
            f"moved by the {one.trigger.kind} {told.get(one.trigger.ref, one.trigger.ref)}, " if one.trigger.ref else ""
        )
        yield "dim", f"      {moved}{one.at.astimezone():%Y-%m-%d}"
        yield "plain", ""
    if not steps:
        yield "dim", "  Nothing was rated in this time. c on a claim or an agenda says how probable you hold it."


def cruxes(ranked: "Sequence[RankedCrux]", weights: Mapping[str, float], file: str) -> Iterator[Line]:
    """Each crux with its rank and factors, then the rule and where it is changed."""
    from kb.insight.cruxes import FACTORS

    for one in ranked:
        yield "accent", f"Rank {one.rank}"
        yield "strong", f"  {one.crux.question}"
        bars = [f"{bar(value, value, 5)} {name}" for name, value in one.factors.items()]
        yield from (
            ("dim", "  " + "   ".join(f"{one:<20}" for one in bars[at : at + 3])) for at in range(0, len(bars), 3)
        )
        yield "dim", f"  bears on {', '.join(one.crux.bears_on)}"
        yield "plain", ""
    yield "heading", "The rule"
    yield "plain", "  score = " + " + ".join(f"{weight:g} × {name}" for name, weight in weights.items())
    for name, meaning in FACTORS.items():
        yield "dim", f"  {name}: {meaning}"
    yield "plain", ""
    yield (
        "dim",
        "  A rank is a range: the rule is run at both ends of each credence, and with each weight halved and doubled.",
    )
    yield "dim", f"  Change it: kb cruxes --weight neglect=2 --save, or edit {file}"


def audit(one: "Audited") -> Iterator[Line]:
    """What the evidence for one claim comes to."""
    from kb.insight.audit import FLAGS

    yield "strong", one.subject.statement
    yield "plain", ""
    held = one.credence.words if one.credence else "not rated"
    yield "plain", f"  You hold it at {held}." if one.credence else f"  It is {held}."
    yield "plain", f"  {one.supporting} for it, {one.opposing} against it."
    if one.items:
        sources = f"{one.independent:.2g} independent source{'s' * (one.independent != 1)}"
        sources += f" in {one.groups} group{'s' * (one.groups != 1)} of authors"
        yield "plain", f"  {sources}; newest {one.newest or 'unknown'}."
        kinds = ", ".join(f"{count} {sort}" for sort, count in one.sorts.items())
        yield "plain", f"  Kinds of evidence: {kinds or 'none told'}."
        yield "plain", f"  {'Reproduced by you.' if one.reproduced else 'Not reproduced by you.'}"
    if one.strongest_against:
        yield "plain", f"  Strongest against it: {one.strongest_against.says}"
    yield "plain", ""
    for flag in one.flags:
        yield "match", f"  ! {FLAGS[flag]}"
    if not one.flags:
        yield "for", "  No flags."


def changed(found: "Sequence[LoggedChange]") -> Iterator[Line]:
    """Changes by day, the newest day first."""
    day = ""
    for one in found:
        at = one.at.astimezone()
        if f"{at:%A, %d %B}" != day:
            day = f"{at:%A, %d %B}"
            yield "plain", ""
            yield "heading", day
        yield "plain", f"  {at:%H:%M}  {one.text}"
    if not found:
        yield "dim", "  Nothing was noted, linked or rated in this time."
