"""What a source of papers is: what it recognises, how it fetches, what comes back. Each is a file in ``providers``."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kb.models.base import Value
from kb.models.paper import PaperDraft, VersionKind
from kb.models.progress import Progress

if TYPE_CHECKING:
    from kb.errors import KbError
    from kb.settings import Settings
    from kb.sources.download import Check, DownloadLimits
    from kb.sources.host_guard import Guard
    from kb.sources.journal import Journal


class PaperSource(Value):
    """Where a paper is to come from: ``kind`` names a source, or is ``doi``, ``title``, ``file`` or ``folder``."""

    kind: str
    value: str
    """An id, a DOI, an address, a path or a title."""
    version: int | None = None
    """The version that was named; None for the newest."""

    @property
    def versioned(self) -> str:
        """The value with its version: ``1706.03741v4``."""
        return f"{self.value}v{self.version}" if self.version else self.value


class AccessMethod(Value):
    """One way to a text: by which source, and what to ask it for."""

    kind: str
    """The source's name."""
    value: str
    """An id, or an address."""
    why: str = ""
    """Why there is no text, for what only opens in a browser."""
    behind: bool = False
    """This is the paper behind the post or talk that is listed."""


class FetchItem(Value):
    """One thing to fetch, and the entry that it is for."""

    way: AccessMethod
    list: str = ""
    entry: str = ""

    @property
    def item(self) -> str:
        """What the journal calls it: an id or an address."""
        return self.way.value


class Arrived(Value):
    """A file that is whole and waits in ``home.incoming``."""

    item: str
    path: Path
    kind: VersionKind
    source: str
    """The address that it came from."""
    label: str = ""
    """``v2`` for a numbered version."""
    draft: PaperDraft | None = None
    """What the source says of it."""


Steps = Iterator[Progress | Arrived]


@dataclass(frozen=True)
class Download:
    """One item that a source can bring; nothing is asked for before ``steps`` is begun."""

    item: str
    steps: Steps


@dataclass(frozen=True)
class FetchContext:
    """What a source works with: where files wait, what may be reached, and where outcomes are noted."""

    folder: Path
    settings: "Settings"
    guard: "Guard"
    journal: "Journal"
    failed: "Callable[[str, KbError], Progress]"
    """Notes why an item failed; returns the event that says so."""
    check_pdf: "Check | None" = None
    """Says whether a PDF can be opened, before it gets its name."""
    limits: "DownloadLimits | None" = None


@dataclass(frozen=True)
class Sought:
    """What in the library is the same as an item."""

    draft: PaperDraft
    """Only what identifies it is filled in."""
    label: str = ""
    """The version that is meant; empty for any."""


class Provider(Protocol):
    """One source of papers."""

    name: str
    """What ``AccessMethod.kind`` calls it."""
    rank: int
    """Sources are asked in this order whether an argument is theirs; the general ones come last."""
    is_specific: bool
    """Its ids and addresses are its own, so they are looked at before paths and DOIs."""
    is_one_host: bool
    """Everything comes from one server: where that is not reached, nothing else is tried."""
    describes: bool
    """What it says of a work wins over what a reading list says."""

    def recognise(self, text: str) -> PaperSource | None:
        """The paper that an argument names here; raises UsageError where it claims to be one and is not."""

    def item(self, found: PaperSource) -> str:
        """What to ask for; ``recognise`` reads it back."""

    def sought(self, item: str) -> Sought | None:
        """How an item is known in the library, if it ever is."""

    def prepare(
        self, wanted: Sequence[FetchItem], context: FetchContext
    ) -> Generator[Progress | Arrived, None, list[Download]]:
        """Find out what is known of these items, in as few requests as can be; what fails is an event."""

    def forget(self, folder: Path, item: str) -> None:
        """Remove what is kept of an item while it is on its way, since its paper is in the library."""
