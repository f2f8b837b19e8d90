"""The main job from end to end with the real model: what ``kb demo`` does is what a reader does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kb.config import Home
from kb.models.anchor import AnchorState
from kb.onboarding import demo
from kb.reading.primer_pdf import primer_files
from kb.workspace import Workspace

pytestmark = [pytest.mark.model, pytest.mark.slow]


def test_the_whole_loop_on_the_primers(home: Home, model_cache: Path) -> None:
    steps = list(demo.run(home))
    assert [step.title.split()[0] for step in steps] == [
        "Lay", "Read", "Index", "Search:", "Take", "Find", "Export", "Check",
    ]  # fmt: skip
    with Workspace(home) as workspace:
        papers = workspace.papers.all()
        assert len(papers) == len(demo.SAMPLE) == 5
        for paper in papers:
            version = workspace.papers.current(paper.id)
            assert version
            assert len(workspace.texts.sections(version.sha256)) >= 4
            limit = workspace.embedder.max_tokens
            assert all(len(workspace.spans(p.text)) <= limit - 16 for p in workspace.texts.passages(version.sha256))
        notes = workspace.notes.all()
        assert {note.anchors[0].state for note in notes} == {AnchorState.EXACT}
        assert workspace.outbox.backlog() == 0
    query = "being rewarded for one thing and pursuing another"
    command = [sys.executable, "-m", "kb", "--home", str(home.root), "search", query, "--mode", "meaning", "--json"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert "Goal misgeneralisation" in [hit["title"] for hit in json.loads(found.stdout)["hits"]][:3]
    assert "An answer with prior probability 0 stays at 0" in (home.root / "summary.md").read_text("utf-8")


def test_every_quote_of_the_demo_is_in_its_primer() -> None:
    primers = {name: " ".join(path.read_text("utf-8").split()) for name, path in primer_files().items()}
    for note in demo.NOTES:
        assert note.quote in primers[note.primer]
