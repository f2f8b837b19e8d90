"""A home with papers in it, made through the library as a reader's would be."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kb.config import Home
from kb.indexing.drain import drain
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.note import Note, NoteContent
from kb.models.paper import PaperDraft, VersionDraft
from kb.models.progress import Progress
from kb.recall.texts import Texts
from tests.support.documents import document
from tests.support.embedder import HashEmbedder


@dataclass
class Library:
    """What a test works with."""

    home: Home
    record: Record
    texts: Texts
    embedder: HashEmbedder

    def add(self, title: str, passages: Sequence[str], **draft: object) -> str:
        """A paper with one parsed version; returns its id."""
        papers = Papers(self.record)
        paper = papers.add(PaperDraft.model_validate({"title": title, **draft}))
        parsed = document(title, passages)
        papers.add_version(paper.id, VersionDraft(sha256=parsed.sha256, bytes=1))
        self.texts.put(paper.id, parsed, title=title)
        return paper.id

    def note(self, **content: object) -> Note:
        """A note of the reader's."""
        return Notes(self.record).create(NoteContent.model_validate(content))

    def drain(self) -> list[Progress]:
        """Take in everything that waits."""
        return list(drain(self.home, self.record, self.texts, self.embedder))


@contextmanager
def library(home: Home) -> Iterator[Library]:
    """An open library in that home."""
    with Record.open(home) as record, Texts(home.texts) as texts:
        yield Library(home, record, texts, HashEmbedder())
