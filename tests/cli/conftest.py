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
from tests.support.kept_home import Files, files_of, lay_out
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
    monkeypatch.setattr("kb.recall.semantic.load_embedder", lambda *_: embedder)

    def invoke(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return invoke


@pytest.fixture(scope="session")
def one_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real PDF with sections, an abstract and a reference."""
    return paper(tmp_path_factory.mktemp("pdf") / "comparisons.pdf").read_bytes()


@pytest.fixture
def pdf(tmp_path: Path, one_pdf: bytes) -> Path:
    """That PDF as a file."""
    path = tmp_path / "comparisons.pdf"
    path.write_bytes(one_pdf)
    return path


@pytest.fixture(scope="session")
def filled_homes() -> dict[str, Files]:
    """Homes as the first test that needed them filled them."""
    return {}


@pytest.fixture
def library(kb: Kb, pdf: Path, home: Home, filled_homes: dict[str, Files]) -> Home:
    """A home with that one paper in it."""
    if "library" in filled_homes:
        lay_out(filled_homes["library"], home)
    else:
        assert kb("add", pdf).code == 0
        filled_homes["library"] = files_of(home)
    return home
