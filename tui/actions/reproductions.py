"""What works among the reproductions, and in the forms of a run and of a sweep."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("reproductions.run", "r", "Run", "Predict what comes out, then run it.", show=True),
    Action("reproductions.stop", "x", "Stop", "Stop the run; seeds that are done are kept.", show=True),
    Action("reproductions.attach", "a", "Attach", "Make the last verdict evidence on a claim of yours.", show=True),
    Action("reproductions.sweep", "s", "Sweep", "Guess, then try several values of one knob.", show=True),
    Action("reproductions.turn", "v", "Page", "From what is claimed to what the last run gave, and back.", show=True),
    Action("reproductions.filter", "slash", "Filter", "Show only those that have these words.", show=True),
    Action("reproductions.figure", "o", "Figure", "Open the figure of the last run outside."),
    Action("reproductions.next-pane", "tab", "Next pane", "From the list to the page and back."),
    Action("reproductions.back", "escape", "Back", "Back to the list; then to the library."),
    Action("run-form.start", "ctrl+s", "Start", "Start with these answers.", show=True, priority=True),
    Action("run-form.size", "f2", "Full or quick", "From a full run to a quick one without a verdict.", show=True),
    Action("run-form.leave", "escape", "Close", "Close without starting.", show=True),
)
