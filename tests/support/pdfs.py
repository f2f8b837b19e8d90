"""Real PDFs made for a test, with PyMuPDF's own writer."""

import re
from collections.abc import Sequence
from pathlib import Path

import pymupdf

SENTENCE = "The reward model is trained on comparisons that people make between two answers. "


def write_text(page: pymupdf.Page, box: tuple[float, float, float, float], text: str, **style: object) -> None:
    """Put text into a box; fails where it does not fit, since nothing would be written then."""
    left = page.insert_textbox(pymupdf.Rect(box), text, **style)
    assert left >= 0, f"the text does not fit its box by {left} points"


def paper(path: Path, *, pages: int = 2, outline: Sequence[tuple[int, str, int]] = ()) -> Path:
    """A one-column paper: title, authors, abstract, three numbered sections over the pages, references."""
    document = pymupdf.open()
    for number in range(1, pages + 1):
        page = document.new_page()
        top = 72.0
        if number == 1:
            write_text(page, (100, 60, 512, 94), "Learning from Human Comparisons", fontsize=18, align=1)
            write_text(page, (100, 96, 512, 118), "Ada Lovelace and Alan Turing", fontsize=11, align=1)
            write_text(page, (100, 128, 512, 150), "Abstract", fontsize=12, fontname="hebo", align=1)
            write_text(page, (110, 152, 502, 210), SENTENCE * 3, fontsize=10)
            top = 230.0
        write_text(page, (72, top, 540, top + 22), f"{number} Section number {number}", fontsize=13, fontname="hebo")
        write_text(page, (72, top + 26, 540, top + 200), SENTENCE * 12, fontsize=10)
        write_text(page, (300, 758, 330, 775), str(number), fontsize=9)
    last = document[-1]
    write_text(last, (72, 520, 540, 542), "References", fontsize=13, fontname="hebo")
    write_text(
        last, (72, 545, 540, 575), "[1] A. Turing. Computing machinery and intelligence. Mind, 1950.", fontsize=10
    )
    if outline:
        document.set_toc([list(entry) for entry in outline])
    document.save(path)
    document.close()
    return path


def spans(text: str) -> list[tuple[int, int]]:
    """A simple tokenizer: pieces of words of at most four letters."""
    return [found.span() for found in re.finditer(r"\S{1,4}", text)]
