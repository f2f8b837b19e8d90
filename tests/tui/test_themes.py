"""Every built-in theme can be read: light, dark, and the terminal's own colours."""

import pytest
from rich.style import Style
from textual.app import App
from textual.color import Color

from tui.render.colors import COLORS, LEAST, SURFACES, color, contrast, legible, readable

THEMES = sorted(App().available_themes)
READ = (
    "plain", "strong", "dim", "accent", "match", "error", "title", "heading", "caption", "formula", "sign", "for",
    "against",
)  # fmt: skip
BEHIND = ("row", "row-away", "selection", "hit", "highlight", "claim", "question")
MIXED = [theme for theme in THEMES if not App().get_theme(theme).ansi]


def app_in(theme: str) -> App[object]:
    """An application that uses a theme."""
    app: App[object] = App()
    app.theme = theme
    app.get_css_variables()
    return app


@pytest.mark.parametrize("theme", MIXED)
def test_every_ink_can_be_read_on_every_surface(theme: str) -> None:
    app = app_in(theme)
    for surface in SURFACES:
        background = Color.parse(app.theme_variables[surface])
        for name in READ:
            drawn = color(app, name).color
            assert drawn is not None
            assert contrast(Color.from_rich_color(drawn), background) >= LEAST, (name, surface)


@pytest.mark.parametrize("theme", MIXED)
def test_every_ink_can_be_read_on_selections_and_marks(theme: str) -> None:
    app = app_in(theme)
    for behind in BEHIND:
        for name in READ:
            style = readable(color(app, name) + color(app, behind))
            assert style.color is not None
            assert style.bgcolor is not None
            text, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            assert contrast(text, ground) >= LEAST, (name, behind)


@pytest.mark.parametrize("theme", MIXED)
def test_what_is_chosen_can_be_read(theme: str) -> None:
    for name in ("here", "chip"):
        style = color(app_in(theme), name)
        assert style.color is not None
        assert style.bgcolor is not None
        assert contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)) >= LEAST, name


def test_what_is_strong_enough_stays_as_it_is() -> None:
    blue, white, grey = Color.parse("#0000ff"), Color.parse("#ffffff"), Color.parse("#808080")
    assert legible(blue, (white,)) == blue
    assert contrast(legible(grey, (white,)), white) >= LEAST
    assert readable(Style(bold=True)) == Style(bold=True)


@pytest.mark.parametrize("theme", [theme for theme in THEMES if App().get_theme(theme).ansi])
def test_the_terminals_own_colours_are_told_apart_without_mixing(theme: str) -> None:
    app = app_in(theme)
    styles = {name: color(app, name) for name in COLORS}
    assert all(style.bgcolor is None for style in styles.values())
    for name in ("row", "selection", "highlight", "hit", "cursor", "here"):
        assert styles[name].reverse or styles[name].underline, name
