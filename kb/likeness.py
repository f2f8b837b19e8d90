"""What "more like this" starts from: the words of a passage, a note, a paper or a selection, and what is left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import NotFoundError
from kb.hits import note_words
from kb.recall.search import Key

if TYPE_CHECKING:
    from kb.desk import Desk

_PASSAGE = re.compile(r"[0-9a-f]{4,16}:\d+")
_NOTE = re.compile(r"n[0-9a-f]{2,8}")
_OF_PAPER = "SELECT id, text FROM passages WHERE live AND paper = ? ORDER BY number"
_BEFORE = """
SELECT id, first_block FROM passages WHERE live AND paper = ? AND first_block <= ? ORDER BY first_block DESC
"""


@dataclass(frozen=True)
class Likeness:
    """Words to be near to, what they are for people, and what is itself and so no answer."""

    text: str
    of: str
    but: frozenset[Key] = frozenset()


def likeness(desk: "Desk", named: str) -> Likeness:
    """What a passage's id, a note's id or a paper's name stands for; raises NotFoundError."""
    named = named.strip()
    if _PASSAGE.fullmatch(named):
        return _of_passage(desk, named)
    if _NOTE.fullmatch(named):
        note = desk.notes.get(named)
        said = note_words(note.model_dump(mode="json"))
        return Likeness(said, f"{note.kind.value} “{note.headline}”", frozenset({("note", note.id)}))
    return _of_paper(desk, named)


def selection(desk: "Desk", text: str, paper: str, block: int) -> Likeness:
    """Words that the reader chose in a paper; the passage that holds them is not like them but is them."""
    rows = desk.texts.connection.execute(_BEFORE, (paper, block)).fetchall()
    nearest = rows[0][1] if rows else 0
    return Likeness(text, f"“{text}”", _passages(id_ for id_, first in rows if first == nearest))


def _of_passage(desk: "Desk", named: str) -> Likeness:
    sha256, _, number = named.partition(":")
    query = "SELECT id, text, title FROM passages WHERE live AND id LIKE ? || '%:' || ?"
    rows = desk.texts.connection.execute(query, (sha256, number)).fetchall()
    if len(rows) != 1:
        why = "several begin so" if rows else "its paper may have been read anew since"
        raise NotFoundError(f"no passage is called {named}", why, "kb search QUERY names the passages it finds")
    id_, text, title = rows[0]
    return Likeness(text, f"a passage of {title}", _passages([id_]))


def _of_paper(desk: "Desk", named: str) -> Likeness:
    """By its title and abstract, or how it begins; none of its own passages is an answer."""
    paper = desk.papers.find(named)
    rows = desk.texts.connection.execute(_OF_PAPER, (paper.id,)).fetchall()
    about = paper.abstract or " ".join(text for _, text in rows[:2])
    return Likeness(f"{paper.title}. {about}".strip(), paper.title, _passages(id_ for id_, _ in rows))


def _passages(ids: Iterable[str]) -> frozenset[Key]:
    return frozenset(("passage", id_) for id_ in ids)
