"""What only opens in a browser: talks and videos, of which there is no text here. It is noted, with the reason."""

from collections.abc import Generator, Sequence
from pathlib import Path

from kb.models.progress import Progress
from kb.sources.source import AccessMethod, Arrived, Download, FetchContext, FetchItem, PaperSource, Sought


class BrowserSource:
    """Addresses that are watched or heard."""

    name = "browser"
    rank = 0
    is_specific = False
    is_one_host = False
    describes = False

    def recognise(self, text: str) -> PaperSource | None:
        """Nothing: a reading list says what kind of work it is, an address alone does not."""
        return None

    def item(self, found: PaperSource) -> str:
        """The address."""
        return found.value

    def sought(self, item: str) -> Sought | None:
        """Nothing that could be here."""
        return None

    def prepare(
        self, wanted: Sequence[FetchItem], context: FetchContext
    ) -> Generator[Progress | Arrived, None, list[Download]]:
        """Note each, and bring none."""
        for one in wanted:
            context.journal.note(one.item, "browser", message=one.way.why)
            yield Progress(what="skipped", stage="find", source=one.item, message=one.way.why)
        return []

    def forget(self, folder: Path, item: str) -> None:
        """Nothing is kept."""


SOURCE = BrowserSource()


def only_in_browser(url: str, why: str) -> AccessMethod:
    """The way to something that has no text, with the reason."""
    return AccessMethod(kind=SOURCE.name, value=url, why=why)
