"""What a batch came to: which items were done, which failed and why, and the exit code that says so."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.errors import ExitCode
from kb.models.progress import Failure, Progress


@dataclass
class Outcome:
    """Collected from progress events."""

    done: list[Progress] = field(default_factory=list)
    skipped: list[Progress] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    @classmethod
    def of(cls, events: Iterable[Progress]) -> "Outcome":
        """Run the work to its end and keep what matters of its events."""
        outcome = cls()
        for event in events:
            if event.failure:
                outcome.failed.append(event.failure)
            elif event.what == "done" and event.paper:
                outcome.done.append(event)
            elif event.what == "skipped":
                outcome.skipped.append(event)
        return outcome

    @property
    def code(self) -> ExitCode:
        """0 where nothing failed; the one reason where everything failed for it; else 1."""
        if not self.failed:
            return ExitCode.OK
        codes = {failure.code for failure in self.failed}
        if not self.done and not self.skipped and len(codes) == 1:
            return ExitCode(codes.pop())
        return ExitCode.SOME_FAILED
