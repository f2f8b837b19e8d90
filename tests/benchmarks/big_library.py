"""A library of any number of papers without texts, written straight into the record."""

from datetime import UTC, datetime

from kb.config import Home
from kb.library.record import Record
from kb.library.schema import papers

WORDS = (
    "reward",
    "preference",
    "oversight",
    "debate",
    "gradient",
    "mesa",
    "optimiser",
    "model",
    "safety",
    "scaling",
    "amplification",
    "goal",
    "proxy",
)


def title(number: int) -> str:
    """A title that no other paper has."""
    return f"{WORDS[number % 13].title()} {WORDS[number % 7]} and {WORDS[number % 11]} in {WORDS[number % 5]} {number}"


def fill(home: Home, count: int) -> None:
    """Write this many papers."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        {
            "id": f"author-2020-paper-{number}",
            "key": f"author2020paper{number}",
            "title": title(number),
            "authors": [f"Given Author{number % 997}", "Another Person"],
            "year": 1990 + number % 36,
            "kind": "paper",
            "venue": "",
            "abstract": "An abstract of a few words. " * 20,
            "provenance": "import",
            "state": ("unread", "queued", "skimmed", "read")[number % 4],
            "added_at": at,
        }
        for number in range(count)
    ]
    with Record.open(home) as record, record.write() as connection:
        connection.execute(papers.insert(), rows)
