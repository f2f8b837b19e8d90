"""Primers: they come with the program, and are laid out as PDFs that are read like any other."""

import re
from collections.abc import Generator, Sequence
from pathlib import Path

from kb.errors import UsageError
from kb.models.paper import VersionKind
from kb.models.progress import Progress
from kb.sources.source import AccessMethod, Arrived, Download, FetchContext, FetchItem, PaperSource, Sought, Steps

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The name of a primer's file: ``control-as-inference``."""


class PrimerSource:
    """Primers by their id: ``primer:control-as-inference``. Nothing is asked of any server."""

    name = "primer"
    rank = 3
    is_specific = True
    is_one_host = False
    describes = True

    def recognise(self, text: str) -> PaperSource | None:
        """``primer:`` and an id, whether or not there is such a primer."""
        prefix, _, named = text.partition(":")
        if prefix.lower() != self.name:
            return None
        if not _ID.fullmatch(named.strip()):
            raise _not_an_id(named)
        return PaperSource(kind=self.name, value=named.strip())

    def item(self, found: PaperSource) -> str:
        """The id with its prefix."""
        return f"{self.name}:{found.value}"

    def sought(self, item: str) -> Sought | None:
        """The primer with this title; None for an id that no primer has."""
        from kb.reading.primer_pdf import primer_draft, primer_files

        name = self._id(item)
        return Sought(primer_draft(name)) if name in primer_files() else None

    def prepare(
        self, wanted: Sequence[FetchItem], context: FetchContext
    ) -> Generator[Progress | Arrived, None, list[Download]]:
        """Nothing has to be known before a primer is laid out."""
        yield from ()
        return [Download(one.item, self._lay_out(one.item, context.folder)) for one in wanted]

    def forget(self, folder: Path, item: str) -> None:
        """Remove the PDF."""
        if item.startswith(f"{self.name}:") and _ID.fullmatch(self._id(item)):
            (folder / f"{self._id(item)}.pdf").unlink(missing_ok=True)

    def _id(self, item: str) -> str:
        return item.removeprefix(f"{self.name}:")

    def _lay_out(self, item: str, folder: Path) -> Steps:
        """One primer as a PDF; raises NotFoundError where no primer has this id."""
        from kb.reading.primer_pdf import lay_out_primer

        path, draft = lay_out_primer(self._id(item), folder)
        yield Arrived(item=item, path=path, kind=VersionKind.PDF, source=item, draft=draft)


SOURCE = PrimerSource()


def way_to_primer(name: str) -> AccessMethod:
    """The way to the primer that a reading list names."""
    return AccessMethod(kind=SOURCE.name, value=SOURCE.item(PaperSource(kind=SOURCE.name, value=name)))


def _not_an_id(text: str) -> UsageError:
    """The error for something that claims to be a primer's id."""
    return UsageError(
        f"{text!r} is not the id of a primer",
        "ids are words joined by hyphens, such as control-as-inference",
        "kb lists show spine-10h",
    )
