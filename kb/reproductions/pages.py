"""Experiments and runs as pages to be read: lines with their kind, laid out by whoever shows them."""

from collections.abc import Sequence
from typing import Any, Literal

from kb.reproductions.figure import kept_figure
from kb.reproductions.model import Check, Published, Reproduction
from kb.reproductions.plot_text import as_text
from kb.reproductions.run_history import comparable, repeats
from kb.reproductions.store import Data

Kind = Literal["title", "heading", "text", "dim", "good", "bad", "open", "plot"]
Line = tuple[Kind, str]
"""A paragraph: spaces at its beginning are its indent; a plot's lines must not be folded."""

SIGNS = {"pass": "✓", "fail": "✗", "unclear": "?"}
_OF_STATUS: dict[str, Kind] = {"pass": "good", "fail": "bad", "unclear": "open"}
_OF_VERDICT: dict[str, Kind] = {"reproduced": "good", "not reproduced": "bad", "inconclusive": "open"}
_RULES = {">=": "at least", "<=": "at most"}
_NO_NUMBERS = "No number of the paper is shown: none could be checked against its text."
_THEORY = "A theorem or an identity: there is no number of the paper to hold this against."


def about(one: Reproduction, runs: Sequence[Data], sweeps: Sequence[Data] = ()) -> list[Line]:
    """An experiment before it runs, in the order of a short paper."""
    lines: list[Line] = [("title", one.title), *_standing(one, runs)]
    lines += _part("The claim", [one.claim, *(_paper(paper) for paper in one.papers)])
    lines += _published(one)
    lines += _part("At this scale", [one.scaled_down])
    lines += _part("What does not show here", one.did_not_reproduce, "bad")
    lines += _part("Predicted before any run", [_rule(check) for check in one.checks])
    lines += _part("Must not pass", [f"{item.check}, with {item.what} in its place" for item in one.sabotage])
    asked = [f"{at}. {item.text} {' / '.join(item.choices)}".rstrip() for at, item in enumerate(one.ask_first, 1)]
    lines += _part("You will be asked", asked)
    lines += _part("Knobs", [f"{name} = {item.default}: {item.help}" for name, item in one.params.items()])
    lines += _part("Limits", one.limits)
    lines += _part("Changed after a look at results", one.changed_after_a_look)
    lines += _part("Next questions", one.next_questions)
    lines += _swept(sweeps)
    lines += _part("Runs", [_listed(run) for run in reversed(runs)])
    return lines


def result(one: Reproduction, run: Data, runs: Sequence[Data], width: int = 78) -> list[Line]:
    """A run: verdict, figure, checks, what was predicted, and the runs before it."""
    lines: list[Line] = [("title", one.title), (_OF_VERDICT.get(run["verdict"], "dim"), _verdict(run))]
    if run["headroom"] is not None and run["mode"] == "full":
        lines.append(("dim", f"The narrowest margin is {run['headroom']:.1f} standard deviations of a seed."))
    lines += _part("You predicted", [answered(item) for item in run["scored"]])
    plot = as_text(kept_figure(one, run), max(width, 40))
    lines += [("heading", "What came out"), *(("plot", row) for row in plot.splitlines())]
    lines += [("heading", "Checks"), *(line for check in run["checks"] for line in _checked(check))]
    passed = [check for check in run["sabotage"] if check["status"] == "pass"]
    lines += _part("Passed, but must not", [check["name"] for check in passed], "bad")
    lines += _published(one)
    lines += _part("At this scale", [one.scaled_down])
    lines += _part("What does not show here", one.did_not_reproduce, "bad")
    lines += _part("Earlier runs", _earlier(one, run, runs))
    lines += _part("Lesson", [one.lesson])
    return [*lines, *_part("Next questions", one.next_questions), ("dim", _made(run))]


def answered(item: Data) -> str:
    """A prediction beside what came out."""
    sign = "✓" if item["right"] else "✗"
    value = item["value"] if isinstance(item["value"], str) else f"{item['value']:.3g}"
    return f"{sign} {item['question']} You said {item['answer']}; it is {value}."


def estimate(one: Reproduction, run: Data) -> str:
    """The main effect's number with its interval, as far as there is one."""
    main = next((check for check in run["checks"] if check["name"] == one.main.name), None)
    return "no number" if main is None else _number(main)


def _standing(one: Reproduction, runs: Sequence[Data]) -> list[Line]:
    """The newest verdict, or how long it will take to have one."""
    judged = [run for run in runs if run["mode"] == "full"]
    if judged:
        newest = judged[-1]
        return [(_OF_VERDICT.get(newest["verdict"], "dim"), _verdict(newest)), ("dim", f"Run {newest['run']}")]
    seconds = one.expected.seed_s * len(one.seeds)
    return [("dim", f"Not run yet. {len(one.seeds)} seeds take about {seconds:.0f} s of one core.")]


def _verdict(run: Data) -> str:
    if run["verdict"] == "none":
        return f"No verdict: {run['why']}"
    return f"At a reduced scale: {run['verdict']} ({run['why']})"


def _paper(paper: Any) -> str:
    where = f", {paper.where}" if paper.where else ""
    return f"{paper.title} ({f'arXiv {paper.arxiv_id}' if paper.arxiv_id else 'no arXiv id'}){where}"


def _published(one: Reproduction) -> list[Line]:
    instead = _THEORY if one.kind == "theory-check" else _NO_NUMBERS
    return _part("The paper reports", [_reported(item) for item in one.published] or [instead])


def _reported(item: Published) -> str:
    second = "; from a second source" if item.provenance == "secondary" else ""
    return f"{item.what} ({item.where}{second})"


def _rule(check: Check) -> str:
    why = f" ({check.why})" if check.why else ""
    return f"{check.role}: {check.name}: {_RULES[check.op]} {check.threshold:g}{why}"


def _checked(check: Data) -> list[Line]:
    kind: Kind = "dim" if check["role"] == "extra" else _OF_STATUS[check["status"]]
    rule = f"{_RULES[check['op']]} {check['threshold']:g}"
    return [
        (kind, f"  {SIGNS[check['status']]} {check['role']}: {check['name']}"),
        ("text", f"      {_number(check)}, predicted {rule}"),
    ]


def _number(check: Data) -> str:
    if check["mean"] is None:
        return "no number"
    if check["lo"] is None or check["lo"] == check["hi"]:
        return f"{check['mean']:.3g}"
    return f"{check['mean']:.3g} [{check['lo']:.3g}, {check['hi']:.3g}]"


def _earlier(one: Reproduction, run: Data, runs: Sequence[Data]) -> list[str]:
    before = [other for other in comparable(run, runs) if other["at"] < run["at"]]
    lines = [f"{other['run']}: {other['verdict']}; {one.main.name}: {estimate(one, other)}" for other in before[-3:]]
    changed = repeats(run, [*before])
    return lines + ([f"not the same numbers as before: {', '.join(changed)}"] if changed else [])


def _listed(run: Data) -> str:
    return f"{run['run']}  {run['mode']}: {run['verdict']}, {run['why']}"


def _swept(sweeps: Sequence[Data]) -> list[Line]:
    """Each sweep with what was guessed before it."""
    lines: list[Line] = [("heading", "Sweeps")] if sweeps else []
    for one in reversed(sweeps):
        values = ", ".join(str(value) for value in one["values"])
        lines.append(("text", f"  {one['sweep'][:8]}  {one['knob']} = {values}: {_largest(one)}"))
        lines += [("good" if item["right"] else "bad", f"    {answered(item)}") for item in one["scored"]]
        if not one["finished"] and one["guess"]["where"]:
            lines.append(("dim", f"    You guessed {one['guess']['where']}; it is not scored."))
    return lines


def _largest(sweep: Data) -> str:
    """What a sweep came to."""
    if not sweep["finished"]:
        return f"stopped after {len(sweep['doses'])} of {len(sweep['values'])}"
    if sweep["best"] is None:
        return "no number"
    most = max(dose["mean"] for dose in sweep["doses"] if dose["mean"] is not None)
    return f"{sweep['metric']} is largest at {sweep['best']}, {most:.3g}"


def _made(run: Data) -> str:
    versions = run["environment"]
    libraries = ", ".join(f"{name} {versions[name]}" for name in ("python", "numpy", "torch") if versions.get(name))
    return f"Run {run['run']}, {len(run['seeds'])} seeds, {run['seconds']:.0f} s; {libraries}; code {run['code']}"


def _part(title: str, items: Sequence[str], kind: Kind = "text") -> list[Line]:
    return [("heading", title), *((kind, f"  {item}") for item in items)] if items else []
