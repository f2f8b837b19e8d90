"""Moving and selecting by word, sentence and paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.models.text import Block, BlockKind
from tui.text import motion
from tui.text.finding import find_all, first_after
from tui.text.marks import find_quote, moved
from tui.text.reflow import LaidOutPaper, TextPosition, text_between, typeset
from tui.text.units import sentences, words


def page(*texts: str) -> LaidOutPaper:
    """A page of paragraphs."""
    return typeset([Block(index=i, kind=BlockKind.TEXT, text=text, page=1) for i, text in enumerate(texts)], 60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("As Mnih et al. (2015) say, it works. It does.", ["As Mnih et al. (2015) say, it works.", "It does."]),
        ("See Fig. 3 of J. Smith. Next!", ["See Fig. 3 of J. Smith.", "Next!"]),
        ("It is 0.5 of all, e.g. here. “Really?” Yes", ["It is 0.5 of all, e.g. here.", "“Really?”", "Yes"]),
        ("強化学習は学ぶ。次の文。", ["強化学習は学ぶ。", "次の文。"]),
        ("no stop at the end", ["no stop at the end"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(max_size=200))
def test_sentences_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    left = list(text)
    for start, end in spans:
        left[start:end] = [" "] * (end - start)
    assert not "".join(left).strip()


def test_words_run_on_into_the_next_paragraph_and_back() -> None:
    two = page("alpha beta", "gamma")
    assert motion.onward(two, TextPosition(0, 6), words) == TextPosition(1, 0)
    assert motion.back(two, TextPosition(1, 0), words) == TextPosition(0, 6)
    assert motion.onward(two, TextPosition(1, 0), words) is None


def test_growing_takes_the_rest_of_the_sentence_first_and_then_the_next() -> None:
    two = page("One two. Three four.", "Five.")
    first = motion.range_at(two, TextPosition(0, 0), words)
    sentence = motion.grown(two, first, sentences)
    assert text_between(two.texts, *sentence) == "One two."
    both = motion.grown(two, sentence, sentences)
    assert text_between(two.texts, *both) == "One two. Three four."
    assert text_between(two.texts, *motion.grown(two, both, sentences)) == "One two. Three four.\nFive."


def test_find_is_blind_to_case_unless_capitals_are_typed() -> None:
    texts = ["Reward and reward", "no"]
    assert len(find_all(texts, "reward")) == 2
    assert len(find_all(texts, "Reward")) == 1
    assert find_all(texts, "  ") == ()


def test_find_takes_what_is_typed_as_letters_and_not_as_a_pattern() -> None:
    assert find_all(["f(x)+[y]"], "(x)+[") == ((TextPosition(0, 1), TextPosition(0, 6)),)


def test_first_after_skips_the_place_itself() -> None:
    places = [TextPosition(0, 5), TextPosition(2, 0)]
    assert first_after(places, TextPosition(0, 5)) == TextPosition(2, 0)
    assert first_after(places, TextPosition(0, 5), inclusive=True) == TextPosition(0, 5)
    assert first_after(places, TextPosition(3, 0)) is None


def test_a_quote_is_found_at_its_own_block_before_an_earlier_twin() -> None:
    texts = ["the same words", "other", "the same words"]
    assert find_quote("same  words", texts, 2) == (TextPosition(2, 4), TextPosition(2, 14))
    assert find_quote("same words", texts, None) == (TextPosition(0, 4), TextPosition(0, 14))
    assert find_quote("absent", texts, 0) is None


def test_a_quote_over_two_blocks_is_found() -> None:
    found = find_quote("ends here\nand goes", ["this ends here", "and goes on"], 0)
    assert found == (TextPosition(0, 5), TextPosition(1, 8))


def test_a_place_is_known_again_in_a_text_that_was_cut_otherwise() -> None:
    old = "Alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu"
    fresh = ["Title", "Alpha beta gamma", "delta epsilon zeta eta theta iota kappa lambda mu"]
    at = old.index("iota")
    place = moved(TextPosition(0, at), old, fresh)
    assert place is not None
    assert fresh[place.block][place.offset :].startswith("iota")
    same = moved(TextPosition(0, at), old, ["Title", old])
    assert same == TextPosition(1, at)


def test_a_step_goes_over_the_edge_of_a_block_and_stays_at_the_ends() -> None:
    text = page("ab", "", "cd")
    way = [TextPosition(0, 0), TextPosition(0, 1), TextPosition(2, 0), TextPosition(2, 1)]
    for here, there in pairwise(way):
        assert motion.step(text, here, 1) == there
        assert motion.step(text, there, -1) == here
    assert motion.step(text, way[-1], 1) == way[-1]
    assert motion.step(text, way[0], -1) == way[0]
