"""Where the layout of a screen or a form changes with the width of the terminal."""

BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (100, "-middle"), (140, "-wide")]
"""Classes of a screen by its width in columns: 80 is the narrowest terminal that is looked after."""
