"""Every test gets an empty home of its own, and no test reaches beyond this machine."""

import ipaddress
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kb.config import Home, machine_cache
from tests.support.fresh_record import copied

_REAL_CACHE = machine_cache()

settings.register_profile("any-machine", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the person who runs the tests must not matter."""
    for name in ("KB_ARXIV_URL", "KB_CHROMA_URL", "KB_RECORD_URL", "KB_MODEL", "KB_THEME", "KB_EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True)
def _migrated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """New records are copies; a file of tests that looks at the migrations themselves has this fixture do nothing."""
    monkeypatch.setattr("kb.library.migrate.upgrade", copied)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home; nothing is in it yet, not even its folder."""
    return Home(tmp_path / "home")


@pytest.fixture
def model_cache(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's own cache, so that tests with the real model export it once and not once each."""
    monkeypatch.setenv("KB_CACHE", str(_REAL_CACHE))
    return _REAL_CACHE


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback only: a test that would reach further fails at once and says where to."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
