"""Memory: when Python looks for what only circles hold, and what Textual would hold on to for ever."""

import gc

from textual._styles_cache import StylesCache

YOUNG, OLDER, ALL = 5_000, 10, 20
"""New objects before they are looked through, and how often that is done before the older ones are, and all.

Every drawn line is a circle of a dozen objects, so that Python's own numbers mean several looks a key.
"""


def spare_what_stays() -> None:
    """Leave alone what is there already, thousands of rows above all, and look through the rest seldom."""
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, ALL)


def let_go_of_closed() -> None:
    """Textual remembers colours by whose lines they are, and so keeps all lines of forms that were closed."""
    forget = getattr(StylesCache.get_inner_outer, "cache_clear", None)
    if forget is not None:
        forget()
