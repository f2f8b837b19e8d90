"""What goes wrong, in one shape: what happened, why, and the next command; and the exit codes that a script sees."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; part of the contract with scripts."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    NOTHING_FOUND = 3
    BUSY = 4
    DAMAGED = 5
    NETWORK = 6


class KbError(Exception):
    """A failure that a reader can act on: ``what`` happened, ``why``, and the ``next`` command to try."""

    code: ExitCode = ExitCode.SOME_FAILED

    def __init__(self, what: str, why: str = "", next: str = "") -> None:  # noqa: A002 - the JSON field is called next
        super().__init__(what)
        self.what = what
        self.why = why
        self.next = next

    def __str__(self) -> str:
        """One paragraph for a terminal or a log: what, why, next."""
        why = f": {self.why}" if self.why else ""
        then = f". Next: {self.next}" if self.next else ""
        return f"{self.what}{why}{then}"


class ItemFailedError(KbError):
    """One item of a batch could not be done; the others can."""


class UsageError(KbError):
    """The command itself cannot be carried out as it was given."""

    code = ExitCode.USAGE


class NotFoundError(KbError):
    """Nothing in the library, or in the paper, answers to what was asked for."""

    code = ExitCode.NOTHING_FOUND


class BusyError(KbError):
    """Another process holds what this command needs; its work is kept for later."""

    code = ExitCode.BUSY


class DamagedError(KbError):
    """Something in the library cannot be read, or does not match its checksum."""

    code = ExitCode.DAMAGED


class NetworkError(KbError):
    """A server could not be reached, or would not answer usefully."""

    code = ExitCode.NETWORK
