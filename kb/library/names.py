"""Ids and citation keys: made once from what is known of a paper, then fixed for life."""

import re
import secrets
from collections.abc import Callable

from kb.escape.transliterate import transliterated
from kb.models.paper import PaperDraft

_SMALL_WORDS = re.compile(
    "(a|an|and|are|as|at|be|by|can|do|does|for|from|how|in|into|is|it|its|of|on|or|that|the|their|to|via|we|what|when"
    "|with|your)"
)
_SLUG_WORDS = 5
_LONGEST_WORD = 24
"""Letters of a word in an id: scripts without spaces write a whole title as one."""


def slug(draft: PaperDraft, taken: Callable[[str], bool]) -> str:
    """A readable id such as ``christiano-2017-deep-reinforcement-learning-human-preferences``."""
    parts = [_first_author(draft), str(draft.year or ""), *_title_words(draft.title)[:_SLUG_WORDS]]
    base = "-".join(part for part in parts if part) or "paper"
    return _free(base, taken, lambda number: f"-{number}")


def citation_key(draft: PaperDraft, taken: Callable[[str], bool]) -> str:
    """A BibTeX key such as ``christiano2017deep``; never empty, and never a bare year."""
    author = _first_author(draft) or "anonymous"
    word = next(iter(_title_words(draft.title)), "untitled")
    return _free(f"{author.replace('-', '')}{draft.year or ''}{word}", taken, _letter)


def note_id() -> str:
    """A short random id, so that notes of two libraries never collide."""
    return f"n{secrets.token_hex(4)}"


def link_id() -> str:
    """A short random id for a link between notes."""
    return f"l{secrets.token_hex(4)}"


def pass_id() -> str:
    """A short random id for a reading pass."""
    return f"p{secrets.token_hex(4)}"


def plain(text: str) -> str:
    """Lower-case ASCII letters and digits, other scripts transliterated, with everything else as single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", transliterated(text).lower()).strip("-")


def _first_author(draft: PaperDraft) -> str:
    if not draft.authors:
        return ""
    name = draft.authors[0]
    last = name.split(",")[0] if "," in name else name.split()[-1] if name.split() else ""
    return plain(last)


def _title_words(title: str) -> list[str]:
    words = [word[:_LONGEST_WORD] for word in plain(title).split("-")]
    return [word for word in words if word and not _SMALL_WORDS.fullmatch(word)] or [word for word in words if word]


def _free(base: str, taken: Callable[[str], bool], suffix: Callable[[int], str]) -> str:
    candidate, number = base, 1
    while taken(candidate):
        number += 1
        candidate = base + suffix(number)
    return candidate


def _letter(number: int) -> str:
    """b, c, … z, then numbers."""
    return chr(ord("a") + number - 1) if number <= 26 else f"-{number}"
