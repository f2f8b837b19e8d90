"""Places where a quote may stand that is not found for sure, and what a reader does about it."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.errors import UsageError
from kb.library.anchor_report import AnchorReport
from kb.library.anchors import QuoteLocator
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.quote_candidates import candidates
from kb.library.quote_repair import with_quote, with_quote_kept
from kb.library.record import Record
from kb.models.anchor import Anchor, AnchorState, Selector
from kb.models.note import HighlightFields, Note, NoteContent
from kb.models.note_kind import NoteKind
from kb.models.paper import PaperDraft
from kb.models.text import Block, BlockKind

TEXT = (
    "The debate game has two agents. It is harder to lie than to refute a lie.",
    "We report one result. The debate game is played by people, too.",
    "Agents that are trained in this way answer questions that judges cannot check.",
)


@pytest.fixture
def record(home: Home) -> Iterator[Record]:
    """An empty record."""
    with Record.open(home) as opened:
        yield opened


def blocks(*texts: str) -> tuple[Block, ...]:
    """One block a text, each on a page of its own."""
    return tuple(Block(index=index, kind=BlockKind.TEXT, text=text, page=index + 1) for index, text in enumerate(texts))


def note_with(record: Record, anchor: Anchor) -> Note:
    """A highlight on a paper."""
    paper = Papers(record).add(PaperDraft(title="A paper"))
    content = NoteContent(kind=NoteKind.HIGHLIGHT, paper=paper.id, fields=HighlightFields(), anchors=(anchor,))
    return Notes(record).create(content)


def test_every_equal_place_is_told_the_one_with_the_right_surroundings_first() -> None:
    found = candidates(blocks(*TEXT), Selector(quote="the debate game", suffix=" is played by people", page=2), "v")
    assert [(one.anchor.page, one.anchor.quote, one.alike) for one in found] == [
        (2, "The debate game", 100),
        (1, "The debate game", 100),
    ]


def test_where_no_place_is_equal_the_likest_come_in_whole_words() -> None:
    changed = Selector(quote="Agents trained like this answer questions that a judge cannot check.", page=3)
    found = candidates(blocks(*TEXT), changed, "v")
    assert found[0].anchor.quote == TEXT[2]
    assert found[0].anchor.first_block == 2
    assert 60 < found[0].alike < 100
    assert all(" " not in (one.anchor.quote[:1], one.anchor.quote[-1:]) for one in found)


def test_nothing_alike_gives_no_place() -> None:
    assert candidates(blocks(*TEXT), Selector(quote="zygotic quasars exfoliate numismatic wombats"), "v") == ()
    assert candidates(blocks(*TEXT), Selector(quote="…"), "v") == ()
    assert candidates((), Selector(quote="The debate game"), "v") == ()


def test_a_quote_that_is_taken_from_a_place_is_found_there_and_only_there(record: Record) -> None:
    text = blocks(*TEXT)
    lost = Anchor(id="a1", quote="the debate game", state=AnchorState.AMBIGUOUS)
    note = note_with(record, lost)
    place = candidates(text, lost, "v")[-1].anchor
    mended = Notes(record).edit(note.id, with_quote(note, 0, place)).anchors[0]
    assert mended.id == "a1"
    again = QuoteLocator(text, "v").locate(mended)
    assert (again.state, again.first_block) == (AnchorState.EXACT, place.first_block)
    assert Notes(record).undo(note.id).anchors == note.anchors


def test_a_quote_that_shall_stay_is_reported_no_more_also_after_a_new_parse(record: Record) -> None:
    lost = Anchor(quote="zygotic quasars exfoliate", state=AnchorState.ORPHANED)
    note = note_with(record, lost)
    assert [one.note for one in AnchorReport(record).placed()] == [note.id]
    kept = Notes(record).edit(note.id, with_quote_kept(note, 0))
    assert AnchorReport(record).placed() == ()
    again = QuoteLocator(blocks(*TEXT), "v2").locate(kept.anchors[0])
    assert again.kept
    Notes(record).place(note.id, (again,))
    assert AnchorReport(record).placed() == ()
    assert [one.note for one in AnchorReport(record).placed(with_kept=True)] == [note.id]


def test_a_note_without_such_a_quote_is_told(record: Record) -> None:
    note = note_with(record, Anchor(quote="The debate game"))
    with pytest.raises(UsageError, match="no quote 2"):
        with_quote_kept(note, 1)
