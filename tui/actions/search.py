"""What works while searching."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("search.down", "down,ctrl+n", "Down", "Next hit, while you go on typing."),
    Action("search.up", "up", "Up", "Previous hit; in an empty line, what you searched for before."),
    Action("search.page-down", "pagedown", "Page down", "One screenful of hits down."),
    Action("search.page-up", "pageup", "Page up", "One screenful of hits up."),
    Action("search.open", "enter", "Open", "Open the paper at this line; escape comes back here.", show=True),
    Action("search.where", "f2", "Where", "Search papers, notes, or both.", show=True),
    Action("search.how", "f3", "How", "Search by words, by meaning, or both.", show=True),
    Action("search.like", "f4", "Like this", "More like this hit; escape comes back to the search.", show=True),
    Action("search.group", "f5", "Group", "Show each paper's best hit, or every hit.", show=True),
    Action("search.kept", "f6", "Kept", "Pick one of the searches that you keep, and see what is new.", show=True),
    Action("search.preview", "f7", "Preview", "Show or hide the hit in full."),
    Action("search.drop-filter", "f8", "Drop filter", "Drop the last filter of the query."),
    Action("search.keep", "ctrl+s", "Keep", "Keep this search under a name.", show=True),
    Action("search.recent", "ctrl+r", "Recent", "Pick one of your last searches."),
    Action("search.copy", "ctrl+y", "Copy", "Copy this hit with its reference."),
    Action("search.back", "escape", "Back", "Back to the search before, or to where you came from.", show=True),
)
