"""Writing down a pass over a paper, and how a prediction came out; each says what was done."""

from functools import partial
from typing import TYPE_CHECKING

from tui.messages import RecordChanged

if TYPE_CHECKING:
    from kb.insight.insight import Insight
    from kb.models.paper import Paper
    from tui.dialogs.pass_form import Passed
    from tui.host import Host


def ask_pass(app: "Host", paper: "Paper") -> None:
    """Open the form of the next pass over a paper."""
    app.run_in_background(partial(_ask_pass, app, paper), "pass", latest=True)


async def _ask_pass(app: "Host", paper: "Paper") -> None:
    from kb.library.passes import Passes
    from tui.dialogs.pass_form import PassForm

    made = await app.library.insight(lambda maps: Passes(maps.record).all(paper.id))

    def answered(passed: "Passed | None") -> None:
        if passed is not None:
            app.run_in_background(partial(save_pass, app, paper, passed), "write")

    app.push_screen(PassForm(paper.title, made), answered)


async def save_pass(app: "Host", paper: "Paper", passed: "Passed") -> None:
    """Keep the pass and the score of an earlier prediction; the paper's state moves on."""
    said = await app.library.insight(lambda maps: _written(maps, paper, passed))
    app.say(said)
    app.post_message(RecordChanged("papers", paper.id))


def _written(maps: "Insight", paper: "Paper", passed: "Passed") -> str:
    from kb.insight.passes import finish, track_record
    from kb.library.papers import Papers
    from kb.library.passes import Passes
    from kb.models.reading_pass import Depth

    told = []
    if passed.scored and passed.came_true is not None:
        scored = Passes(maps.record).score(passed.scored, passed.came_true)
        over = track_record(Passes(maps.record).all())
        if scored.prediction is not None and scored.prediction.score is not None and over.mean is not None:
            told.append(f"Brier score {scored.prediction.score:.2f}, over {over.count} predictions {over.mean:.2f}")
    if passed.answers or passed.prediction:
        current = Papers(maps.record).get(paper.id)
        finish(maps.record, current, Depth(passed.depth), passed.answers, passed.prediction, passed.p)
        state = Papers(maps.record).get(paper.id).state.value
        told.append(f"{passed.depth.capitalize()} pass kept; the paper is {state}")
    return "; ".join(told) or "Nothing to keep"
