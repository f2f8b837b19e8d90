"""Where quotes stand: the section from the parsed text if it is there, the page and state from the anchor itself."""

from bisect import bisect_right
from functools import cache

from kb.config import Home
from kb.errors import KbError
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.anchor import Anchor
from kb.models.paper import Version
from kb.models.summary import SummaryQuote
from kb.models.text import Section
from kb.recall.texts import Texts


class Places:
    """Looks up sections and versions, each once; a library without its derived texts still has pages."""

    def __init__(self, record: Record) -> None:
        self.notice = ""
        """What could not be read, in words."""
        self._texts = self._open(record.home)
        self._versions = cache(Papers(record).versions)
        self._sections = cache(self._load_sections)

    def quote(self, anchor: Anchor, paper: str | None) -> SummaryQuote:
        """The anchor's quote with its section, page, state and version."""
        versions = self._versions(paper) if paper else ()
        current = versions[0].sha256 if versions else ""
        sha256 = anchor.version or current
        return SummaryQuote(
            text=anchor.quote,
            section=self._section(sha256, anchor.first_block),
            page=anchor.page,
            state=anchor.state,
            found=anchor.found,
            version=_label(versions, sha256) if sha256 != current else "",
        )

    def labels(self, paper: str) -> tuple[str, ...]:
        """Labels of a paper's versions, newest first."""
        return tuple(version.label for version in self._versions(paper) if version.label)

    def close(self) -> None:
        """Close the texts."""
        if self._texts:
            self._texts.close()

    def _section(self, sha256: str, block: int | None) -> str:
        sections = self._sections(sha256) if block is not None else ()
        at = bisect_right([section.first_block for section in sections], block if block is not None else -1)
        return sections[at - 1].title if at else ""

    def _load_sections(self, sha256: str) -> tuple[Section, ...]:
        return self._texts.sections(sha256) if self._texts else ()

    def _open(self, home: Home) -> Texts | None:
        try:
            return Texts(home.texts, create=False)
        except FileNotFoundError:
            return None
        except KbError as error:
            self.notice = f"Quotes are given without their sections: {error.what}."
            return None


def _label(versions: tuple[Version, ...], sha256: str) -> str:
    return next((version.label for version in versions if version.sha256 == sha256), "")
