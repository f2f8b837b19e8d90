"""Whether pictures can be drawn in fine pixels; asked before the application takes over the terminal."""

import os
from typing import Any

FINE: Any = None
"""The widget that draws a picture in fine pixels; None where half blocks must do."""
KNOWN = ("kitty", "ghostty", "wezterm", "foot", "iterm", "konsole", "contour", "mlterm", "rio")
"""Terminals that draw pictures, by the names that they give themselves. Xterm is none of them: it draws none wider than
1,000 pixels, and takes a colour for chosen only where it is named again after it was defined."""


def can_draw() -> bool:
    """Whether the terminal says that it is one that draws pictures; inside tmux and screen none gets through."""
    if os.environ.get("TMUX") or os.environ.get("STY"):
        return False
    names = (os.environ.get(name, "") for name in ("TERM", "TERM_PROGRAM", "LC_TERMINAL"))
    told = " ".join(names).lower() + (" kitty" if os.environ.get("KITTY_WINDOW_ID") else "")
    return any(name in told for name in KNOWN)


def prepare() -> None:
    """Load the optional library where it is installed and of use: it asks the terminal, which only works now."""
    global FINE
    if not can_draw():
        return
    try:
        from textual_image.renderable import Image as Way
        from textual_image.renderable import SixelImage, TGPImage
        from textual_image.widget import Image
    except ImportError:
        return
    if Way in (SixelImage, TGPImage):
        FINE = Image
