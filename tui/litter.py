"""When Python looks for memory that only circles hold: seldom, for a key waits meanwhile."""

import gc

YOUNG, OLDER, ALL = 5_000, 10, 20
"""New objects before they are looked through, and how often that is done before the older ones are, and all.

Every drawn line is a circle of a dozen objects, so that Python's own numbers mean several looks a key.
"""


def spare_what_stays() -> None:
    """Leave alone what is there already, thousands of rows above all, and look through the rest seldom."""
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, ALL)
