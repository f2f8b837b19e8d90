"""What works while searching."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("search.down", "down,ctrl+n", "Down", "Next hit, while you go on typing."),
    Action("search.up", "up", "Up", "Previous hit."),
    Action("search.page-down", "pagedown", "Page down", "One screenful of hits down."),
    Action("search.page-up", "pageup", "Page up", "One screenful of hits up."),
    Action("search.open", "enter", "Open", "Open the paper at this line; escape comes back here.", show=True),
    Action("search.where", "f2", "Where", "Search passages, notes, or both.", show=True),
    Action("search.how", "f3", "How", "Search by words, by meaning, or both.", show=True),
    Action("search.back", "escape", "Back", "Back to where you came from.", show=True),
)
