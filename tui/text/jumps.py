"""Where the reader jumped from, so that they can go back, and forth again."""

from tui.text.reflow import TextPosition

MOST = 100
"""Places that are remembered."""


class Jumps:
    """A list of places with a pointer in it, as in a browser's history."""

    def __init__(self) -> None:
        self._behind: list[TextPosition] = []
        self._ahead: list[TextPosition] = []

    def leave(self, position: TextPosition) -> None:
        """Remember a place that is jumped away from; what was ahead is forgotten."""
        if not self._behind or self._behind[-1] != position:
            self._behind = [*self._behind[1 - MOST :], position]
        self._ahead.clear()

    def back(self, position: TextPosition) -> TextPosition | None:
        """The place before, if there is one."""
        if not self._behind:
            return None
        self._ahead.append(position)
        return self._behind.pop()

    def on(self, position: TextPosition) -> TextPosition | None:
        """The place that was gone back from, if there is one."""
        if not self._ahead:
            return None
        self._behind.append(position)
        return self._ahead.pop()

    def clear(self) -> None:
        """Forget all places, for another paper."""
        self._behind.clear()
        self._ahead.clear()
