"""Time spent reading: what lies between two keys, unless it is so long that the reader must have gone away."""

IDLE = 120.0
"""Seconds without a key after which nobody reads: a page on the screen takes less."""


class ReadingClock:
    """Adds up the time between keys; what was added up can be taken out to be kept."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._spent = 0.0

    def press(self, now: float) -> None:
        """A key was pressed, or the reader moved."""
        if self._last is not None and 0 < now - self._last <= IDLE:
            self._spent += now - self._last
        self._last = now

    def leave(self) -> None:
        """The reader does something else; the time until they come back does not count."""
        self._last = None

    def take(self) -> int:
        """Whole seconds that were not taken yet; the rest of a second stays for the next time."""
        seconds = int(self._spent)
        self._spent -= seconds
        return seconds


def spoken(seconds: int) -> str:
    """A time for people: ``1 h 05 min``, ``25 min``; nothing below half a minute."""
    minutes = round(seconds / 60)
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"
