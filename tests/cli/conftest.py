"""Running ``kb`` inside the test's process, with the deterministic embedder in the model's place."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kb.__main__ import run
from kb.config import Home
from tests.support.embedder import HashEmbedder
from tests.support.pdfs import paper


@dataclass(frozen=True)
class Ran:
    """What one command came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        value: dict[str, Any] = json.loads(self.out)
        return value


Kb = Callable[..., Ran]


@pytest.fixture
def kb(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kb:
    """Run one command; nothing but an exit code may come out of it."""
    embedder = HashEmbedder()
    monkeypatch.setattr("kb.recall.embed.load_embedder", lambda *_: embedder)
    monkeypatch.setattr("kb.recall.meaning.load_embedder", lambda *_: embedder)

    def invoke(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return invoke


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A real PDF with sections, an abstract and a reference."""
    return paper(tmp_path / "comparisons.pdf")


@pytest.fixture
def library(kb: Kb, pdf: Path, home: Home) -> Home:
    """A home with that one paper in it."""
    assert kb("add", pdf).code == 0
    return home
