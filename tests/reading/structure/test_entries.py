"""Bibliographies cut into entries, whichever way their print sets the entries apart."""

import pytest

from kb.reading.structure.citation import read
from kb.reading.structure.entries import PlacedLine, cut
from kb.reading.structure.page import Line
from tests.reading.structure.lines import line, page


def entries(lines: list[Line]) -> list[str]:
    """The entries' texts."""
    one = page(*lines)
    return [" ".join(placed.line.text for placed in entry) for entry in cut([PlacedLine(each, one) for each in lines])]


def test_labels_start_entries_and_years_at_a_line_start_do_not() -> None:
    texts = ["[1] A. One. First.", "2019.", "[2] B. Two. Second.", "[3] C. Three. Third, in", "4. edition."]
    lines = [line(text, 72, 100 + 12 * at) for at, text in enumerate(texts)]
    assert entries(lines) == ["[1] A. One. First. 2019.", "[2] B. Two. Second.", "[3] C. Three. Third, in 4. edition."]


def test_hanging_indents_start_entries() -> None:
    lines = [
        line("One, A. First title in", 72, 100),
        line("two lines.", 82, 112),
        line("Two, B. Second title in", 72, 124),
        line("two lines too.", 82, 136),
        line("Three, C. In one line.", 72, 148),
    ]
    assert entries(lines) == [
        "One, A. First title in two lines.",
        "Two, B. Second title in two lines too.",
        "Three, C. In one line.",
    ]


def test_gaps_start_entries() -> None:
    heights = [100, 111, 127, 138, 154]
    texts = ["A. One. First title in", "two lines.", "B. Two. Second title", "in two.", "C. Three. Third."]
    lines = [line(text, 72, y) for text, y in zip(texts, heights, strict=True)]
    assert entries(lines) == ["A. One. First title in two lines.", "B. Two. Second title in two.", "C. Three. Third."]


@pytest.mark.parametrize(
    ("text", "title", "year", "arxiv_id"),
    [
        (
            "[1] A. Turing. Computing machinery and intelligence. Mind, 1950.",
            "Computing machinery and intelligence",
            1950,
            None,
        ),
        ("Bostrom, N. (2014). Superintelligence. Dunod.", "Superintelligence", 2014, None),
        ("Smith, N. A. (2013). New methods. arXiv preprint arXiv:1305.1319.", "New methods", 2013, "1305.1319"),
        ("Alan Akbik and Roland Vollgraf. 2018. String embeddings. In COLING.", "String embeddings", 2018, None),
        (
            "Dan Hendrycks. Unsolved problems in ml safety. ArXiv, abs/2109.13916, 2021.",
            "Unsolved problems in ml safety",
            2021,
            "2109.13916",
        ),
        ("[7] R. Girshick. Fast R-CNN. In ICCV, 2015.", "Fast R-CNN", 2015, None),
        ("Silver, D. “Mastering the game of Go,” Nature, 2016.", "Mastering the game of Go", 2016, None),
        ("J. Doe. An old one. arXiv:hep-th/9901001, 1999.", "An old one", 1999, "hep-th/9901001"),
        ("van Hasselt, H. Double Q-learning. NIPS, 23:2613–2621, 2010.", "Double Q-learning", 2010, None),
    ],
)
def test_an_entry_is_read(text: str, title: str, year: int, arxiv_id: str | None) -> None:
    reference = read(text, 0)
    assert (reference.title, reference.year, reference.arxiv_id) == (title, year, arxiv_id)


def test_a_doi_is_read_without_what_follows_it() -> None:
    assert (
        read("A. One. A title. Nature, 2015. doi:10.1038/nature14236. URL https://x.org", 0).doi
        == "10.1038/nature14236"
    )


def test_an_entry_without_anything_known_is_kept_whole() -> None:
    reference = read("personal communication", 4)
    assert (reference.index, reference.text, reference.title, reference.year) == (4, "personal communication", "", None)
