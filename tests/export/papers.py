"""Papers for the tests of bibliographies."""

from datetime import UTC, datetime

from kb.models.paper import Paper

WHEN = datetime(2024, 1, 2, tzinfo=UTC)


def paper(title: str = "A title", **more: object) -> Paper:
    """A paper in the library."""
    return Paper.model_validate({"id": "a", "key": "a2024title", "title": title, "added_at": WHEN, **more})
