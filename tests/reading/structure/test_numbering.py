"""Section numbers: what counts as one, and which form a sequence."""

import pytest

from kb.reading.structure.numbering import depth, number, rising, unnumbered


@pytest.mark.parametrize(
    ("text", "found", "level"),
    [
        ("1 Introduction", "1", 1),
        ("3.2.1 Details", "3.2.1", 3),
        ("4. Results", "4", 1),
        ("A Proofs", "A", 1),
        ("B.2 Data", "B.2", 2),
        ("IV. RESULTS", "IV", 1),
        ("Appendix C Prompts", "C", 1),
        ("S1. Further Information", "S1", 1),
        ("Introduction", "", 0),
        ("2019 was a good year", "", 0),
        ("A", "", 0),
    ],
)
def test_a_heading_says_its_number(text: str, found: str, level: int) -> None:
    assert (number(text), depth(text)) == (found, level)


def test_the_number_can_be_taken_off() -> None:
    assert unnumbered("3.1 Setup of it") == "Setup of it"


def test_numbers_that_do_not_rise_are_left_out() -> None:
    texts = [
        "1 Introduction",
        "2 Method",
        "40 Model size",
        "2.1 Data",
        "7 Episodes",
        "3 Results",
        "A Proofs",
        "A.1 More",
    ]
    assert rising(texts) == {0, 1, 3, 5, 6, 7}


def test_roman_numbers_rise_by_their_value() -> None:
    texts = ["I. Introduction", "II. Method", "III. Data", "IV. Results", "V. Discussion", "IX. Appendix"]
    assert rising(texts) == set(range(6))
