"""Figures that notes refer to, cut out of a real PDF, and plots of runs, in every format that can show them."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pymupdf
import pytest

from kb.config import Home
from kb.export.figures import figures_of, named_in
from kb.export.format_registry import format_for
from kb.export.gather import gather_paper
from kb.export.summary_files import summary_document
from kb.ingest.pipeline import add
from kb.models.note import Note, NoteContent
from kb.models.note_kind import NoteKind
from kb.models.paper import PaperDraft
from kb.models.summary import Picture, Summary
from kb.models.text import Block, BlockKind, Box
from kb.reproductions.registry import find_reproduction
from kb.reproductions.store import keep_run
from kb.workspace import Workspace
from tests.support.embedder import HashEmbedder
from tests.support.pdfs import SENTENCE, write_text

CAPTION = "Figure 2: The red square is what the policy earns after 700 labels. Later lines say more."
GREEN = "Figure 3: A green square that nobody speaks of."


@pytest.fixture
def workspace(home: Home, tmp_path: Path) -> Iterator[Workspace]:
    """A library with one paper that has two figures."""
    source = pymupdf.open()
    page = source.new_page()
    write_text(page, (72, 60, 540, 96), "Learning from Human Comparisons", fontsize=18)
    write_text(page, (72, 100, 540, 180), SENTENCE * 3, fontsize=10)
    page.draw_rect(pymupdf.Rect(250, 220, 350, 320), color=(1, 0, 0), fill=(1, 0, 0))
    write_text(page, (72, 340, 540, 370), CAPTION, fontsize=9)
    write_text(page, (72, 400, 540, 480), SENTENCE * 3, fontsize=10)
    page.draw_rect(pymupdf.Rect(250, 500, 350, 600), color=(0, 1, 0), fill=(0, 1, 0))
    write_text(page, (72, 620, 540, 650), GREEN, fontsize=9)
    source.save(tmp_path / "figures.pdf")
    with Workspace(home, embedder=HashEmbedder()) as opened:
        list(add(opened, [str(tmp_path / "figures.pdf")]))
        yield opened


def noted(workspace: Workspace, body: str) -> Summary:
    """The summary of the paper with one note on it."""
    [paper] = workspace.papers.all()
    workspace.notes.create(
        NoteContent.model_validate({"kind": "lesson", "paper": paper.id, "body": body, "fields": {}})
    )
    return gather_paper(workspace.record, paper.id)


def red(png: bytes) -> bool:
    """Whether the middle of a picture is red, as the figure is."""
    picture = pymupdf.Pixmap(png)
    return bool(picture.pixel(picture.width // 2, picture.height // 2)[:3] == (255, 0, 0))


def green(png: bytes) -> bool:
    """Whether a picture holds any of the other figure."""
    picture = pymupdf.Pixmap(png)
    return b"\x00\xff\x00" in picture.color_count(colors=True)


def test_a_page_has_the_figures_that_notes_speak_of_and_no_others(workspace: Workspace) -> None:
    made = summary_document(workspace, noted(workspace, "Fig. 2 says it all."), format_for("summary", "html"), None)
    found = re.findall(r'<img alt="([^"]*)" src="data:image/png;base64,([^"]*)"', str(made.data))
    assert [label for label, _ in found] == ["Figure 2"]
    png = base64.b64decode(found[0][1])
    assert red(png)
    assert not green(png)
    assert "<em>Figure 2, p. 1.</em> The red square is what the policy earns after 700 labels." in str(made.data)


@pytest.mark.parametrize("form", ["markdown", "latex"])
def test_a_file_has_its_pictures_in_a_folder_beside_it(workspace: Workspace, tmp_path: Path, form: str) -> None:
    made = summary_document(
        workspace, noted(workspace, "See Figure 2."), format_for("summary", form), tmp_path / "week.md"
    )
    [(name, png)] = made.files.items()
    assert made.folder == tmp_path / "week-pictures"
    assert f"week-pictures/{name}" in str(made.data)
    assert red(png)


def test_without_pictures_their_captions_are_left(workspace: Workspace) -> None:
    summary = noted(workspace, "See Figure 2 and Figure 2 again.")
    made = summary_document(workspace, summary, format_for("summary", "markdown"), None)
    assert str(made.data).count("*Figure 2, p. 1.* The red square") == 1
    assert "![" not in str(made.data)
    plain = summary_document(workspace, summary, format_for("summary", "markdown"), None, pictures=False)
    assert "red square" not in str(plain.data)


def test_a_pdf_has_the_picture_in_it(workspace: Workspace) -> None:
    made = summary_document(workspace, noted(workspace, "See Figure 2."), format_for("summary", "pdf"), None)
    assert isinstance(made.data, bytes)
    pages = pymupdf.open("pdf", made.data)
    images = [image for page in pages for image in page.get_images()]
    assert len(images) == 1
    assert red(pages.extract_image(images[0][0])["image"])
    assert [title for _, title, _ in pages.get_toc()] == ["Lessons", "Reference"]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_latex_sets_it_with_its_picture(workspace: Workspace, tmp_path: Path) -> None:
    made = summary_document(
        workspace,
        noted(workspace, "See Figure 2: $d = \\sqrt{D_{KL}}$."),
        format_for("summary", "latex"),
        tmp_path / "week.tex",
    )
    assert made.folder is not None
    made.folder.mkdir()
    for name, png in made.files.items():
        (made.folder / name).write_bytes(png)
    (tmp_path / "week.tex").write_text(str(made.data))
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "week.tex"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:]
    assert sum(len(page.get_images()) for page in pymupdf.open(tmp_path / "week.pdf")) == 1


def test_json_says_what_a_picture_shows_without_its_bytes(workspace: Workspace) -> None:
    picture = Picture(name="a", label="Figure 1", page=2, png=b"\x89PNG")
    assert picture.model_dump(mode="json") == {"name": "a", "label": "Figure 1", "caption": "", "page": 2}


def test_the_newest_judged_run_stands_by_its_paper(workspace: Workspace) -> None:
    [paper] = workspace.papers.all()
    workspace.papers.update(paper.id, PaperDraft(title=paper.title, arxiv_id="1805.00899"))
    one = find_reproduction("debate-digits")
    for number, verdict in enumerate(("not reproduced", "reproduced")):
        check = {"name": one.main.name, "mean": 0.4, "lo": 0.33, "hi": 0.47, "op": ">=", "threshold": 0.2}
        run = {"reproduction": one.id, "run": f"run{number}", "mode": "full", "verdict": verdict, "why": "all pass"}
        whole = {**run, "at": datetime(2026, 1, 1 + number, tzinfo=UTC).isoformat(), "checks": [check], "seeds": [1, 2]}
        keep_run(workspace.home, whole, lambda path: path.write_bytes(_square()) and None)
    made = summary_document(workspace, gather_paper(workspace.record, paper.id), format_for("summary", "html"), None)
    text = str(made.data)
    assert text.count("at a reduced scale") == 1
    assert "reproduced, at a reduced scale" in text
    assert "0.4 [0.33, 0.47] over 2 seeds; predicted at least 0.2" in text
    assert text.count("data:image/png;base64,") == 1


def _square() -> bytes:
    png: bytes = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 8, 8), False).tobytes("png")
    return png


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("see Figures 2 and Fig. 3", ["Figure 2", "Figure 3"]),
        ("Table IV, tab. 1", ["Table IV", "Table 1"]),
        ("a configuration 2, tables turned, figure it out", []),
    ],
)
def test_figures_are_known_by_how_papers_name_them(text: str, labels: list[str]) -> None:
    assert named_in(text) == labels


def block(
    index: int, kind: BlockKind, text: str, box: tuple[float, float, float, float], about: int | None = None
) -> Block:
    """A block on the first page."""
    x0, y0, x1, y1 = box
    return Block(
        index=index, kind=kind, text=text, page=1, boxes=(Box(page=1, x0=x0, y0=y0, x1=x1, y1=y1),), about=about
    )


def test_where_only_a_piece_of_a_drawing_was_seen_the_space_above_the_caption_is_taken() -> None:
    blocks = (
        block(0, BlockKind.TEXT, SENTENCE, (72, 50, 540, 100)),
        block(1, BlockKind.PICTURE, "", (200, 300, 220, 308)),
        block(2, BlockKind.CAPTION, "Figure 1: Curves.", (72, 320, 540, 340), about=1),
    )
    content = {"kind": NoteKind.QUESTION, "body": "Figure 1?", "fields": {}}
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    note = Note.model_validate({**content, "id": "n1", "revision": 1, "created_at": moment, "revised_at": moment})
    [figure] = figures_of(note, blocks)
    assert (figure.label, figure.caption) == ("Figure 1", "Curves.")
    assert (figure.box.y0, figure.box.y1) == (104, 316)
    assert json.loads(figure.box.model_dump_json())["page"] == 1
