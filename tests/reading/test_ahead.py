"""The next file is read while this one is stored; whatever happens then, every file gets its own answer."""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import ItemFailedError
from kb.ingest.pipeline import add
from kb.models.text import ParsedDocument
from kb.reading.parser import ParserChild
from kb.workspace import Workspace
from tests.support.embedder import HashEmbedder
from tests.support.pdfs import paper, spans


@pytest.fixture
def child() -> Iterator[ParserChild]:
    """A child of its own for each test."""
    with ParserChild() as started:
        yield started


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Papers of two, three and four pages."""
    return [paper(tmp_path / f"{pages}.pdf", pages=pages) for pages in (2, 3, 4)]


def read(child: ParserChild, path: Path, then: tuple[Path, str] | None = None) -> ParsedDocument:
    *_, document = child.parse(path, path.stem * 64, spans, stage=1, then=then)
    assert isinstance(document, ParsedDocument)
    return document


def test_what_was_begun_ahead_is_the_same_by_the_same_child(child: ParserChild, files: list[Path]) -> None:
    first = read(child, files[0], then=(files[1], "3" * 64))
    process = child.process_id
    second = read(child, files[1], then=(files[2], "4" * 64))
    assert child.process_id == process
    assert (first.report.pages, second.report.pages) == (2, 3)
    with ParserChild() as other:
        assert second == read(other, files[1])


def test_another_file_can_be_asked_for_after_all(child: ParserChild, files: list[Path]) -> None:
    read(child, files[0], then=(files[1], "3" * 64))
    assert child.inspect(files[0]).pages == 2
    assert read(child, files[2]).report.pages == 4
    assert read(child, files[1]).report.pages == 3


def test_a_child_that_dies_over_one_file_is_replaced_for_the_next(child: ParserChild, files: list[Path]) -> None:
    steps = child.parse(files[0], "2" * 64, spans, stage=1, then=(files[1], "3" * 64))
    next(steps)
    assert child.process_id
    os.kill(child.process_id, signal.SIGKILL)
    answers: list[object] = []
    with contextlib.suppress(ItemFailedError):
        answers = list(steps)
    if answers:  # a file as short as this may have been read already: then the child died over the next
        with contextlib.suppress(ItemFailedError):
            read(child, files[1])
    assert read(child, files[1]).report.pages == 3


def test_a_bad_file_costs_only_itself(home: Home, files: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    again = tmp_path / "again.pdf"
    again.write_bytes(files[0].read_bytes())
    with Workspace(home, embedder=HashEmbedder()) as workspace:
        wanted = [files[0], bad, again, files[1], tmp_path / "missing.pdf", files[2]]
        events = [event for event in add(workspace, list(map(str, wanted))) if event.what != "step"]
        pages = sorted(workspace.texts.report(version.sha256).pages for version in workspace.papers.all_versions())  # type: ignore[union-attr]
    told = {Path(event.source).name: event.what for event in events}
    assert told == {
        "2.pdf": "done",
        "bad.pdf": "failed",
        "again.pdf": "skipped",
        "3.pdf": "done",
        "missing.pdf": "failed",
        "4.pdf": "done",
    }
    assert pages == [2, 3, 4]
