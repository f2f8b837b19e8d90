"""Fixtures of the maps."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from tests.insight.library import Mind


@pytest.fixture
def mind(home: Home) -> Iterator[Mind]:
    """An empty library with one agenda of three claims."""
    opened = Mind(home)
    yield opened
    opened.record.close()
