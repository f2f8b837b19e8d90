"""Colours of the drawn parts, taken from the theme in use; one table for all widgets that draw their own lines."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.app import App


class ThemeColor(NamedTuple):
    """A colour and a background by the theme's names, each with a share in percent where one is given."""

    color: str = ""
    background: str = ""
    look: str = ""
    """Words of a Rich style, such as ``bold italic``."""
    ansi: str = ""
    """The look where the terminal's own colours are used, which cannot be mixed."""


COLORS: dict[str, ThemeColor] = {
    "plain": ThemeColor("text"),
    "strong": ThemeColor("text", look="bold"),
    "dim": ThemeColor("text-muted", ansi="dim"),
    "accent": ThemeColor("text-accent"),
    "match": ThemeColor("text-warning", look="bold"),
    "error": ThemeColor("text-error", look="bold"),
    "row": ThemeColor("", "primary 40%", ansi="reverse"),
    "row-away": ThemeColor("", "foreground 12%", ansi="underline"),
    "here": ThemeColor("auto", "primary", "bold", ansi="reverse"),
    "title": ThemeColor("text", look="bold"),
    "heading": ThemeColor("text-primary", look="bold"),
    "caption": ThemeColor("text-muted", look="italic", ansi="dim"),
    "formula": ThemeColor("text-secondary"),
    "cursor": ThemeColor(look="reverse"),
    "selection": ThemeColor("", "primary 55%", ansi="reverse"),
    "hit": ThemeColor("", "secondary 45%", "underline", ansi="underline bold"),
    "highlight": ThemeColor("", "warning 30%", ansi="underline"),
    "claim": ThemeColor("", "success 28%", ansi="underline"),
    "question": ThemeColor("", "accent 28%", ansi="underline"),
    "sign": ThemeColor("text-warning", look="bold"),
    "bar": ThemeColor("primary"),
    "chip": ThemeColor("text", "primary 25%", ansi="reverse"),
    "for": ThemeColor("text-success"),
    "against": ThemeColor("text-error"),
}


LEAST = 4.5
"""The contrast that text has at least with what it stands on, by the measure of WCAG."""
SURFACES = ("background", "surface", "panel")
"""What text of any ink may stand on: the screen, a dialog, or one of the bars."""


def color(app: "App[object]", name: str) -> Style:
    """The style for a part of what is drawn, in the theme that is in use."""
    if not app.theme_variables:
        app.get_css_variables()
    variables = app.theme_variables
    wanted = COLORS[name]
    color, background = (variables.get(part.partition(" ")[0], "") for part in wanted[:2])
    surfaces = tuple(variables[surface] for surface in SURFACES)
    return mixed(wanted, (color, background), surfaces, app.current_theme.ansi)


@lru_cache(maxsize=256)
def mixed(wanted: ThemeColor, values: tuple[str, str], surfaces: tuple[str, ...], is_ansi: bool) -> Style:
    """The ink over the theme's background; the terminal's own colours are not mixed but given another look."""
    look = Style.parse(f"{wanted.look} {wanted.ansi if is_ansi else ''}".strip() or "none")
    shares = [part.partition(" ")[2] for part in wanted[:2]]
    if is_ansi:
        colour = own(values[0]) if wanted.color and "reverse" not in wanted.ansi else None
        return look + Style(color=colour.rich_color if colour else None)
    grounds = [Color.parse(surface) for surface in surfaces]
    under = over(grounds[0], values[1], shares[1]) if values[1] else None
    colour = over(grounds[0], values[0], shares[0]) if values[0] else None
    if wanted.color == "auto":
        colour = (under or grounds[0]).get_contrast_text(1.0)
    if colour is not None:
        colour = legible(colour, (under,) if under else tuple(grounds))
    return look + Style(color=colour.rich_color if colour else None, bgcolor=under.rich_color if under else None)


@lru_cache(maxsize=4096)
def readable(style: Style) -> Style:
    """The style with its text drawn strongly enough for its background, where both are given as mixtures of light."""
    if not style.color or not style.bgcolor or not style.color.triplet or not style.bgcolor.triplet:
        return style
    colour = legible(Color.from_rich_color(style.color), (Color.from_rich_color(style.bgcolor),))
    return style + Style(color=colour.rich_color)


def legible(colour: Color, grounds: tuple[Color, ...]) -> Color:
    """The colour, as far towards black or white as it takes to be read on all of these grounds."""
    if lowest(colour, grounds) >= LEAST:
        return colour
    end = max((Color(0, 0, 0), Color(255, 255, 255)), key=lambda one: lowest(one, grounds))
    steps = (colour.blend(end, step / 20) for step in range(1, 21))
    return next((one for one in steps if lowest(one, grounds) >= LEAST), end)


def lowest(colour: Color, grounds: tuple[Color, ...]) -> float:
    """The lowest contrast of a colour with any of the grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def contrast(one: Color, other: Color) -> float:
    """The WCAG contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def own(value: str) -> Color | None:
    """One of the terminal's own colours; none where the text's own is meant."""
    name = value.partition(" ")[0]
    return None if name in ("", "ansi_default", "transparent") else Color.parse(name)


def over(behind: Color, value: str, share: str) -> Color:
    """A theme's colour laid over the background, by its own share and the ink's."""
    name, _, percent = value.partition(" ")
    part = float((share or percent or "100%").rstrip("%")) / 100
    colour = behind.get_contrast_text(1.0) if name == "auto" else Color.parse(name)
    return behind + colour.multiply_alpha(part)
