"""What the tests of sources share: a home, a fast limiter, and PDFs that are real but tiny."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Home, Settings
from kb.sources.limiter import Limiter
from kb.sources.retry import RetryPolicy
from tests.support.arxiv_stand_in import ArxivStandIn
from tests.support.web_stand_in import WebStandIn

DELAY = 0.01


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return Home(tmp_path / "home")


@pytest.fixture
def limiter(tmp_path: Path) -> Limiter:
    """A limiter of this test alone, as fast as tests want it."""
    return Limiter(tmp_path / "pace", DELAY)


@pytest.fixture
def retry_policy() -> RetryPolicy:
    """Four tries, close together."""
    return RetryPolicy(first=DELAY, longest=DELAY)


@pytest.fixture
def web() -> Iterator[WebStandIn]:
    """A web server."""
    with WebStandIn() as server:
        yield server


@pytest.fixture
def arxiv() -> Iterator[ArxivStandIn]:
    """A stand-in for arXiv that knows no papers yet."""
    with ArxivStandIn() as server:
        yield server


@pytest.fixture
def settings(arxiv: ArxivStandIn) -> Settings:
    """Settings that lead to the stand-in."""
    return Settings(arxiv_url=arxiv.url, arxiv_delay=DELAY)
