"""The reader's theme and keys, read before the first frame."""

import os
from typing import TYPE_CHECKING, Any

from tui.actions import keymap

if TYPE_CHECKING:
    from textual.app import App

    from kb.config import Home

THEME = "textual-dark"


def wished(home: "Home") -> tuple[str, dict[str, str]]:
    """Theme and keys; the settings are imported only where some are set, to spare the first frame."""
    if not home.config_file.exists() and not os.environ.get("KB_THEME"):
        return THEME, {}
    return home.settings.theme, home.settings.keys


def apply(app: "App[Any]", home: "Home") -> tuple[dict[str, str], str]:
    """Use them; returns the keys that are the reader's own, and a sentence on what is not known."""
    theme, keys = wished(home)
    own_keys, unknown = keymap(keys)
    app.set_keymap(own_keys)
    if theme in app.available_themes:
        app.theme = theme
    else:
        unknown.append(f"theme {theme}")
    return own_keys, f"Not known: {', '.join(unknown)}, in {home.config_file}" if unknown else ""
