"""Stage 2 with the real layout model: typed blocks, two workers, and a cancelled run that goes on by page."""

import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest

from kb.models.progress import Progress
from kb.models.text import ParsedDocument
from kb.reading.parser import PARSERS, ParserChild
from kb.reading.scratch import Scratch
from tests.support.pdfs import paper, spans

SHA = "e" * 64


def pages(steps: list[Progress | ParsedDocument]) -> list[tuple[int, int]]:
    """How the layout's progress counted."""
    return [(step.done, step.total) for step in steps if isinstance(step, Progress) and step.stage == "layout"]


@pytest.mark.slow
def test_a_layout_is_a_document_of_the_second_stage(tmp_path: Path) -> None:
    with ParserChild() as child:
        steps = list(child.parse(paper(tmp_path / "paper.pdf", pages=2), SHA, spans, stage=2))
    document = steps[-1]
    assert isinstance(document, ParsedDocument)
    assert (document.report.stage, document.report.parser) == (2, PARSERS[2])
    assert document.report.coverage == 1.0
    assert [section.title for section in document.sections] == [
        "1 Section number 1",
        "2 Section number 2",
        "References",
    ]
    assert document.passages
    assert pages(steps) == [(1, 2), (2, 2)]


@pytest.mark.slow
def test_a_cancelled_layout_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file, scratch = paper(tmp_path / "paper.pdf", pages=3), tmp_path / "scratch"
    with ParserChild(scratch=scratch) as child:
        started = child.parse(file, SHA, spans, stage=2)
        next(iter(started))
        started.close()  # type: ignore[attr-defined]
    assert list(Scratch(scratch, SHA, PARSERS[2]).load()) == [1]
    with ParserChild(scratch=scratch) as child:
        steps = list(child.parse(file, SHA, spans, stage=2))
    assert pages(steps) == [(2, 3), (3, 3)]
    assert isinstance(steps[-1], ParsedDocument)
    assert not list(scratch.iterdir())


KILLED = """
import sys
from pathlib import Path
from kb.reading.parser import ParserChild
with ParserChild(scratch=Path(sys.argv[2]), workers=int(sys.argv[3])) as child:
    for step in child.parse(Path(sys.argv[1]), "e" * 64, lambda text: [(0, len(text))], stage=2):
        print(step.done, flush=True)
        sys.stdin.readline()
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_layout_that_was_killed_goes_on_where_it_stopped(tmp_path: Path, workers: int) -> None:
    file, scratch = paper(tmp_path / "paper.pdf", pages=5), tmp_path / "scratch"
    command = [sys.executable, "-c", KILLED, str(file), str(scratch), str(workers)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout
        assert reader.stdout.readline().strip() == "1"
        reader.kill()
    assert len(Scratch(scratch, SHA, PARSERS[2]).load()) == 1
    with ParserChild(scratch=scratch) as child:
        steps = list(child.parse(file, SHA, spans, stage=2))
    assert pages(steps) == [(2, 5), (3, 5), (4, 5), (5, 5)]
    assert isinstance(steps[-1], ParsedDocument)


@pytest.mark.long
@pytest.mark.slow
def test_a_page_over_the_memory_limit_does_not_cost_the_pages_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = pymupdf.open()
    for number in range(4):
        page = document.new_page()
        if number == 1:
            for at in range(5000):
                page.insert_text((20 + at % 90 * 6, 40 + at // 90 * 7), chr(97 + at % 26), fontsize=4)
        page.insert_text((72, 780), f"The text of page {number + 1}.")
    document.save(tmp_path / "hard.pdf")
    with ParserChild() as child:
        *_, parsed = child.parse(tmp_path / "hard.pdf", SHA, spans, stage=2)
        assert child.process_id
        status = Path(f"/proc/{child.process_id}/status").read_text().splitlines()
    assert isinstance(parsed, ParsedDocument)
    assert int(next(line for line in status if line.startswith("VmHWM")).split()[1]) < 600_000
    assert not [warning for warning in parsed.report.warnings if "pages, from" in warning]


@pytest.mark.slow
def test_two_workers_read_the_same_document_as_one(tmp_path: Path) -> None:
    file = paper(tmp_path / "paper.pdf", pages=4)
    with ParserChild() as one, ParserChild(workers=2) as two:
        *_, first = one.parse(file, SHA, spans, stage=2)
        steps = list(two.parse(file, SHA, spans, stage=2))
    assert steps[-1] == first
    assert pages(steps) == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_page_that_is_too_much_for_the_model_is_read_by_typography(tmp_path: Path) -> None:
    file, scratch = paper(tmp_path / "paper.pdf", pages=2), Scratch(tmp_path / "scratch", SHA, PARSERS[2])
    scratch.add(1, None)
    scratch.add(2, None)
    with ParserChild(scratch=tmp_path / "scratch") as child:
        *_, document = child.parse(file, SHA, spans, stage=2)
    assert isinstance(document, ParsedDocument)
    assert "too much for the layout model: 2 pages" in document.report.warnings[0]
    assert [section.title for section in document.sections] == [
        "1 Section number 1",
        "2 Section number 2",
        "References",
    ]


def test_pages_of_another_parser_are_not_used(tmp_path: Path) -> None:
    Scratch(tmp_path, SHA, "old/1").add(1, [])
    assert Scratch(tmp_path, SHA, "new/2").load() == {}


def test_a_page_that_was_half_written_is_done_again(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path, SHA, "parser/1")
    scratch.add(1, [{"kind": "text"}])
    scratch.add(2, [])
    file = tmp_path / f"{SHA}.jsonl"
    file.write_text(file.read_text()[:-8])
    assert scratch.load() == {1: [{"kind": "text"}]}
    scratch.add(3, [])
    assert list(scratch.load()) == [1, 3]
