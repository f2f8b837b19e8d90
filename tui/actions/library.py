"""What works in the library."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("library.continue", "c", "Continue", "Continue where you left off.", show=True),
    Action("library.filter", "slash", "Filter", "Show only papers with these words, or such as state:read.", show=True),
    Action("library.facets", "v", "Show only", "Choose a state, agenda, list, kind or year to show only.", show=True),
    Action("library.sort", "s", "Sort", "By the list's order, title, year, state, time read, or notes."),
    Action("library.outside", "o", "Open outside", "Open the paper's page in the browser."),
    Action("library.state", "m", "Mark as", "Say how far you have come: queued, skimmed, read, studied.", show=True),
    Action("library.mark", "x", "Mark row", "Mark the paper, so that the next command is for all marked ones."),
    Action("library.fetch", "F", "Fetch", "Fetch what is missing of this list or week; all of it on a second press."),
    Action("library.export", "E", "Export", "Write a summary of the paper with all its notes, as Markdown."),
    Action("library.next-pane", "tab", "Next pane", "From the lists to the papers and back."),
    Action("library.clear", "escape", "Clear filter", "Drop the marks, or show all papers again."),
    Action("library.refresh", "f5", "Refresh", "Read the library again, after a change from another terminal."),
    Action("library.quit", "q", "Quit", "Leave; everything is saved already.", show=True),
)
