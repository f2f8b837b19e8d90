"""A real paper and a second version of it, set anew and with known edits: which notes are touched, with both texts."""

import random
import re
from html import escape
from pathlib import Path

import pytest

from kb.config import Home
from kb.models.text import Block, BlockKind
from kb.reading.compose import compose_page
from kb.workspace import Workspace
from tests.cli.conftest import Kb
from tests.support.arxiv_feed import Listed
from tests.support.arxiv_stand_in import ArxivStandIn

PAPERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "papers"
PAPER = PAPERS / "1805.00899v2.pdf"
QUOTED, CHANGED, GONE = 24, 6, 3
NEW_WORD = "metamorphosed"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PAPER.exists(), reason="the real papers are not beside the repository"),
]


def sentences(blocks: tuple[Block, ...]) -> list[str]:
    """Sentences of the running text that stand there once and are long enough to be told apart."""
    found = [
        sentence.strip()
        for block in blocks
        if block.kind is BlockKind.TEXT
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", block.text)
    ]
    whole = " ".join(block.text for block in blocks)
    return [one for one in found if 9 <= len(one.split()) <= 40 and one.endswith(".") and whole.count(one) == 1]


def second_version(blocks: tuple[Block, ...], changed: list[str], gone: list[str], path: Path) -> dict[str, str]:
    """Set the text anew, with a word of some sentences changed and others left out; returns the new sentences."""
    new = {one: one.replace(one.split()[len(one.split()) // 2], NEW_WORD, 1) for one in changed}
    parts = []
    for block in blocks:
        text = block.text
        for old, now in [*new.items(), *((one, "") for one in gone)]:
            text = text.replace(old, now)
        tag = "h2" if block.kind is BlockKind.HEADING else "p"
        parts.append(f"<{tag}>{escape(text)}</{tag}>")
    compose_page("\n".join(parts), path, title="AI safety via debate", authors=["Geoffrey Irving"])
    return new


def test_only_the_notes_whose_sentence_was_touched_are_told_with_both_texts(
    kb: Kb, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = ArxivStandIn()
    stand_in.add(Listed("1805.00899", 1, title="AI safety via debate"), PAPER.read_bytes())
    with stand_in:
        monkeypatch.setenv("KB_ARXIV_URL", stand_in.url)
        monkeypatch.setenv("KB_ARXIV_DELAY", "0")
        assert kb("fetch", "1805.00899").code == 0
        with Workspace(home) as workspace:
            blocks = tuple(
                workspace.texts.blocks(workspace.papers.current(workspace.papers.find("1805.00899").id).sha256)
            )  # type: ignore[union-attr]
        quoted = random.Random(5).sample(sentences(blocks), QUOTED)
        changed, gone = quoted[:CHANGED], quoted[CHANGED : CHANGED + GONE]
        for quote in quoted:
            added = kb("note", "add", "1805.00899", "--kind", "highlight", "--quote", quote, "--json")
            assert added.data["anchor"]["state"] == "exact", quote
        new = second_version(blocks, changed, gone, tmp_path / "v2.pdf")
        stand_in.add(Listed("1805.00899", 2, title="AI safety via debate"), (tmp_path / "v2.pdf").read_bytes())
        result = kb("updates", "--json")
    (update,) = [one for one in result.data["updates"] if one["what"] == "version"]
    touched = {one["quote"]: one for one in update["touched"]}
    assert set(touched) == {*changed, *gone}
    for old, now in new.items():
        assert touched[old]["state"] == "changed", old
        assert NEW_WORD in touched[old]["found"], (old, now, touched[old]["found"])
    assert all(touched[one]["state"] in ("orphaned", "changed") for one in gone)
