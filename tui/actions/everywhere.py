"""What works everywhere, and in every list."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("app.library", "1,ctrl+l", "Library", "Go to the library: lists, weeks and papers.", mode=True),
    Action("app.reader", "2", "Reader", "Go back to the paper that is open.", mode=True),
    Action("app.search", "f,3,ctrl+f", "Find", "Search all papers and notes.", show=True, mode=True),
    Action("app.notes", "4", "Notes", "Go through all notes, by kind, agenda or words.", mode=True),
    Action("app.agendas", "5", "Agendas", "Where you stand on each agenda, and on what evidence.", mode=True),
    Action("app.reproductions", "6", "Reproductions", "Small experiments that test what papers claim.", mode=True),
    Action("app.review", "7", "Review", "What you chose to come back to: beliefs and terms.", mode=True),
    Action("app.undo", "u", "Undo", "Undo the last change to a note and say what was undone."),
    Action("app.help", "question_mark,f1", "Help", "Show the keys that work here.", show=True),
    Action("app.tutorial", "f9", "Tutorial", "Begin the ten-minute tutorial, go on with it, or put it away."),
    Action("app.tutorial-skip", "f8", "Skip step", "Leave out a step of the tutorial."),
    Action("app.command-palette", "ctrl+p", "Commands", "Find any command, paper or list by its name.", priority=True),
    Action("app.quit", "ctrl+q", "Quit", "Leave; everything is saved already.", priority=True),
    Action("list.down", "j,down", "Down", "Next row."),
    Action("list.up", "k,up", "Up", "Previous row."),
    Action("list.page-down", "pagedown,ctrl+d,space", "Page down", "One screenful down."),
    Action("list.page-up", "pageup,ctrl+u", "Page up", "One screenful up."),
    Action("list.first", "g,home", "First", "First row."),
    Action("list.last", "G,end", "Last", "Last row."),
    Action("list.choose", "enter", "Open", "Open the row.", show=True),
)
