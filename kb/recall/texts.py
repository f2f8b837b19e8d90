"""The texts of all papers, in one derived SQLite file: made from the papers' files, and made again at any time."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from kb.errors import NotFoundError
from kb.models.base import Value
from kb.models.text import Block, ParsedDocument, ParsedMetadata, ParseReport, Passage, Reference, Section
from kb.recall.context import in_context, text_hash
from kb.recall.text_rows import BLOCKS, REFERENCES, SECTIONS, card_of, document_row, passage_rows, read_passage
from kb.recall.texts_schema import fault, open_texts, share_of
from kb.storage.sqlite_file import file_identity

Parts = TypeVar("Parts", bound=Value)


class Texts:
    """Blocks, sections, passages and references by the version's sha256; the passages' full text is kept in step."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open or make the file; raises DamagedError where it is not one of ours, or FileNotFoundError."""
        self.path = path
        self.connection = open_texts(path, create=create)
        self._identity = file_identity(path)

    def __enter__(self) -> "Texts":
        """The open file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on the way out."""
        self.close()

    def is_replaced(self) -> bool:
        """Whether another file stands now where this one was opened."""
        return file_identity(self.path) != self._identity

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def put(self, paper: str, document: ParsedDocument, *, title: str = "", current: bool = True) -> None:
        """Replace what is known of this version, in one transaction.

        ``title`` is the paper's own, which wins over the one in the file. Only the ``current`` version of a paper
        is searched; the others keep their text for the notes that were made on them.
        """
        title = title or document.metadata.title
        self._put(paper, document, title, current=current, card=False)

    def put_card(self, paper: str, title: str, text: str) -> None:
        """Let a paper be found by its title and abstract as long as none of its versions has a text."""
        self._put(paper, card_of(paper, text), title, current=True, card=True)

    def cards(self) -> dict[str, str]:
        """What each card that is searched says, by its paper."""
        return dict(
            self._rows(
                "SELECT paper, title || char(10) || text FROM passages WHERE live AND sha256 IN"
                " (SELECT sha256 FROM documents WHERE card)"
            )
        )

    def titles(self) -> dict[str, str]:
        """The title of each paper that has a text, as it stands before its passages."""
        return dict(self._rows("SELECT paper, title FROM documents WHERE current AND NOT card"))

    def _put(self, paper: str, document: ParsedDocument, title: str, *, current: bool, card: bool) -> None:
        with self._write() as connection:
            if current:
                self._retire(connection, paper, document.sha256)
            connection.execute("DELETE FROM documents WHERE sha256 = ?", (document.sha256,))
            connection.execute(
                "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                document_row(paper, document, title, current, card),
            )
            connection.executemany(
                "INSERT INTO passages (id, sha256, position, paper, title, heading, text, hash, live, page,"
                " first_block, data) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                passage_rows(paper, document, title, current),
            )
            _queue(connection, document.sha256)

    def set_current(self, paper: str, sha256: str) -> None:
        """Search this version of the paper, and none of its others."""
        with self._write() as connection:
            self._retire(connection, paper, sha256)
            connection.execute("UPDATE documents SET current = 1 WHERE sha256 = ?", (sha256,))
            connection.execute(
                "UPDATE passages SET live = json_extract(data, '$.searchable') WHERE sha256 = ? AND NOT live", (sha256,)
            )
            _queue(connection, sha256)

    def rename(self, paper: str, title: str) -> None:
        """Put another title before the paper's passages; does nothing where they have it."""
        if not self._row("SELECT 1 FROM documents WHERE paper = ? AND title != ?", paper, title):
            return
        with self._write() as connection:
            connection.execute("UPDATE documents SET title = ? WHERE paper = ?", (title, paper))
            rows = connection.execute(
                "SELECT number, heading, text FROM passages WHERE paper = ? AND title != ?", (paper, title)
            ).fetchall()
            connection.executemany(
                "UPDATE passages SET title = ?, hash = ? WHERE number = ?",
                [(title, text_hash(in_context(title, heading, text)), number) for number, heading, text in rows],
            )
            connection.execute(
                "INSERT OR REPLACE INTO queue (sha256) SELECT sha256 FROM documents WHERE paper = ?", (paper,)
            )

    def remove(self, sha256: str) -> None:
        """Forget a version."""
        with self._write() as connection:
            connection.execute("DELETE FROM documents WHERE sha256 = ?", (sha256,))
            _queue(connection, sha256)

    def queued(self, limit: int = 1) -> list[tuple[int, str]]:
        """Versions whose vectors are behind their text, oldest first: a ticket for :meth:`settle`, and the sha256."""
        return list(self._rows("SELECT seq, sha256 FROM queue ORDER BY seq LIMIT ?", limit))

    def waiting(self) -> int:
        """How many versions wait for vectors."""
        return self._count("SELECT count(*) FROM queue")

    def settle(self, ticket: int) -> None:
        """The version's vectors are up to date, unless its text has changed again since the ticket was given."""
        with self._write() as connection:
            connection.execute("DELETE FROM queue WHERE seq = ?", (ticket,))

    def requeue_all(self) -> None:
        """Queue every version again, for an index of vectors that is built anew."""
        with self._write() as connection:
            connection.execute("INSERT OR IGNORE INTO queue (sha256) SELECT sha256 FROM documents")

    def stamps(self) -> dict[str, tuple[int, str]]:
        """Stage and parser of every version's text."""
        rows = self._rows("SELECT sha256, stage, parser FROM documents WHERE NOT card")
        return {sha256: (stage, parser) for sha256, stage, parser in rows}

    def paper_of(self, sha256: str) -> str | None:
        """The paper that a version belongs to."""
        row = self._row("SELECT paper FROM documents WHERE sha256 = ?", sha256)
        return str(row[0]) if row else None

    def report(self, sha256: str) -> ParseReport | None:
        """How the version was parsed; None where it was not."""
        row = self._row("SELECT report FROM documents WHERE sha256 = ?", sha256)
        return ParseReport.model_validate_json(row[0]) if row else None

    def metadata(self, sha256: str) -> ParsedMetadata | None:
        """What the file says of itself."""
        row = self._row("SELECT metadata FROM documents WHERE sha256 = ?", sha256)
        return ParsedMetadata.model_validate_json(row[0]) if row else None

    def blocks(self, sha256: str) -> tuple[Block, ...]:
        """The version's blocks in reading order; none where it was not parsed."""
        return self._part("blocks", sha256, BLOCKS)

    def sections(self, sha256: str) -> tuple[Section, ...]:
        """The version's headings in order."""
        return self._part("sections", sha256, SECTIONS)

    def references(self, sha256: str) -> tuple[Reference, ...]:
        """The version's bibliography."""
        return self._part("refs", sha256, REFERENCES)

    def passages(self, sha256: str) -> tuple[Passage, ...]:
        """The version's passages in order, those that are not searched among them."""
        rows = self._rows("SELECT data, text FROM passages WHERE sha256 = ? ORDER BY position", sha256)
        return tuple(read_passage(data, text) for data, text in rows)

    def passage(self, id: str) -> Passage:  # noqa: A002 - a passage's own name for it
        """One passage; raises NotFoundError."""
        row = self._row("SELECT data, text FROM passages WHERE id = ?", id)
        if row is None:
            raise NotFoundError(f"there is no passage {id}", "its version was parsed again, or removed", "kb search")
        return read_passage(*row)

    def size(self) -> int:
        """About how many passages there are: the highest number, since counting them takes a while."""
        return int(self._row("SELECT max(number) FROM passages")[0] or 0)

    def share_of(self, papers: Collection[str]) -> float:
        """About how much of the library these papers are."""
        return share_of(self.connection, papers)

    def counts(self) -> dict[str, int]:
        """How many documents and passages there are, how many are searched, and how many versions wait for vectors."""
        return {
            "documents": self._count("SELECT count(*) FROM documents WHERE NOT card"),
            "passages": self._count("SELECT count(*) FROM passages"),
            "searched": self._count("SELECT count(*) FROM passages WHERE live"),
            "queued": self.waiting(),
        }

    def check(self) -> str:
        """SQLite's own word on the file and its full-text index; ``ok`` where nothing is wrong."""
        try:
            found = self._rows("PRAGMA quick_check")
            self.connection.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            return str(error)
        return str(found[0][0])

    @staticmethod
    def _retire(connection: sqlite3.Connection, paper: str, sha256: str) -> None:
        """Take the paper's other versions out of the search."""
        connection.execute(
            "INSERT OR REPLACE INTO queue (sha256) SELECT sha256 FROM documents"
            " WHERE paper = ? AND sha256 != ? AND current",
            (paper, sha256),
        )
        connection.execute("UPDATE documents SET current = 0 WHERE paper = ? AND sha256 != ?", (paper, sha256))
        connection.execute("UPDATE passages SET live = 0 WHERE paper = ? AND sha256 != ? AND live", (paper, sha256))

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction; a failure leaves what was there before."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except sqlite3.DatabaseError as error:
            raise fault(self.path, error) from error

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise fault(self.path, error) from error

    def _row(self, query: str, *values: object) -> Any:
        rows = self._rows(query, *values)
        return rows[0] if rows else None

    def _count(self, query: str) -> int:
        return int(self._row(query)[0])

    def _part(self, column: str, sha256: str, adapter: TypeAdapter[tuple[Parts, ...]]) -> tuple[Parts, ...]:
        row = self._row(f"SELECT {column} FROM documents WHERE sha256 = ?", sha256)  # noqa: S608 - our own names
        return adapter.validate_json(row[0]) if row else ()


def _queue(connection: sqlite3.Connection, sha256: str) -> None:
    connection.execute("INSERT OR REPLACE INTO queue (sha256) VALUES (?)", (sha256,))
