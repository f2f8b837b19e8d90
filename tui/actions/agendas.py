"""What works among the agendas, in the form of a credence, and while a note is picked."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("agendas.credence", "c", "Credence", "Say how probable you hold this claim, or the agenda.", show=True),
    Action("agendas.claim", "n", "New claim", "Write a claim of your own that bears on this link.", show=True),
    Action("agendas.link", "l", "Link a note", "Pick a note that you have and say how it bears on this.", show=True),
    Action("agendas.timeline", "t", "Timeline", "How your credence in this moved, and why.", show=True),
    Action("agendas.review", "v", "Review", "Let this claim, or the agenda, come back to you to be rated again."),
    Action("agendas.moved", "m", "Moved me", "What moved you most in the last month, over all agendas."),
    Action("agendas.cruxes", "r", "Cruxes", "The open questions of this agenda in order, and the rule.", show=True),
    Action("agendas.sides", "b", "Both sides", "What speaks for this claim beside what speaks against it."),
    Action("agendas.suggest", "S", "Suggest", "Passages that may speak for this claim, beside those against it."),
    Action("agendas.audit", "a", "Audit", "What the evidence for this claim comes to when it is counted."),
    Action("agendas.brief", "y", "Copy brief", "Copy where you stand on this agenda as Markdown."),
    Action("agendas.next-link", "right_square_bracket", "Next link", "To the next link of the chain."),
    Action("agendas.previous-link", "left_square_bracket", "Previous link", "To the link before."),
    Action("agendas.next-pane", "tab", "Next pane", "From the agendas to the map, the evidence, and back.", show=True),
    Action("agendas.back", "escape", "Back", "Back to the list of agendas; then to where you came from."),
)
