"""A run as evidence: the reader picks the claim, the verdict decides the rest, and the credence is asked for."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.commands.credences import ask_credence
from tui.data import note_queries
from tui.messages import RecordChanged

if TYPE_CHECKING:
    from tui.data.view_models import NoteListRow
    from tui.host import Host
    from tui.render.experiments import Experiment

SAYS = {"reproduced": "supports", "not reproduced": "opposes", "inconclusive": "informs"}


def pick_claim(app: "Host", experiment: "Experiment", taken: Callable[[str], object]) -> None:
    """Let the reader say which claim the newest run bears on; claims of the same agendas come first."""
    app.run_in_background(partial(_pick, app, experiment, taken), "pick", latest=True)


async def _pick(app: "Host", experiment: "Experiment", taken: Callable[[str], object]) -> None:
    from tui.dialogs.note_picker import NotePicker

    claims = [row for row in await app.library.read(note_queries.all_notes) if row.note.kind.value == "claim"]
    if not claims:
        app.say("There is no claim to attach it to: in a paper, c on a sentence writes one down", "warning")
        return
    near = set(experiment.agendas)
    claims.sort(key=lambda row: not any(one.agenda in near for one in row.note.agendas))

    def answered(row: "NoteListRow | None") -> None:
        if row is not None:
            taken(row.note.id)

    says = SAYS[experiment.verdict]
    app.push_screen(
        NotePicker(f"{experiment.verdict}, at a reduced scale: it {says} which claim?", tuple(claims)), answered
    )


def attached(app: "Host", payload: dict[str, Any]) -> None:
    """Say what was written down, and ask what is believed now."""
    from kb.models.credence import Subject, SubjectKind, Trigger

    if not payload["evidence"]:
        app.say("A run without a verdict says nothing for or against a claim", "warning")
        return
    app.say(f"Evidence that {SAYS[payload['verdict']]} the claim; u takes it back")
    app.post_message(RecordChanged("notes"))
    subject = Subject(kind=SubjectKind.NOTE, id=payload["claim"], statement=payload["statement"])
    ask_credence(app, subject, Trigger(kind="run", ref=payload["run"]), payload["said"])
