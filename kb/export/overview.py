"""How a summary speaks of whole papers: what each comes to, and where the reader stands over all of them."""

import re
from collections.abc import Callable
from typing import Any

from kb.bibtex.names import short_authors
from kb.export.layout_text import plain_text
from kb.export.wording import counted, named, sentence
from kb.models.note import LinkKind, Note
from kb.models.note_kind import headline_field
from kb.models.paper import Paper
from kb.models.summary import NotePart, PaperPart, Summary

_FOR = frozenset({LinkKind.SUPPORTS, LinkKind.REPLICATES})
_AGAINST = frozenset({LinkKind.OPPOSES, LinkKind.UNDERCUTS, LinkKind.FAILS_TO_REPLICATE})


def cited(paper: Paper) -> str:
    """How a sentence refers to a paper: ``Christiano et al. (2017)``, or its title where nobody signed it."""
    authors = short_authors(paper.authors)
    year = f" ({paper.year})" if paper.year else ""
    return f"{authors}{year}" if authors else f"{paper.title}{year}"


def gist(part: PaperPart) -> str:
    """What a paper comes to, in a sentence or two: its main claim with what speaks for and against it."""
    if not part.claims:
        first = next((note for group in (part.summaries, part.lessons, part.methods) for note in group), None)
        return sentence(first_sentence(named(first) or first.headline)) if first else "nothing claimed yet."
    claim = part.claims[0]
    counts = [
        f"{number} {word}"
        for word, signs in (("for", _FOR), ("against", _AGAINST))
        if (number := sum(support.link in signs for support in claim.support))
    ]
    more = len(part.claims) - 1
    asides = [
        f"evidence: {' and '.join(counts)}" if counts else "",
        f"{counted(more, 'further claim')}" if more else "",
    ]
    aside = "; ".join(filter(None, asides))
    said = sentence(named(claim) or claim.headline)
    return f"{said} ({aside[:1].upper()}{aside[1:]}.)" if aside else said


def depth(name: str) -> str:
    """How closely a paper was read, in words."""
    return {"skim": "skimmed", "read": "read", "study": "studied"}.get(name, name)


def speaker(note: Note) -> str:
    """Who asserts a claim, as an aside."""
    name = str(getattr(note.fields, "asserted_by", "")).strip()
    return "my own" if name.lower() in {"me", "i", "myself"} else name


def plainly(note: Note) -> str:
    """The note in one line, without the marks of its Markdown."""
    if str(getattr(note.fields, headline_field(note.kind), "")):
        return note.headline
    return " ".join(plain_text(note.headline).split())


def stances(summary: Summary) -> list[NotePart]:
    """The reader's own claims over all papers, those first of which they are surest."""
    held = [note for part in (*summary.papers, summary.thoughts) for note in part.positions if named(note)]
    return sorted(held, key=lambda note: -abs(note.credence.p - 0.5) if note.credence else 1.0)


def first_sentence(text: str) -> str:
    """The beginning of a text, up to its first full stop."""
    found = re.match(r".+?[.!?](?=\s|$)", " ".join(text.split()))
    return found.group() if found else " ".join(text.split())


def brief_caption(text: str, most: int = 240) -> str:
    """A caption's first sentences, as far as they are short."""
    told, rest = "", " ".join(text.split())
    while rest:
        first = first_sentence(rest)
        if told and len(told) + len(first) >= most:
            break
        told, rest = f"{told} {first}".strip(), rest[len(first) :].strip()
    return told


FILTERS: dict[str, Callable[..., Any]] = {
    phrase.__name__: phrase for phrase in (cited, gist, stances, depth, speaker, plainly)
}
"""By the names that templates know them by."""
