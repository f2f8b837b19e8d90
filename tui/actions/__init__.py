"""Every action that a key can do, once: bindings, command palette, help and the README's table all read this list."""

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from tui.actions import agendas, everywhere, library, notes, reader, reproductions, review, search
from tui.actions.action import Action, shown_key, shown_keys

__all__ = [
    "ACTIONS", "BY_ID", "SCOPES", "Action", "bindings", "in_scopes", "keymap", "readme_table",
    "shown_key", "shown_keys",
]  # fmt: skip

SCOPES: dict[str, str] = {
    "app": "Everywhere",
    "list": "Any list",
    "library": "Library",
    "text": "The paper's text",
    "reader": "Reader",
    "notes": "Notes beside the text",
    "search": "Search",
    "all-notes": "All notes",
    "sides": "Both sides of a claim",
    "agendas": "Agendas",
    "reproductions": "Reproductions",
    "review": "Review",
    "run-form": "Forms of a run and of a sweep",
    "quotes": "Quotes to mend",
    "pass": "Reading pass",
    "form": "Note form",
}
"""Where an action can be done, and what that place is called."""

_PLACES = (everywhere, library, reader, search, agendas, reproductions, review, notes)
ACTIONS: tuple[Action, ...] = tuple(action for place in _PLACES for action in place.ACTIONS)
"""All actions, place by place."""

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}


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
