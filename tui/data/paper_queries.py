"""Questions to the record and the texts, answered with values that a screen can show; all on the client's thread."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from tui.data.view_models import OpenedPaper

if TYPE_CHECKING:
    from kb.models.note import Note
    from kb.models.text import Block
    from tui.data.library_files import LibraryFiles


def open_paper(files: "LibraryFiles", paper_id: str) -> OpenedPaper:
    """A paper with its text as it is parsed now."""
    from kb.library.papers import Papers
    from kb.library.reading_sessions import ReadingSessions

    papers, readings = Papers(files.record()), ReadingSessions(files.record())
    paper = papers.get(paper_id)
    version = papers.current(paper.id)
    if version is None:
        return OpenedPaper(paper, notes=notes_of(files, paper.id))
    texts = files.texts()
    report = texts.report(version.sha256)
    return OpenedPaper(
        paper,
        version,
        readable_blocks(texts.blocks(version.sha256)),
        tuple(texts.sections(version.sha256)),
        notes_of(files, paper.id),
        papers.place(paper.id),
        report.stage if report else 0,
        report.warnings if report else (),
        readings.seen(paper.id),
        readings.bookmarks(paper.id),
    )


def readable_blocks(blocks: "Sequence[Block]") -> "tuple[Block, ...]":
    """The blocks without all but the last of a run of bare pictures: parsers find dozens in one figure."""
    return tuple(
        block
        for block, after in zip_longest(blocks, blocks[1:])
        if not (is_bare_picture(block) and after is not None and is_bare_picture(after) and after.page == block.page)
    )


def is_bare_picture(block: "Block") -> bool:
    """A picture of which there is nothing to read."""
    return block.kind.value == "picture" and block.text.strip("[] ").lower() in ("", "figure", "picture")


def notes_of(files: "LibraryFiles", paper_id: str) -> "tuple[Note, ...]":
    """A paper's notes."""
    from kb.library.notes import Notes

    return Notes(files.record()).all(paper=paper_id)
