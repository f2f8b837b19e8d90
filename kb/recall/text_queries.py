"""Named questions to the texts: the passages of a paper, what a bibliography names, and what the index has to hold."""

from typing import NamedTuple

from kb.recall.embedding_cache import EmbeddingCache
from kb.recall.texts import Texts

_OF_PAPER = "SELECT id, text FROM passages WHERE live AND paper = ? ORDER BY number"
_BEGUN_BEFORE = """
SELECT id, first_block FROM passages WHERE live AND paper = ? AND first_block <= ? ORDER BY first_block DESC
"""
_BY_SHORT_ID = "SELECT id, text, title FROM passages WHERE live AND id LIKE ? || '%:' || ?"
_NAMING = """
SELECT DISTINCT paper, sha256 FROM documents WHERE current AND NOT card AND paper != :paper AND (
    (:arxiv != '' AND instr(refs, CAST(:arxiv AS BLOB))) OR (:doi != '' AND instr(refs, CAST(:doi AS BLOB)))
    OR (:first != '' AND instr(lower(CAST(refs AS TEXT)), :first) AND instr(lower(CAST(refs AS TEXT)), :second)))
"""
_TO_EMBED = "SELECT id, title, heading, text FROM passages WHERE sha256 = ? AND live ORDER BY position"
_LIVE = "SELECT id, hash, sha256 FROM passages WHERE live"
_WAITING = "SELECT count(*) FROM queue CROSS JOIN passages USING (sha256) WHERE live"
_GONE = "SELECT sha256 FROM {kept}.indexed WHERE model = ? AND sha256 NOT IN (SELECT sha256 FROM documents)"


class PassageText(NamedTuple):
    """A passage with what stands before it when it is embedded."""

    id: str
    title: str
    heading: str
    text: str


class IndexedPassage(NamedTuple):
    """A passage that the index of meaning should hold."""

    id: str
    hash: bytes
    sha256: str


def passages_of_paper(texts: Texts, paper: str) -> list[tuple[str, str]]:
    """Ids and texts of the paper's passages that are searched, in order."""
    return [(id_, text) for id_, text in texts.connection.execute(_OF_PAPER, (paper,))]


def passages_around(texts: Texts, paper: str, block: int) -> list[str]:
    """The paper's passages that are searched and begin with the nearest beginning at or before a block."""
    rows = texts.connection.execute(_BEGUN_BEFORE, (paper, block)).fetchall()
    return [id_ for id_, first in rows if first == rows[0][1]]


def passages_by_short_id(texts: Texts, sha256: str, number: str) -> list[tuple[str, str, str]]:
    """Id, text and title of the passages of that number in versions whose sha256 begins so."""
    return [(id_, text, title) for id_, text, title in texts.connection.execute(_BY_SHORT_ID, (sha256, number))]


def versions_naming(texts: Texts, paper: str, arxiv_id: str, doi: str, words: tuple[str, str]) -> list[tuple[str, str]]:
    """Papers, and their versions, whose bibliography holds an identifier or both words.

    A quick look, so that only a few bibliographies have to be read; what is empty is not looked for.
    """
    first, second = words
    asked = {"paper": paper, "arxiv": arxiv_id, "doi": doi, "first": first, "second": second}
    return [(id_, sha256) for id_, sha256 in texts.connection.execute(_NAMING, asked)]


def passages_to_embed(texts: Texts, sha256: str) -> list[PassageText]:
    """The version's passages that are searched, in order."""
    return [PassageText(*row) for row in texts.connection.execute(_TO_EMBED, (sha256,))]


def searched_passages(texts: Texts) -> list[IndexedPassage]:
    """Every passage that is searched."""
    return [IndexedPassage(*row) for row in texts.connection.execute(_LIVE)]


def waiting_passages(texts: Texts) -> int:
    """How many passages the queued versions have."""
    return int(texts.connection.execute(_WAITING).fetchone()[0])


def queued_versions(texts: Texts) -> set[str]:
    """The versions whose vectors are behind their text."""
    return {row[0] for row in texts.connection.execute("SELECT sha256 FROM queue")}


def versions_without_text(texts: Texts, cache: EmbeddingCache) -> list[str]:
    """Versions that may have vectors in the index, and have no text any more."""
    query = _GONE.format(kept=cache.attached_to(texts.connection))
    return [row[0] for row in texts.connection.execute(query, (cache.model,))]
