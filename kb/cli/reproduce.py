"""``kb reproduce``: small reproductions of papers' experiments, predicted before and judged after."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Json, workspace
from kb.cli.reproduce_asks import asked, guessed, rated
from kb.cli.reproduce_figure import FigureFile, check_figure_file, needs_a_run, write_figure, write_run_figure

if TYPE_CHECKING:
    from kb.models.note import Note
    from kb.reproductions.figure import Figure
    from kb.reproductions.guesses import Guess
    from kb.reproductions.model import Reproduction
    from kb.reproductions.runner import Plan

group = typer.Typer(no_args_is_help=True, help="Run a paper's key experiment on this machine, at a reduced scale.")
Id = Annotated[str, typer.Argument(metavar="ID", help="A reproduction's id, or its beginning.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="reproduce")


@group.command("list")
def list_all(as_json: Json = False) -> int:
    """Name the reproductions, with the last verdict of each."""
    from kb.cli.console import put, put_json, put_table, say, wrapped
    from kb.cli.reproduce_view import listed
    from kb.config import open_home
    from kb.reproductions.registry import reproductions

    rows = [listed(open_home(), one) for one in reproductions()]
    if as_json:
        put_json({"reproductions": rows})
        return 0
    cells = [(row["reproduction"], f"{row['seconds']:.0f} s", row["verdict"] or "–", row["title"]) for row in rows]
    put_table(("reproduction", "takes", "last verdict", "title"), cells, right=(1,))
    missing = [(one.id, text) for one in reproductions() for text in one.did_not_reproduce]
    put("\nWhat does not show at this scale")
    for name, text in missing:
        put(wrapped(f"{name}: {text}", "  "))
    say("All at a reduced scale. Next: kb reproduce show ID, or kb reproduce run ID --quick")
    return 0


@group.command()
def show(reproduction_id: Id, figure: FigureFile = None, as_json: Json = False) -> int:
    """Show a reproduction: claim, knobs, checks, limits, and earlier runs. Also shows one run, by the run's id."""
    from kb.cli.console import put, put_json
    from kb.cli.reproduce_view import as_facts, as_page, run_facts, run_page
    from kb.config import open_home
    from kb.reproductions.registry import find_reproduction
    from kb.reproductions.store import find_run, past_runs, past_sweeps

    home = open_home()
    check_figure_file(figure)
    if reproduction_id[:8].isdigit():
        run = find_run(home, reproduction_id)
        about = find_reproduction(run["reproduction"])
        put_json(run_facts(home, about, run)) if as_json else put(run_page(home, about, run))
        if figure:
            write_run_figure(about, run, figure)
        return 0
    found = find_reproduction(reproduction_id)
    if figure:
        raise needs_a_run(home, found, figure)
    runs, sweeps = past_runs(home, found.id), past_sweeps(home, found.id)
    put_json(as_facts(found, runs, sweeps)) if as_json else put(as_page(found, runs, sweeps))
    return 0


@group.command()
def run(
    reproduction_id: Id,
    seeds: Annotated[int | None, typer.Option(min=1, max=100, help="How many seeds.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="One seed, small, in seconds; gives no verdict.")] = False,
    settings: Annotated[list[str] | None, typer.Option("--set", help="NAME=VALUE of a knob; no verdict then.")] = None,
    predict: Annotated[list[str] | None, typer.Option(help="N=ANSWER to question N of kb reproduce show.")] = None,
    claim: Annotated[str, typer.Option(help="The claim that the run is evidence for or against.")] = "",
    jobs: Annotated[int, typer.Option(min=1, max=16, help="Seeds side by side.")] = 2,
    as_json: Json = False,
) -> int:
    """Run a reproduction; on a terminal it asks for your prediction first."""
    from kb.errors import ExitCode
    from kb.reproductions.params import read_knobs
    from kb.reproductions.predictions import read_predictions
    from kb.reproductions.registry import find_reproduction
    from kb.reproductions.runner import plan

    found = find_reproduction(reproduction_id)
    knobs = read_knobs(found, settings or (), quick=quick)
    predictions = read_predictions(found, predict or ())
    note = _claim(claim)
    if not predictions and not as_json:
        predictions = asked(found)
    chosen = _chosen(found, seeds)
    planned = plan(found, knobs, quick=quick, seeds=chosen, predictions=predictions, at_once=jobs)
    done = _carried_out(planned)
    evidence = _attached(found, done, note)
    _shown(found, done, evidence, as_json)
    return ExitCode.SOME_FAILED if done["verdict"] == "could not run" else ExitCode.OK


def _chosen(found: "Reproduction", seeds: int | None) -> tuple[int, ...] | None:
    """The experiment's own seeds first, then those that follow."""
    if seeds is None:
        return None
    more = (seed for seed in range(1, 10_000) if seed not in found.seeds)
    return (*found.seeds, *(next(more) for _ in range(seeds)))[:seeds]


def _claim(claim: str) -> "Note | None":
    if not claim:
        return None
    from kb.reproductions.evidence import claim_note

    with workspace() as opened:
        return claim_note(opened, claim)


def _carried_out(planned: "Plan") -> dict[str, Any]:
    from kb.cli.console import say
    from kb.cli.reproduce_view import narrated
    from kb.config import open_home
    from kb.reproductions.runner import run as run_plan
    from kb.reproductions.store import past_runs

    home, one = open_home(), planned.reproduction
    count = f"{len(planned.seeds)} seed{'s' if len(planned.seeds) > 1 else ''}"
    expected, where = planned.expected_s(past_runs(home, one.id))
    say(f"{one.title}: {count}, about {expected:.0f} s ({where}); Ctrl-C stops it")
    return narrated(run_plan(home, planned), len(planned.seeds))


def _attached(found: "Reproduction", done: dict[str, Any], note: "Note | None") -> "Note | None":
    if note is None:
        return None
    from kb.cli.console import say
    from kb.notes.compose import note_meaning
    from kb.reproductions.evidence import attach

    with workspace() as opened:
        written = attach(opened, found, done, note)
        if written is None:
            say(f"no verdict, so nothing is said for or against {note.id}")
            return None
        say(f"attached to {note.id} as {written.id}: {written.headline}")
        note_meaning(opened)
        rated(opened, note, done["run"])
    return written


def _shown(found: "Reproduction", done: dict[str, Any], evidence: "Note | None", as_json: bool) -> None:
    from kb.cli.console import put, put_json
    from kb.cli.reproduce_view import run_facts, run_page
    from kb.config import open_home

    home = open_home()
    if as_json:
        put_json({**run_facts(home, found, done), "evidence": evidence.id if evidence else None})
    else:
        put(run_page(home, found, done))


@group.command()
def sweep(
    reproduction_id: Id,
    values: Annotated[str, typer.Argument(metavar="NAME=V1,V2,...", help="A knob and the values to try.")],
    guess: Annotated[str, typer.Option(help="Your guess: the value at which the number is largest.")] = "",
    how_large: Annotated[str, typer.Option(help="Your guess of the number there: a range such as 0.2..0.5.")] = "",
    metric: Annotated[str, typer.Option(help="Which number; the main effect's if left out.")] = "",
    seeds: Annotated[int, typer.Option(min=1, max=100, help="Seeds a value.")] = 3,
    quick: Annotated[bool, typer.Option("--quick", help="The other knobs as in quick mode.")] = False,
    figure: FigureFile = None,
    as_json: Json = False,
) -> int:
    """Try several values of one knob: guess first, then see the dose-response. Gives no verdict."""
    from kb.cli.console import put, put_json
    from kb.config import open_home
    from kb.reproductions.guesses import read_guess
    from kb.reproductions.registry import find_reproduction
    from kb.reproductions.store import past_runs
    from kb.reproductions.sweep import read_metric, read_sweep

    check_figure_file(figure)
    found = find_reproduction(reproduction_id)
    name, doses = read_sweep(found, values, quick=quick)
    wanted = read_metric(found, metric, past_runs(open_home(), found.id))
    tried = [knobs[name] for knobs in doses]
    said = read_guess(found, name, tried, guess, how_large)
    if not (guess or how_large or as_json):
        said = guessed(found, name, tried, wanted)
    done = _swept(found, name, doses, wanted, _chosen(found, seeds) or found.seeds, said)
    if as_json:
        right = next((one["right"] for one in done["scored"]), None) if said.where else None
        put_json({**done, "right": right})
    else:
        put(_dose_response(found, done))
    if figure:
        write_figure(_drawn(found, done), figure)
    return 0


def _drawn(found: "Reproduction", done: dict[str, Any]) -> "Figure":
    from kb.reproductions.sweep import Dose, dose_response

    return dose_response(found, done["knob"], done["metric"], [Dose(**dose) for dose in done["doses"]])


def _dose_response(found: "Reproduction", done: dict[str, Any]) -> str:
    """The plot, where the number is largest, and what was guessed."""
    from kb.reproductions.pages import answered
    from kb.reproductions.plot_text import as_text

    plot = as_text(_drawn(found, done))
    lines = [f"Largest at {done['knob']}={done['best']}.", *(answered(one) for one in done["scored"])]
    return "\n".join([plot, *lines])


def _swept(
    found: "Reproduction", name: str, doses: Any, metric: str, seeds: tuple[int, ...], guess: "Guess"
) -> dict[str, Any]:
    from kb.cli.console import say
    from kb.config import open_home
    from kb.reproductions.sweep import Dose
    from kb.reproductions.sweep import sweep as run_sweep

    done: dict[str, Any] = {}
    for event in run_sweep(open_home(), found, name, doses, metric=metric, seeds=seeds, guess=guess):
        if isinstance(event, Dose):
            say(f"  {name}={event.value}: " + ("no number" if event.mean is None else f"{event.mean:.4g}"))
        elif isinstance(event, dict):
            done = event
        elif event.failed:
            say(f"  seed {event.seed}: {event.failed}")
    return done
