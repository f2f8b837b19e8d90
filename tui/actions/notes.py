"""What works among all notes and in the form of one."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("all-notes.edit", "e", "Edit", "Change this note.", show=True),
    Action("all-notes.remove", "d,delete", "Remove", "Put this note into the trash; undo brings it back.", show=True),
    Action("all-notes.filter", "slash", "Filter", "Show only notes that have these words.", show=True),
    Action("all-notes.next-pane", "tab", "Next pane", "From the kinds and agendas to the notes and back."),
    Action("all-notes.clear", "escape", "Back", "Show all notes again; then back to the library."),
    Action("form.save", "ctrl+s", "Save", "Save the note.", show=True, priority=True),
    Action("form.next-kind", "f2", "Next kind", "Another kind of note; what you typed is kept.", show=True),
    Action("form.previous-kind", "f3", "Previous kind", "The kind before."),
    Action("form.editor", "ctrl+e", "Editor", "Write the text in your own editor.", show=True, priority=True),
    Action("form.cancel", "escape", "Cancel", "Close without saving; asks first if you typed something.", show=True),
)
