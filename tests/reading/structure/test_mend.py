"""Words that a line's end, a ligature or an old font broke, made whole; and the way back to what was printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading.structure.mend import align, clean, join, vocabulary


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a reward mod-", "el is trained"], "a reward model is trained"),
        (["trained by self-", "play alone"], "trained by self-play alone"),
        (["a non-", "Markov process"], "a non-Markov process"),
        (["pages 10-", "20"], "pages 10- 20"),
        (["the end of it.", "Next"], "the end of it. Next"),
        (["soft\u00ad", "ware"], "software"),
        (["ﬁrst ﬂow"], "first flow"),
        (["see https://example.org/a", "/b.html for it"], "see https://example.org/a/b.html for it"),
        (["see https://example.org/a", "and others"], "see https://example.org/a and others"),
        (["either/", "or"], "either/or"),
    ],
)
def test_lines_are_joined_as_they_are_read(lines: list[str], expected: str) -> None:
    assert join(lines, {"model", "self-play"}) == expected


def test_a_hyphen_stays_where_the_document_writes_the_word_with_one() -> None:
    words = vocabulary(["the state-of-the-art result", "a well-known method"])
    assert join(["a well-", "known method"], words) == "a well-known method"


@pytest.mark.parametrize(
    ("drawn", "written"),
    [
        ("Poincar´e", "Poincaré"),
        ("G¨odel", "Gödel"),
        ("Mod`eles", "Modèles"),
        ("Luk¯ut˙e", "Lukūtė"),
        ("M ˛adry", "Mądry"),
        ("the end ˛", "the end ˛"),
        ("na¨ıve", "naïve"),
    ],
)
def test_accents_come_to_stand_on_their_letters(drawn: str, written: str) -> None:
    assert clean(drawn) == written


def test_a_quotation_mark_is_no_accent() -> None:
    assert clean("the `action' taken") == "the `action' taken"


@given(st.text(max_size=200))
def test_cleaning_is_done_once_and_for_all(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.lists(st.text("abcdef ghi-.,ﬁ", max_size=30), max_size=8))
def test_every_mended_character_leads_back_to_the_raw_text(lines: list[str]) -> None:
    raw, text = "\n".join(lines), join(lines)
    offsets = align(raw, text)
    assert len(offsets) == len(text)
    assert offsets == sorted(offsets)
    plain = {"f": "fﬁ", "i": "iﬁ"}
    for char, at in zip(text, offsets, strict=True):
        assert char == " " or raw[at] in plain.get(char, char)
