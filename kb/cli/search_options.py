"""What ``kb search`` can be told, and the query that its options add up to."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from kb.recall.query import FILTERS


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


Query = Annotated[
    list[str] | None,
    typer.Argument(help="What to look for; '\"quoted words\"' stand together, -word stays out, @NAME is a kept one."),
]


def with_filters(*names: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """A command with an option for each of these filters; what they are given comes to it as ``filters``, by name."""

    def extended(command: Callable[..., int]) -> Callable[..., int]:
        plain = signature(command)
        own = [parameter for parameter in plain.parameters.values() if parameter.name != "filters"]
        options = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_option(name, FILTERS[name]))
            for name in names
        ]

        @wraps(command)
        def run(**given: Any) -> int:
            filters = {name: given.pop(name) or () for name in names}
            return command(**given, filters=filters)

        run.__signature__ = plain.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
        return run

    return extended


def _option(name: str, says: str) -> Any:
    return Annotated[list[str] | None, typer.Option(f"--{name}", help=says, rich_help_panel="Only what …")]


def as_query(words: Sequence[str], filters: Mapping[str, Sequence[str]]) -> str:
    """The query's words, with the filters as words of it; a value of several words is quoted."""
    parts = list(words)
    for name, values in filters.items():
        parts.extend(f"{name}:{_quoted(value)}" for value in values)
    return " ".join(part for part in parts if part.strip())


def _quoted(value: str) -> str:
    plain = value.replace('"', "")
    return f'"{plain}"' if " " in plain or not plain else plain
