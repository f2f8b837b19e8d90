"""What a reader typed, taken apart: words, "exact phrases", -words and name:value filters. All else is plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_STOP_WORDS = """
a about above after again against all also am an and any are as at be because been before being below between
both but by can could did do does doing down during each few for from further had has have having he her here
hers him his how i if in into is it its itself just me more most my no nor not of off on once only or other our
ours out over own same she should so some such than that the their theirs them then there these they this those
through to too under until up very was we were what when where which while who whom why will with would you your
yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that stand in every text and tell nothing about it."""
_WORD = re.compile(r"[^\W_]+")
BEGINNING = 3
"""Letters of a word that is being typed, from which on it may be any word that begins with them."""
FILTERS = ("list", "week", "agenda", "kind", "state", "year", "author", "concept", "provenance", "paper")
"""What a search can be narrowed by; each also works as a word of the query, such as ``year:2018..``."""
_PART = re.compile(
    rf"""(?P<minus>(?<!\S)-)?(?:(?P<name>{"|".join(FILTERS)}):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]+))"""
    r"""|"(?P<phrase>[^"]*)"?|(?P<word>\S+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Filter:
    """One condition on what may be found."""

    name: str
    value: str
    excludes: bool = False
    """What meets the condition stays out."""


@dataclass(frozen=True)
class ParsedQuery:
    """A query taken apart."""

    text: str
    """What is left for the model to read: words and phrases, without filters and without what is unwanted."""
    words: tuple[str, ...] = ()
    """To be ranked by; a passage need not have them all."""
    phrases: tuple[str, ...] = ()
    """Each must stand in the text, word by word."""
    without: tuple[str, ...] = ()
    """Words or phrases that must not stand in the text."""
    filters: tuple[Filter, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to look for."""
        return not (self.words or self.phrases)

    @property
    def is_strict(self) -> bool:
        """Some text must, or must not, be there word by word."""
        return bool(self.phrases or self.without)

    def admits(self, text: str) -> bool:
        """Whether the text has every phrase and nothing that is unwanted."""
        if not self.is_strict:
            return True
        words = f" {' '.join(words_of(text.lower()))} "
        held = (f" {' '.join(words_of(phrase.lower()))} " in words for phrase in self.phrases)
        unwanted = (f" {' '.join(words_of(phrase.lower()))} " in words for phrase in self.without)
        return all(held) and not any(unwanted)


def words_of(text: str) -> list[str]:
    """The text's words as the full-text index cuts them, before stemming."""
    return _WORD.findall(text)


def wanted(query: str) -> ParsedQuery:
    """Take a query apart; no query is an error."""
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    shown: list[str] = []
    filters: list[Filter] = []
    for part in _PART.finditer(query):
        value = part["quoted"] or part["value"]
        text = part["word"] if part["phrase"] is None else part["phrase"]
        if part["name"]:
            if value:
                filters.append(Filter(part["name"].lower(), value, excludes=bool(part["minus"])))
        elif not words_of(text):
            continue
        elif part["minus"]:
            without.append(text)
        else:
            shown.append(text)
            (phrases if part["phrase"] is not None else words).extend([text])
    telling = _telling([found for word in words for found in words_of(word)])
    return ParsedQuery(" ".join(shown), telling, tuple(phrases), tuple(without), tuple(filters))


def _telling(words: list[str]) -> tuple[str, ...]:
    """The words once each and without stop words, unless there are no others."""
    once = tuple(dict.fromkeys(word.lower() for word in words))
    return tuple(word for word in once if word not in STOP_WORDS) or once


def match_expression(query: ParsedQuery, *, typing: bool = False) -> str:
    """The FTS5 expression; each word stands in quotes, so none of it can be read as an operator.

    While the reader is ``typing``, the last word may be the beginning of one.
    """
    ranked = (*ranked_terms(query, typing=typing), *(_quoted(phrase) for phrase in query.phrases))
    if not ranked:
        return ""
    required = "".join(f" AND {_quoted(phrase)}" for phrase in query.phrases)
    return without(any_of(ranked) + required, query)


def ranked_terms(query: ParsedQuery, *, typing: bool = False) -> tuple[str, ...]:
    """The query's words as terms of an FTS5 expression.

    The beginning of a word is looked for when it has a few letters: one or two stand at the beginning of a
    good part of all words.
    """
    terms = [_quoted(word) for word in query.words]
    if typing and query.words and len(query.words[-1]) >= BEGINNING:
        terms[-1] += "*"
    return tuple(terms)


def any_of(terms: Sequence[str]) -> str:
    """An expression for passages with any of the terms."""
    return f"({' OR '.join(terms)})"


def without(expression: str, query: ParsedQuery) -> str:
    """The expression, less what the query does not want."""
    for text in query.without:
        expression = f"({expression}) NOT {_quoted(text)}"
    return expression


def _quoted(text: str) -> str:
    return '"' + " ".join(words_of(text)) + '"'
