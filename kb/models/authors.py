"""How a line names the people behind a paper."""

from collections.abc import Sequence


def last_name(author: str) -> str:
    """``Christiano`` of both ``Paul Christiano`` and ``Christiano, Paul``."""
    return author.split(",")[0] if "," in author else (author.split() or [""])[-1]


def short_authors(authors: Sequence[str], between: str = " & ") -> str:
    """``Christiano et al.``: the last name, or two, and whether there are more."""
    names = [last_name(author) for author in authors]
    return f"{names[0]} et al." if len(names) > 2 else between.join(names)
