"""A filled home for the screen's tests."""

import os

import pytest
from textual.widgets import Input

from kb.config import Home
from tests.tui.sample import Sample, build


@pytest.fixture
def sample(home: Home) -> Sample:
    """Two papers, one with a text, and a list of three entries."""
    return build(home)


@pytest.fixture(autouse=True)
def _steady_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blinking cursor would make every golden screen a matter of luck."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)


@pytest.fixture
def update_golden() -> bool:
    """Whether golden screens are written instead of compared."""
    return os.environ.get("KB_GOLDEN") == "write"
