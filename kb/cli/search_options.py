"""What ``kb search`` can be told, and the query that its options add up to."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer


class Where(StrEnum):
    """What is searched."""

    PAPERS = "papers"
    NOTES = "notes"
    ALL = "all"


class Mode(StrEnum):
    """By what: words, meaning, or both."""

    HYBRID = "hybrid"
    WORDS = "words"
    MEANING = "meaning"


WITHIN = {Where.PAPERS: "passages", Where.NOTES: "notes", Where.ALL: "all"}
NEED_LISTS = frozenset({"list", "week", "agenda", "concept"})
"""Filters that look at reading lists, which must be as their files have them."""


def _filter(*names: str, says: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(*names, help=says, rich_help_panel="Only what …")
    return found


Query = Annotated[
    list[str] | None,
    typer.Argument(help="What to look for; '\"quoted words\"' stand together, -word stays out, @NAME is a kept one."),
]
Kinds = Annotated[list[str] | None, _filter("--kind", says="is a note or paper of this kind, such as claim or post.")]
Agendas = Annotated[list[str] | None, _filter("--agenda", says="bears on this agenda, tag, claim or crux.")]
Lists = Annotated[list[str] | None, _filter("--list", says="stands on this reading list.")]
Weeks = Annotated[list[str] | None, _filter("--week", says="stands in this week of a list; 3..5 for several.")]
States = Annotated[list[str] | None, _filter("--state", says="you have come this far with, such as read.")]
Years = Annotated[
    list[str] | None, _filter("--year", says="is of this year; 2016..2018 or 2016-2018 of these, 2018.. of later ones.")
]
Authors = Annotated[list[str] | None, _filter("--author", says="has this in an author's name.")]
Concepts = Annotated[list[str] | None, _filter("--concept", says="is about this concept.")]
Having = Annotated[list[str] | None, _filter("--has", says="has text, notes, or time that you read it for.")]
Origins = Annotated[list[str] | None, _filter("--provenance", says="is by me, the parser, a run or an import.")]
Papers = Annotated[list[str] | None, _filter("--paper", says="is in, or on, this paper.")]


def as_query(words: Sequence[str], **filters: Sequence[str] | None) -> str:
    """The query's words, with the options as words of it; a value of several words is quoted."""
    parts = list(words)
    for name, values in filters.items():
        parts.extend(f"{name}:{_quoted(value)}" for value in values or ())
    return " ".join(part for part in parts if part.strip())


def _quoted(value: str) -> str:
    plain = value.replace('"', "")
    return f'"{plain}"' if " " in plain or not plain else plain
