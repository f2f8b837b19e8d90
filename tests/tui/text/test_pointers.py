"""From what a text points to, to the place that is meant, and back."""

import pytest

from kb.models.text import Block, BlockKind
from tui.text.jumps import Jumps
from tui.text.pointers import follow
from tui.text.reflow import LaidOutPaper, TextPosition, typeset

PARTS = (
    (
        BlockKind.TEXT,
        "As Figure 2 and Table 1 show, see Section 2.1 or Appendix A, [2], 1706.03741, Hubinger et al. (2019).",
    ),
    (BlockKind.CAPTION, "Figure 1: One."),
    (BlockKind.CAPTION, "Figure 2. Two."),
    (BlockKind.CAPTION, "Table 1: Numbers."),
    (BlockKind.HEADING, "2 Method"),
    (BlockKind.HEADING, "2.1 Setting"),
    (BlockKind.HEADING, "A Proofs"),
    (BlockKind.REFERENCE, "[1] Christiano, P. Deep reinforcement learning. 2017. arXiv:1706.03741."),
    (BlockKind.REFERENCE, "[2] Hubinger, E. et al. Risks from learned optimization. 2019."),
    (BlockKind.TEXT, "Figure 9 is not in this paper, and nobody (1850) is."),
)


def page() -> LaidOutPaper:
    """A page with something to point to."""
    return typeset([Block(index=i, kind=kind, text=text, page=1) for i, (kind, text) in enumerate(PARTS)], 70)


@pytest.mark.parametrize(
    ("words", "block"),
    [
        ("Figure 2", 2),
        ("Table 1", 3),
        ("Section 2.1", 5),
        ("Appendix A", 6),
        ("[2]", 8),
        ("1706.03741", 7),
        ("Hubinger et al. (2019)", 8),
    ],
)  # fmt: skip
def test_a_pointer_under_the_cursor_leads_to_its_place(words: str, block: int) -> None:
    at = PARTS[0][1].index(words)
    pointer = follow(page(), TextPosition(0, at + 1))
    assert pointer is not None
    assert pointer.target == TextPosition(block, 0)


def test_between_pointers_the_next_one_is_followed_and_behind_the_last_the_last() -> None:
    first, last = follow(page(), TextPosition(0, 0)), follow(page(), TextPosition(0, len(PARTS[0][1]) - 1))
    assert first is not None
    assert first.label == "Figure 2"
    assert last is not None
    assert last.target == TextPosition(8, 0)


def test_what_is_not_in_the_paper_points_nowhere() -> None:
    assert follow(page(), TextPosition(9, 0)) is None


def test_a_caption_does_not_point_to_itself() -> None:
    assert follow(page(), TextPosition(2, 0)) is None


def test_jumps_go_back_and_forth_and_forget_what_was_ahead() -> None:
    jumps = Jumps()
    here, there, elsewhere = TextPosition(1, 0), TextPosition(5, 0), TextPosition(9, 0)
    assert jumps.back(here) is None
    jumps.leave(here)
    assert jumps.back(there) == here
    assert jumps.on(here) == there
    assert jumps.back(there) == here
    jumps.leave(elsewhere)
    assert jumps.on(elsewhere) is None
