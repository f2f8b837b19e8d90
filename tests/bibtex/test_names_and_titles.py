"""Authors' names as BibTeX and sentences want them, and the capitals of titles."""

import pytest

from kb.bibtex.names import bibtex_authors, family_name, listed_authors, short_authors
from kb.bibtex.titles import protected_title


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Paul Christiano", "Paul Christiano"),
        ("Aaron van den Oord", "Aaron van den Oord"),
        ("Christiano, Paul", "Christiano, Paul"),
        ("Sammy Davis Jr.", "Davis, Jr., Sammy"),
        ("Henry Ford III", "Ford, III, Henry"),
        ("OpenAI, Inc.", "{OpenAI, Inc.}"),
        ("Gemini Team", "{Gemini Team}"),
        ("Johnson and Johnson", "{Johnson and Johnson}"),
        ("et al.", "others"),
        ("Ann O'Brien & Co", r"Ann O'Brien \& Co"),
    ],
)
def test_a_name_for_bibtex(name: str, written: str) -> None:
    assert bibtex_authors([name]) == written


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Aaron van den Oord", "van den Oord"),
        ("Christiano, Paul", "Christiano"),
        ("Sammy Davis Jr.", "Davis"),
        ("OpenAI", "OpenAI"),
        ("Gemini Team", "Gemini Team"),
        ("bell hooks", "hooks"),
        ("Ludwig van Beethoven Smith", "van Beethoven Smith"),
    ],
)
def test_a_family_name(name: str, family: str) -> None:
    assert family_name(name) == family


def test_names_in_a_sentence() -> None:
    assert listed_authors(["A B"]) == "A B"
    assert listed_authors(["A B", "C D", "E F"]) == "A B, C D and E F"
    assert listed_authors([f"A {n}" for n in range(20)]) == "A 0, A 1, A 2 and 17 others"
    assert listed_authors([]) == ""
    assert short_authors(["Paul Christiano", "Jan Leike", "Tom Brown"]) == "Christiano et al."
    assert short_authors(["Paul Christiano", "Jan Leike"]) == "Christiano and Leike"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Deep Reinforcement Learning from Human Preferences", "Deep Reinforcement Learning from Human Preferences"),
        (
            "Deep reinforcement learning in Minecraft and Atari",
            "Deep reinforcement learning in {Minecraft} and {Atari}",
        ),
        ("GPT-3 and InstructGPT", "{GPT}-3 and {InstructGPT}"),
        ("Dueling Deep Q-Networks", "Dueling Deep {Q}-Networks"),
        ("EXPLAINING AND HARNESSING ADVERSARIAL EXAMPLES", "EXPLAINING AND HARNESSING ADVERSARIAL EXAMPLES"),
        ("Concrete problems: What the field of Russell wants", "Concrete problems: What the field of {Russell} wants"),
        ("Is power good? Turner asks his many readers", "Is power good? {Turner} asks his many readers"),
        ("An 80% solution_x", r"An 80\% solution\_x"),
        ("", ""),
    ],
)
def test_capitals_that_belong_to_a_word_are_protected(title: str, written: str) -> None:
    assert protected_title(title) == written
