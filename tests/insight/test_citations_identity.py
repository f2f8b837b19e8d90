"""Whether a reference names a paper of the library: a title is not enough where author and year say otherwise."""

import pytest

from kb.insight.citations import cited_in_library
from kb.models.text import Reference
from tests.export.papers import paper

TITLE = "Inference in slow understanding"


@pytest.mark.parametrize(
    ("text", "year", "named"),
    [
        ("Doe, A. Inference in slow understanding. 1980.", 1980, True),
        ("Doe, A. Inference in slow understanding. Reprinted 1999.", 1999, True),
        ("Inference in slow understanding.", None, True),
        ("Roe, B. Inference in slow understanding. 1997.", 1997, False),
    ],
)
def test_a_reference_to_a_namesake_is_not_one_to_the_paper(text: str, year: int | None, named: bool) -> None:
    known = paper(TITLE, id="doe", authors=("Ann Doe",), year=1980)
    assert cited_in_library([Reference(index=1, text=text, title=TITLE, year=year)], [known]) == [
        "doe" if named else None
    ]


def test_titles_without_letters_name_nothing() -> None:
    known = paper("?" * 20, id="odd", authors=(), year=None)
    assert cited_in_library([Reference(index=1, text="x", title="!" * 20)], [known]) == [None]
