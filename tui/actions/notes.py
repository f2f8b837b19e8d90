"""What works among all notes and in the form of one."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("all-notes.edit", "e", "Edit", "Change this note.", show=True),
    Action("all-notes.remove", "d,delete", "Remove", "Put this note into the trash; undo brings it back.", show=True),
    Action("all-notes.credence", "c", "Credence", "Rate this claim, or what the note bears on.", show=True),
    Action("all-notes.link", "l", "Link", "Link the marked note to this one; or pick the other one.", show=True),
    Action("all-notes.mark", "x", "Mark", "Mark this note, to link it to another."),
    Action("all-notes.unlink", "U", "Unlink", "Take a link of this note away."),
    Action("all-notes.timeline", "t", "Timeline", "How your credence in this claim moved, and why."),
    Action("all-notes.week", "w", "Last week", "What changed since last week: notes, links, credences.", show=True),
    Action("all-notes.repair", "R", "Mend quotes", "Go through quotes that are not found as they were."),
    Action("all-notes.filter", "slash", "Filter", "Show only notes that have these words.", show=True),
    Action("all-notes.next-pane", "tab", "Next pane", "From the kinds and agendas to the notes and back."),
    Action("all-notes.clear", "escape", "Back", "Show all notes again; then back to the library."),
    Action("quotes.keep", "x", "Keep as it is", "Leave the quote as it is, and ask no more.", show=True),
    Action("quotes.open", "o", "Open", "Open the paper at the place under the cursor.", show=True),
    Action("quotes.next-pane", "tab", "Next pane", "From the quotes to the places and back.", show=True),
    Action("quotes.close", "escape", "Close", "Back to the notes.", show=True),
    Action("pass.save", "ctrl+s", "Save", "Keep the pass, and what you predict.", show=True, priority=True),
    Action("pass.next-depth", "f2", "Next depth", "From skim to read to study; what you typed is kept.", show=True),
    Action("pass.cancel", "escape", "Cancel", "Close without saving; asks first if you typed something.", show=True),
    Action("form.save", "ctrl+s", "Save", "Save the note.", show=True, priority=True),
    Action("form.next-kind", "f2", "Next kind", "Another kind of note; what you typed is kept.", show=True),
    Action("form.previous-kind", "f3", "Previous kind", "The kind before."),
    Action("form.editor", "ctrl+e", "Editor", "Write the text in your own editor.", show=True, priority=True),
    Action("form.cancel", "escape", "Cancel", "Close without saving; asks first if you typed something.", show=True),
)
