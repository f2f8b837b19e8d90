"""Every action that a key can do, once: bindings, command palette, help and the README's table all read this list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding

SCOPES: dict[str, str] = {
    "app": "Everywhere",
    "list": "Any list",
    "library": "Library",
    "reader": "Reader",
    "text": "The paper's text",
    "notes": "Notes beside the text",
    "search": "Search",
    "all-notes": "All notes",
    "form": "Note form",
}
"""Where an action can be done, and what that place is called."""


MODE_ACTIONS = {"app.library", "app.reader", "app.search", "app.notes"}


@dataclass(frozen=True)
class Action:
    """One thing that a reader can do; ``reader.highlight`` calls ``action_highlight`` where the reader is."""

    id: str
    key: str
    label: str
    """One or two words, for the foot of the screen."""
    help: str
    show: bool = False
    """Whether the foot of the screen names it."""
    priority: bool = False
    """Whether the key works even where text is being typed."""

    @property
    def scope(self) -> str:
        """The place in which the key works."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """The action as Textual calls it; going to a mode is one action with a parameter."""
        name = self.id.partition(".")[2].replace("-", "_")
        return f"mode('{name}')" if self.id in MODE_ACTIONS else name


ACTIONS: tuple[Action, ...] = (
    Action("app.library", "1,ctrl+l", "Library", "Go to the library: lists, weeks and papers."),
    Action("app.reader", "2", "Reader", "Go back to the paper that is open."),
    Action("app.search", "f,3,ctrl+f", "Find", "Search all papers and notes.", show=True),
    Action("app.notes", "4", "Notes", "Go through all notes, by kind, agenda or words."),
    Action("app.undo", "u", "Undo", "Undo the last change to a note and say what was undone."),
    Action("app.help", "question_mark,f1", "Help", "Show the keys that work here.", show=True),
    Action("app.command-palette", "ctrl+p", "Commands", "Find any command, paper or list by its name.", priority=True),
    Action("app.quit", "ctrl+q", "Quit", "Leave; everything is saved already.", priority=True),
    Action("list.down", "j,down", "Down", "Next row."),
    Action("list.up", "k,up", "Up", "Previous row."),
    Action("list.page-down", "pagedown,ctrl+d,space", "Page down", "One screenful down."),
    Action("list.page-up", "pageup,ctrl+u", "Page up", "One screenful up."),
    Action("list.first", "g,home", "First", "First row."),
    Action("list.last", "G,end", "Last", "Last row."),
    Action("list.choose", "enter", "Open", "Open the row.", show=True),
    Action("library.continue", "c", "Continue", "Continue where you left off.", show=True),
    Action(
        "library.filter", "slash", "Filter", "Show only papers whose title, author, year or state match.", show=True
    ),
    Action("library.state", "m", "Mark as", "Say how far you have come: queued, skimmed, read, studied.", show=True),
    Action("library.mark", "x", "Mark row", "Mark the paper, so that the next command is for all marked ones."),
    Action("library.fetch", "F", "Fetch", "Fetch what is missing of this list or week; all of it on a second press."),
    Action("library.next-pane", "tab", "Next pane", "From the lists to the papers and back."),
    Action("library.clear", "escape", "Clear filter", "Drop the marks, or show all papers again."),
    Action("library.refresh", "f5", "Refresh", "Read the library again, after a change from another terminal."),
    Action("library.quit", "q", "Quit", "Leave; everything is saved already.", show=True),
    Action("text.down", "j,down", "Line down", "One line down; extends a selection by a line."),
    Action("text.up", "k,up", "Line up", "One line up."),
    Action("text.right", "right", "Right", "One character on."),
    Action("text.left", "left", "Left", "One character back."),
    Action("text.word", "w", "Word", "To the next word; extends a selection by a word."),
    Action("text.word-back", "b", "Word back", "To the word before."),
    Action("text.next-sentence", "right_parenthesis", "Next sentence", "To the next sentence."),
    Action("text.previous-sentence", "left_parenthesis", "Previous sentence", "To the sentence before."),
    Action("text.next-paragraph", "right_curly_bracket,J", "Next paragraph", "To the next paragraph."),
    Action("text.previous-paragraph", "left_curly_bracket,K", "Previous paragraph", "To the paragraph before."),
    Action("text.next-section", "right_square_bracket", "Next section", "To the next heading."),
    Action("text.previous-section", "left_square_bracket", "Previous section", "To the heading before."),
    Action("text.page-down", "space,pagedown,ctrl+d", "Page down", "One screenful down."),
    Action("text.page-up", "pageup,ctrl+u", "Page up", "One screenful up."),
    Action("text.first", "g,home", "Start", "To the start of the paper."),
    Action("text.last", "G,end", "End", "To the end of the paper."),
    Action("text.follow", "enter", "Follow", "To the figure, table, section or reference that is named here."),
    Action("text.jump-back", "backspace,ctrl+o", "Jump back", "To where you jumped from."),
    Action("text.jump-on", "ctrl+y", "Jump on", "Forth again."),
    Action("text.select", "v", "Select", "Begin a selection at the word under the cursor; movement extends it."),
    Action("text.sentence", "s", "Sentence", "Select the sentence under the cursor; again to add the next.", show=True),
    Action("text.paragraph", "p", "Paragraph", "Select the paragraph under the cursor; again to add the next."),
    Action("text.line", "l", "Line", "Select the line under the cursor; again to add the next."),
    Action("text.drop", "escape", "Drop", "Drop the selection, or the search; then back to where you came from."),
    Action("reader.highlight", "h", "Highlight", "Keep the selection, or the sentence under the cursor.", show=True),
    Action("reader.claim", "c", "Claim", "Write down what is claimed there.", show=True),
    Action("reader.note", "n", "Note", "Write a note of any kind about it.", show=True),
    Action("reader.edit", "e", "Edit", "Change the note under the cursor."),
    Action("reader.remove", "d,delete", "Remove", "Put the note under the cursor into the trash; undo brings it back."),
    Action("reader.next-note", "greater_than_sign,full_stop", "Next note", "To the next marked place."),
    Action("reader.previous-note", "less_than_sign,comma", "Previous note", "To the marked place before."),
    Action("reader.find", "slash", "In paper", "Search in this paper.", show=True),
    Action("reader.next-hit", "ctrl+n", "Next hit", "To the next place that was found."),
    Action("reader.previous-hit", "ctrl+r", "Previous hit", "To the place before that was found."),
    Action("reader.sections", "t", "Sections", "Show or hide the section tree, and go to it.", show=True),
    Action("reader.notes", "o", "Notes", "Show or hide the notes beside the text.", show=True),
    Action("reader.next-pane", "tab", "Next pane", "From the text to the notes and the sections."),
    Action("reader.state", "m", "Mark as", "Say how far you have come: skimmed, read, studied."),
    Action("reader.copy", "y", "Copy quote", "Copy the selection, or the sentence, with its reference."),
    Action("reader.copy-link", "Y", "Copy link", "Copy a Markdown link to the paper."),
    Action("reader.outside", "O", "Open outside", "Open the file in the system's own viewer."),
    Action("reader.back", "escape", "Back", "Back to where you came from."),
    Action("notes.edit", "e", "Edit", "Change this note.", show=True),
    Action("notes.remove", "d,delete", "Remove", "Put this note into the trash; undo brings it back.", show=True),
    Action("search.down", "down,ctrl+n", "Down", "Next hit, while you go on typing."),
    Action("search.up", "up", "Up", "Previous hit."),
    Action("search.page-down", "pagedown", "Page down", "One screenful of hits down."),
    Action("search.page-up", "pageup", "Page up", "One screenful of hits up."),
    Action("search.open", "enter", "Open", "Open the paper at this line; escape comes back here.", show=True),
    Action("search.where", "f2", "Where", "Search passages, notes, or both.", show=True),
    Action("search.how", "f3", "How", "Search by words, by meaning, or both.", show=True),
    Action("search.back", "escape", "Back", "Back to where you came from.", show=True),
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

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

KEY_NAMES = {
    "question_mark": "?", "slash": "/", "greater_than_sign": ">", "less_than_sign": "<", "full_stop": ".", "comma": ",",
    "right_parenthesis": ")", "left_parenthesis": "(", "right_curly_bracket": "}", "left_curly_bracket": "{",
    "right_square_bracket": "]", "left_square_bracket": "[", "pagedown": "pgdn", "pageup": "pgup",
    "down": "↓", "up": "↑", "left": "←", "right": "→",
}  # fmt: skip
"""How keys are written for people."""


def bindings(scope: str) -> list[Binding]:
    """Textual's bindings for one place."""
    return [
        Binding(
            action.key,
            action.method,
            action.label,
            show=action.show,
            key_display=shown_keys(action.key).split(" ")[0],
            tooltip=action.help,
            id=action.id,
            priority=action.priority,
        )
        for action in ACTIONS
        if action.scope == scope
    ]


def shown_keys(key: str) -> str:
    """Keys as people write them: ``j ↓``."""
    return " ".join(shown_key(one.strip()) for one in key.split(","))


def shown_key(key: str) -> str:
    """One key as people write it: ``^s`` for control and s."""
    modifiers, _, name = key.rpartition("+")
    return modifiers.replace("ctrl", "^").replace("+", "") + KEY_NAMES.get(name, name)


def keymap(chosen: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The reader's own keys that name an action, and the ids that name none."""
    known = {name: key for name, key in chosen.items() if name in BY_ID and key}
    return known, [name for name in chosen if name not in known]


def in_scopes(scopes: Iterable[str], keys: Mapping[str, str] | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each place its title and its (keys, help) pairs, with the reader's own keys where given."""
    own = keys or {}
    return [
        (SCOPES[scope], [(shown_keys(own.get(a.id, a.key)), a.help) for a in ACTIONS if a.scope == scope])
        for scope in scopes
    ]


def readme_table() -> str:
    """All actions as one Markdown table."""
    rows = ["| Where | Keys | What | Name for your own keys |", "|---|---|---|---|"]
    for action in ACTIONS:
        keys = " ".join(f"`{key}`" for key in shown_keys(action.key).replace("|", "\\|").split(" "))
        rows.append(f"| {SCOPES[action.scope]} | {keys} | {action.help} | `{action.id}` |")
    return "\n".join(rows) + "\n"
