"""Keys that work while text is typed are done in the order in which they came, although the screen gets them first."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from textual.screen import Screen

S = TypeVar("S", bound=Screen[Any])


def once_typed(action: Callable[[S], None]) -> Callable[[S], None]:
    """The action of such a key, done once what was typed before it stands in its field; not on a screen that is gone.

    Textual hands letters on to the queue of the field that has the focus, and does the key's action at once.
    """

    @wraps(action)
    def queued(screen: S) -> None:
        def act() -> None:
            if screen.is_current:
                action(screen)

        (screen.focused or screen).call_later(act)

    return queued
