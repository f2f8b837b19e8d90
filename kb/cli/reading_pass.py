"""``kb pass``: skim, read, study, each with a short form; predictions made before the results and scored after."""

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.models.reading_pass import Depth, ReadingPass

group = typer.Typer(no_args_is_help=True, help="Reading passes: skim, read, study; predictions and their scores.")


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="pass")


@group.command()
def add(
    paper: Annotated[str, typer.Argument(help="A paper.")],
    depth: Annotated[str, typer.Argument(help="skim, read or study.")] = "skim",
    answer: Annotated[list[str] | None, typer.Option(help="NAME=TEXT, for a question of the form.")] = None,
    predict: Annotated[str, typer.Option(help="What you expect the results to show, before you read them.")] = "",
    p: Annotated[str, typer.Option("--p", help="How probable: 0.7 or 70%.")] = "0.5",
    as_json: Json = False,
) -> int:
    """Write down a pass over a paper; without answers, show the questions of its form."""
    from kb.cli.console import put_json, say
    from kb.insight.credence_log import probability
    from kb.insight.passes import finish
    from kb.notes.compose import pairs

    chosen = _depth(depth)
    given = pairs(answer or ())
    low, high = probability(p)
    with workspace() as opened:
        found = opened.papers.find(paper)
        if not given and not predict:
            _print_form(chosen, found.id)
            return 0
        made = finish(opened.record, found, chosen, given, predict, (low + high) / 2)
    if as_json:
        put_json(made.model_dump(mode="json"))
    else:
        say(f"{chosen.value} pass {made.id}: {found.title}")
        if made.prediction:
            say(f"Next: read the results, then kb pass score {made.id} true|false")
    return 0


def _depth(text: str) -> "Depth":
    from kb.errors import UsageError
    from kb.models.reading_pass import Depth

    try:
        return Depth(text.lower())
    except ValueError:
        known = ", ".join(depth.value for depth in Depth)
        raise UsageError(f"no pass is called {text!r}", f"there are {known}", "kb pass add --help") from None


def _print_form(depth: "Depth", paper: str) -> None:
    from kb.cli.console import put, say
    from kb.models.reading_pass import FORM_OF

    for name, question in FORM_OF[depth].items():
        put(f"  {name:<12} {question}")
    options = " ".join(f"--answer {name}=…" for name in FORM_OF[depth])
    say(f"Next: kb pass add {paper} {depth.value} {options} --predict … --p 0.7")


@group.command()
def score(
    pass_id: Annotated[str, typer.Argument(metavar="PASS", help="A pass's id, or its beginning.")],
    outcome: Annotated[str, typer.Argument(help="true or false: whether the prediction came true.")],
    as_json: Json = False,
) -> int:
    """Score a prediction once the results are read."""
    from kb.cli.console import put_json, say
    from kb.errors import UsageError
    from kb.insight.passes import track_record
    from kb.library.passes import Passes

    said = {"true": True, "yes": True, "false": False, "no": False}.get(outcome.lower())
    if said is None:
        raise UsageError(f"{outcome!r} is neither true nor false", next="kb pass score PASS true")
    with workspace() as opened:
        scored = Passes(opened.record).score(pass_id, said)
        record = track_record(Passes(opened.record).all())
    if as_json:
        put_json({**scored.model_dump(mode="json"), "score": scored.prediction and scored.prediction.score})
    elif scored.prediction:
        say(f"Brier score {scored.prediction.score:.2f}; over {record.count} predictions {record.mean:.2f}")
        say("0 is a sure hit, 1 a sure miss, and 0.25 is what 50 % always gets")
    return 0


@group.command("list")
def list_passes(
    paper: Annotated[str | None, typer.Argument(help="Only over this paper.")] = None, as_json: Json = False
) -> int:
    """List reading passes, with predictions and how they came out."""
    from kb.cli.console import put, put_json, say
    from kb.insight.passes import track_record
    from kb.library.passes import Passes

    with workspace() as opened:
        found = Passes(opened.record).all(opened.papers.find(paper).id if paper else None)
    record = track_record(found)
    if as_json:
        rows = [{**one.model_dump(mode="json"), "score": one.prediction and one.prediction.score} for one in found]
        put_json({"passes": rows, "predictions": record.count, "mean_score": record.mean})
        return 0
    for one in found:
        _print(one)
    if record.count:
        put(f"{record.count} predictions scored, Brier score {record.mean:.2f} on average")
    if not found:
        say("no reading passes. Next: kb pass add PAPER skim")
    return 0


def _print(one: "ReadingPass") -> None:
    from kb.cli.console import put, wrapped

    put(f"{one.at.astimezone():%Y-%m-%d}  {one.id}  {one.depth.value:<5}  {one.paper}")
    for name, answer in one.answers.items():
        put(wrapped(f"{name}: {answer}", indent="    "))
    if one.prediction:
        came = {None: "not scored", True: "came true", False: "did not come true"}[one.prediction.came_true]
        put(wrapped(f"predicted at {one.prediction.p:.0%}: {one.prediction.text} ({came})", indent="    "))
