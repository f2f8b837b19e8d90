"""The theme's style for a part of a widget: only what its rules say, blended with what is behind."""

from rich.style import Style
from textual.widget import Widget


def part_style(widget: Widget, name: str) -> Style:
    """A component class as a style to lay over others."""
    rules = widget.get_component_styles(name)
    whole = widget.get_visual_style(name)
    text = rules.text_style
    is_coloured = rules.has_rule("color") or rules.has_rule("auto_color")
    return Style(
        color=whole.rich_style.color if is_coloured else None,
        bgcolor=whole.rich_style.bgcolor if rules.has_rule("background") else None,
        bold=text.bold,
        dim=text.dim,
        italic=text.italic,
        underline=text.underline,
        reverse=text.reverse,
    )
