"""Every built-in theme can be read: light, dark, and the terminal's own colours."""

import pytest
from textual.app import App
from textual.color import Color

from tui.inks import INKS, ink

THEMES = sorted(App().available_themes)
READ = ("plain", "strong", "dim", "accent", "match", "error", "heading", "caption", "formula", "sign")
FAINTEST = 2.5
"""The contrast that even secondary text must have; 4.5 is what the main text must have."""


def app_in(theme: str) -> App[object]:
    """An application that uses a theme."""
    app: App[object] = App()
    app.theme = theme
    app.get_css_variables()
    return app


def contrast(one: Color, other: Color) -> float:
    """The WCAG contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", [theme for theme in THEMES if not App().get_theme(theme).ansi])
def test_text_stands_out_from_the_background(theme: str) -> None:
    app = app_in(theme)
    background = Color.parse(app.theme_variables["background"])
    for name in READ:
        color = ink(app, name).color
        assert color is not None
        least = 4.5 if name in ("plain", "strong") else FAINTEST
        assert contrast(Color.from_rich_color(color), background) >= least, name


@pytest.mark.parametrize("theme", [theme for theme in THEMES if not App().get_theme(theme).ansi])
def test_text_can_be_read_on_selections_and_marks(theme: str) -> None:
    app = app_in(theme)
    text = ink(app, "plain").color
    assert text is not None
    for name in ("row", "row-away", "selection", "hit", "highlight", "claim", "question"):
        behind = ink(app, name).bgcolor
        assert behind is not None
        assert contrast(Color.from_rich_color(text), Color.from_rich_color(behind)) >= 3.0, name


@pytest.mark.parametrize("theme", [theme for theme in THEMES if App().get_theme(theme).ansi])
def test_the_terminals_own_colours_are_told_apart_without_mixing(theme: str) -> None:
    app = app_in(theme)
    styles = {name: ink(app, name) for name in INKS}
    assert all(style.bgcolor is None for style in styles.values())
    for name in ("row", "selection", "highlight", "hit", "cursor", "here"):
        assert styles[name].reverse or styles[name].underline, name
