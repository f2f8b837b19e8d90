"""The primers keep their form: complete front matter, the agreed length and sections, plain text, named sources."""

import re

import pytest

from tests.reading_lists.map_files import REPRODUCTIONS
from tests.reading_lists.primer_files import NAMES, primer

KEYS = {"id", "title", "authors", "year", "abstract", "agendas", "concepts", "reads_next"}
ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}")
CITED = re.compile(r"\b\d{4}\.\d{4,5}\b")
FIGURE = re.compile(r"^```\n(.+?)\n```\n\nFigure \d\. .+\.$", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"^(\d)\. ", re.MULTILINE)
WIDEST = 67
"""Characters of a figure's line: what a line of the PDF and a narrow terminal hold."""


def test_all_subjects_are_there() -> None:
    """Each subject that the reading lists lean on has its primer."""
    assert set(NAMES) >= {
        "training-a-network",
        "parameters-and-features",
        "computation-per-token-and-chain-of-thought",
        "hyperparameters-in-retrospect",
        "graphical-models-and-message-passing",
        "decision-transformers",
        "causal-influence-diagrams",
        "reward-models-and-overoptimisation",
        "deception-control-and-monitors",
        "how-to-read-an-ml-paper",
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
    assert 800 <= len(body.split()) <= 1500
    sections = primer(name).sections
    assert len(sections) - 1 in range(5, 9), "references not counted"
    assert "Why this matters for alignment" in sections
    assert sections[-4:] == ["Where the argument can fail", "Exercises", "What to read next", "References"]


@pytest.mark.parametrize("name", NAMES)
def test_figure(name: str) -> None:
    """A figure of plain characters with a caption; no line is indented, for a page's text loses what it begins with."""
    figures = FIGURE.findall(primer(name).body)
    assert figures
    assert len(figures) == primer(name).body.count("```") / 2
    for line in "\n".join(figures).splitlines():
        assert line.isascii()
        assert line.strip() == line != ""
        assert len(line) <= WIDEST


@pytest.mark.parametrize("name", NAMES)
def test_exercises_have_answers(name: str) -> None:
    """Two things to work out, and what comes out."""
    asked, _, answers = primer(name).section("Exercises").partition("### Answers")
    assert ITEM.findall(asked) == ITEM.findall(answers) == ["1", "2"]


@pytest.mark.parametrize("name", NAMES)
def test_worked_example_and_reproduction(name: str) -> None:
    """The numbers have their place, and the last word goes to an experiment that can be run."""
    assert re.search(r"^### .*worked example", primer(name).body, re.MULTILINE | re.IGNORECASE)
    assert set(re.findall(r"`([a-z-]+)`", primer(name).section("What to read next"))) & REPRODUCTIONS


@pytest.mark.parametrize("name", NAMES)
def test_plain_text_only(name: str) -> None:
    """No LaTeX, tables, images, footnotes or raw HTML: the text must read the same in a terminal and in a PDF."""
    body = FIGURE.sub("", primer(name).body)
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
    sources = re.findall(r"^- .+$", read.references, re.MULTILINE)
    assert [source for source in sources if "arXiv:" not in source and not re.search(r"https?://", source)] == []
