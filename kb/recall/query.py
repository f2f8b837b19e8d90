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
FILTERS = {
    "list": "stands on this reading list.",
    "week": "stands in this week of a list; 3..5 for several.",
    "agenda": "bears on this agenda, tag, claim or crux.",
    "kind": "is a note or paper of this kind, such as claim or post.",
    "state": "you have come this far with, such as read.",
    "year": "is of this year; 2016..2018 or 2016-2018 of these, 2018.. of later ones.",
    "author": "has this in an author's name.",
    "concept": "is about this concept.",
    "provenance": "is by me, the parser, a run or an import.",
    "paper": "is in, or on, this paper.",
    "has": "has text, notes, or time that you read it for.",
}
"""What a search, or the library, can be narrowed by, and what each leaves; words of a query, as ``year:2018..``."""
_PART = re.compile(
    rf"""(?P<minus>(?<!\S)-)?(?:(?P<name>{"|".join(FILTERS)}):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]+)|(?=\s|$))"""
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
class QueryPart:
    """One part of a query as it was typed: a filter, where it has a name, else a word or a phrase."""

    typed: str
    text: str
    """The word, the phrase without its quotes, or the filter's value."""
    name: str = ""
    excludes: bool = False
    is_phrase: bool = False


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
    typed_words: tuple[str, ...] = ()
    """The words as they were typed, with those that tell nothing, for who looks for letters and does not rank."""
    without_value: tuple[str, ...] = ()
    """Names of filters that stand there with nothing behind them; they narrow nothing."""

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


def parts(query: str) -> tuple[QueryPart, ...]:
    """The parts of a query in their order; this is the only place that knows how one is written."""
    return tuple(
        QueryPart(
            part[0],
            (part["quoted"] or part["value"] or "") if part["name"] else part["word"] or part["phrase"] or "",
            (part["name"] or "").lower(),
            excludes=bool(part["minus"]),
            is_phrase=part["phrase"] is not None,
        )
        for part in _PART.finditer(query)
    )


def wanted(query: str) -> ParsedQuery:
    """Take a query apart; no query is an error."""
    all_parts = parts(query)
    named = [part for part in all_parts if part.name]
    texts = [part for part in all_parts if not part.name and words_of(part.text)]
    shown = [part for part in texts if not part.excludes]
    typed = tuple(part.text for part in shown if not part.is_phrase)
    return ParsedQuery(
        " ".join(part.text for part in shown),
        _telling([found for word in typed for found in words_of(word)]),
        tuple(part.text for part in shown if part.is_phrase),
        tuple(part.text for part in texts if part.excludes),
        tuple(Filter(part.name, part.text, part.excludes) for part in named if part.text),
        typed,
        tuple(part.name for part in named if not part.text),
    )


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
