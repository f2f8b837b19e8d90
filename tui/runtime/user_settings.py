"""The reader's theme and keys, read before the first frame."""

import os
from typing import TYPE_CHECKING

from tui.actions import keymap

if TYPE_CHECKING:
    from kb.config import Home
    from tui.app import InsideView

THEME = "textual-dark"


def wished(home: "Home") -> tuple[str, dict[str, str]]:
    """Theme and keys; the settings are imported only where some are set, to spare the first frame."""
    if not home.config_file.exists() and not os.environ.get("KB_THEME"):
        return THEME, {}
    return home.settings.theme, home.settings.keys


def apply(app: "InsideView") -> None:
    """Use them, and say which of them are not known."""
    theme, keys = wished(app.home)
    app.own_keys, unknown = keymap(keys)
    app.set_keymap(app.own_keys)
    if theme in app.available_themes:
        app.theme = theme
    else:
        unknown.append(f"theme {theme}")
    if unknown:
        app.call_after_refresh(app.say, f"Not known: {', '.join(unknown)}, in {app.home.config_file}", "warning")
