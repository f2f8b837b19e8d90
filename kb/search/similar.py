"""What "more like this" starts from: the words of a passage, a note, a paper or a selection, and what is left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.errors import NotFoundError
from kb.recall.fusion import Key
from kb.recall.text_queries import passages_around, passages_by_short_id, passages_of_paper
from kb.search.hit_loader import note_words

if TYPE_CHECKING:
    from kb.workspace import Workspace

_PASSAGE = re.compile(r"[0-9a-f]{4,16}:\d+")
_NOTE = re.compile(r"n[0-9a-f]{2,8}")


@dataclass(frozen=True)
class SimilarItems:
    """Words to be near to, what they are for people, and what is itself and so no answer."""

    text: str
    of: str
    but: frozenset[Key] = frozenset()


def likeness(workspace: "Workspace", named: str) -> SimilarItems:
    """What a passage's id, a note's id or a paper's name stands for; raises NotFoundError."""
    named = named.strip()
    if _PASSAGE.fullmatch(named):
        return _of_passage(workspace, named)
    if _NOTE.fullmatch(named):
        note = workspace.notes.get(named)
        said = note_words(note.model_dump(mode="json"))
        return SimilarItems(said, f"{note.kind.value} “{note.headline}”", frozenset({("note", note.id)}))
    return _of_paper(workspace, named)


def selection(workspace: "Workspace", text: str, paper: str, block: int) -> SimilarItems:
    """Words that the reader chose in a paper; the passage that holds them is not like them but is them."""
    return SimilarItems(text, f"“{text}”", _passages(passages_around(workspace.texts, paper, block)))


def _of_passage(workspace: "Workspace", named: str) -> SimilarItems:
    sha256, _, number = named.partition(":")
    rows = passages_by_short_id(workspace.texts, sha256, number)
    if len(rows) != 1:
        why = "several begin so" if rows else "its paper may have been read anew since"
        raise NotFoundError(f"no passage is called {named}", why, "kb search QUERY names the passages it finds")
    id_, text, title = rows[0]
    return SimilarItems(text, f"a passage of {title}", _passages([id_]))


def _of_paper(workspace: "Workspace", named: str) -> SimilarItems:
    """By its title and abstract, or how it begins; none of its own passages is an answer."""
    paper = workspace.papers.find(named)
    rows = passages_of_paper(workspace.texts, paper.id)
    about = paper.abstract or " ".join(text for _, text in rows[:2])
    return SimilarItems(f"{paper.title}. {about}".strip(), paper.title, _passages(id_ for id_, _ in rows))


def _passages(ids: Iterable[str]) -> frozenset[Key]:
    return frozenset(("passage", id_) for id_ in ids)
