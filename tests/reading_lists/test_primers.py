"""The primers keep their form: complete front matter, the agreed length and sections, plain text, named sources."""

import re

import pytest

from tests.reading_lists.primer_files import NAMES, primer

KEYS = {"id", "title", "authors", "year", "abstract", "agendas", "concepts", "reads_next"}
ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}")
CITED = re.compile(r"\b\d{4}\.\d{4,5}\b")


def test_all_five_subjects_are_there() -> None:
    """Each subject that the reading lists lean on has its primer."""
    assert set(NAMES) >= {
        "next-token-loss-and-myopia",
        "variational-inference-from-kl-divergence",
        "control-as-inference",
        "kl-penalised-rlhf-as-bayesian-inference",
        "goal-misgeneralisation",
    }


@pytest.mark.parametrize("name", NAMES)
def test_front_matter_is_complete(name: str) -> None:
    """Every field is there and filled, and the id is the file's name."""
    front = primer(name).front
    assert set(front) == KEYS
    assert front["id"] == name
    assert front["authors"] == ["Inside View"]
    assert all(front[key] for key in KEYS)
    assert 2 <= len(re.findall(r"\.(?:\s|$)", front["abstract"])) <= 4


@pytest.mark.parametrize("name", NAMES)
def test_length_and_sections(name: str) -> None:
    """A primer is read in one sitting and always ends with doubts, next readings and sources."""
    body = primer(name).body
    assert 600 <= len(body.split()) <= 1200
    sections = primer(name).sections
    assert len(sections) - 1 in range(4, 8), "references not counted"
    assert "Why this matters for alignment" in sections
    assert sections[-3:] == ["Where the argument can fail", "What to read next", "References"]


@pytest.mark.parametrize("name", NAMES)
def test_plain_text_only(name: str) -> None:
    """No LaTeX, tables, images, footnotes or raw HTML: the text must read the same in a terminal and in a PDF."""
    body = primer(name).body
    assert not re.search(r"\$|\\[a-z]+|!\[|\[\^|^\|.*\|$|</?[a-z]+>", body, re.MULTILINE)
    assert not re.search(r"^# ", body, re.MULTILINE), "the title comes from the front matter"
    assert max(len(paragraph.split()) for paragraph in body.split("\n\n")) <= 160


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_named(name: str) -> None:
    """Ids are well-formed, and whatever the text cites stands among the references."""
    read = primer(name)
    assert all(ARXIV_ID.fullmatch(paper) for paper in read.front["reads_next"])
    cited = set(CITED.findall(read.body.partition("## References")[0])) | set(read.front["reads_next"])
    assert cited
    assert cited <= set(CITED.findall(read.references))
