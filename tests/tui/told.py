"""What an engine tells of reproductions, made up so that the screens do not change with the experiments."""

from typing import Any

ROWS: list[dict[str, Any]] = [
    {
        "id": "coin", "title": "The corner, not the [bold]coin[/bold]", "papers": ["2105.14111"],
        "lists": ["agisf-2023"], "agendas": ["goal-misgeneralisation"], "predicted": "corner first: >= 0.6", "seeds": 5,
        "seconds": 36.0, "quick_seconds": 3.0, "measured_on": "one thread", "verdict": "", "run": "", "runs": 0,
        "questions": [{"text": "Coins in 5 % of games: does it help?", "choices": ["no", "yes"]},
                      {"text": "How often is the corner reached first?", "choices": []}],
        "knobs": [{"name": "share", "default": "0.0", "quick": "0.0", "help": "games with a moved coin",
                   "limits": "0 to 1"},
                  {"name": "steps", "default": "250", "quick": "150", "help": "training steps", "limits": "1 to 9000"}],
        "metrics": ["corner first", "coin first"],
    },
    {
        "id": "spikes", "title": "Double descent", "papers": ["1912.02292"], "lists": ["ml-basics"], "agendas": [],
        "predicted": "a peak: >= 0.3", "seeds": 5, "seconds": 7.0, "quick_seconds": 1.0, "measured_on": "one thread",
        "verdict": "reproduced", "run": "20260101-000000-abcdef", "runs": 2, "questions": [], "knobs": [
            {"name": "ridge", "default": "0.0", "quick": "0.0", "help": "how strong", "limits": "0 to 1"}],
        "metrics": ["peak"],
    },
]  # fmt: skip


def catalogue() -> dict[str, Any]:
    """The list of two experiments."""
    return {"rows": [dict(row) for row in ROWS], "predictions": {"right": 1, "asked": 2}}


def page(name: str) -> dict[str, Any]:
    """The page of one, with a result for the one that was run."""
    row = next(row for row in ROWS if row["id"] == name)
    about = [["title", row["title"]], ["dim", "Not run yet."], ["heading", "The claim"], ["text", "  It holds."]]
    result = [["title", row["title"]], ["good", "At a reduced scale: reproduced"], ["plot", "  ● ── a plot ── ●"],
              ["heading", "Checks"], ["good", "  ✓ effect: a peak"]]  # fmt: skip
    return {"id": name, "about": about, "result": result if row["runs"] else [], "figure": ""}


PLANNED = {"planned": {"mode": "full", "seeds": [1, 2], "seconds": 18.0}}
STEP = {"seed": 1, "share": 0.5, "message": "training", "ended": False, "failed": ""}
DONE = {"done": {"run": "20260102-000000-abcdef", "mode": "full", "verdict": "reproduced", "why": "every effect",
                 "scored": [{"right": True}], "seconds": 9.0}}  # fmt: skip
SCORED = {"best": "0.5", "knob": "share", "scored": [{"right": False, "text": "✗ Where? You said 0.1; it is 0.5."}]}
SWEPT = {"doses": [], "plot": "  ● dose", "best": "0.5", "knob": "share"}
SWEEP = {"planned": {"values": ["0.1", "0.5"], "metric": "corner first", "seeds": [1]}}
