"""The real papers: metadata, headings, reading order and references, from the file alone and in stage 1."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kb.models.text import BlockKind, ParsedDocument
from kb.reading.parser import ParserChild
from tests.benchmarks.parsing_truth import Counts, compare, read_truth, same_abstract, same_title
from tests.support.pdfs import spans
from tests.support.shared_data import SHARED, shared, shared_files

PAPERS = shared_files("papers", "*.pdf")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not PAPERS, reason=f"the real data is missing: {SHARED}")]

PRINTED_LABELS = {
    "1312.5602v1": 26,
    "1512.03385v1": 50,
    "1706.03762v5": 40,
    "1706.06083v4": 31,
    "2305.18290v3": 51,
    "2310.06825v1": 29,
    "2402.10260v2": 44,
    "nostamp_7219-simple-and-scalable-predictive-uncertainty-estimation-u": 61,
}
"""The number that the last entry of the bibliography has in print."""


CROSSING = [
    ("1206.5533v2", "is different from ordinary gradient descent, sometimes called"),
    ("1206.5533v2", "feature hierarchy with respect to some objective of interest"),
    ("1206.5533v2", "for really large training sets it may not be possible"),
    ("1511.06581v3", "In this paper, we use the improved Double DQN (DDQN)"),
    ("1511.06581v3", "In Baird’s original advantage updating algorithm, the shared"),
    ("1511.06581v3", "changes to appear as large improvements when neither the agent"),
    ("1511.06581v3", "while sharing a common convolutional feature learning module"),
    ("1512.03385v1", "have also greatly benefited from very deep models"),
    ("1512.03385v1", "VGG’s paper [41] reports a center-crop error"),
    ("1512.03385v1", "We have shown that parameter-free, identity shortcuts help with training"),
    ("1512.03385v1", "has a mini-batch size of 8 images (i.e., 1 per GPU)"),
    ("1706.04599v2", "by combining network outputs with a language model in speech recognition"),
    ("1706.04599v2", "The far right plot in Figure 2 displays training error and ECE"),
    ("1706.04599v2", "histogram binning using Bayesian model averaging"),
    ("1810.04805v2", "Given a question and a passage from Wikipedia containing the answer"),
    ("1810.04805v2", "approximately 40 epochs over the 3.3 billion word corpus"),
    ("2304.13734v2", "predict the truthfulness of generated statements"),
    ("2304.13734v2", "to determine which sentences the LLM “believes” are true"),
    ("2307.13702v1", "Each reasoning sample is then split into sentences for analysis"),
    ("2307.13702v1", "for the three lowest-AOC tasks"),
    ("2310.12036v2", "on a selection of standard language tasks they are competitive"),
    ("2310.12036v2", "modelisation assumption that assumes that pairwise preferences can be substituted"),
    ("nostamp_gpt-2", "systems on language tasks utilize a combination of pre-training"),
    ("nostamp_gpt-2", "Questions dataset (Kwiatkowski et al., 2019) is a promising resource"),
    ("nostamp_Interruptibility", "does not use the realized actions as Sarsa usually does"),
    ("1706.03762v5", "the output is subject to strong structural constraints"),
    ("2312.06942v5", "modifications might fail to blend seamlessly with the existing solution"),
]
"""Sentences that run over the end of a column or page in print."""


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ParsedDocument]:
    """Every paper, read without its outline."""
    folder = tmp_path_factory.mktemp("bare")
    with ParserChild() as child:
        return dict(_documents(child, folder))


def _documents(child: ParserChild, folder: Path) -> Iterator[tuple[str, ParsedDocument]]:
    """Each paper's name and document."""
    for file in PAPERS:
        with pymupdf.open(file) as document:
            document.set_toc([])
            document.save(folder / file.name)
        *_, last = child.parse(folder / file.name, "7" * 64, spans, stage=1)
        assert isinstance(last, ParsedDocument)
        yield file.stem, last


def test_headings_are_found_without_the_outline(parsed: dict[str, ParsedDocument]) -> None:
    counts = Counts(0, 0, 0)
    for name, truth in read_truth(shared("parse_truth", "outlines.jsonl"), shared("papers")).items():
        document = parsed.get(Path(name).stem)
        if document and truth.outline:
            counts += compare([(section.title, section.page) for section in document.sections], truth.outline)
    assert counts.scores()["f1"] >= 0.88


def test_titles_and_abstracts_are_right(parsed: dict[str, ParsedDocument]) -> None:
    truths = read_truth(shared("parse_truth", "metadata.jsonl"), shared("papers"))
    titles = [same_title(document.metadata.title, truths[f"{name}.pdf"].title) for name, document in parsed.items()]
    abstracts = [
        same_abstract(document.metadata.abstract, truths[f"{name}.pdf"].abstract)
        for name, document in parsed.items()
        if truths[f"{name}.pdf"].abstract
    ]
    assert sum(titles) >= 28 / 30 * len(titles)
    assert sum(abstracts) >= 0.9 * len(abstracts)


def test_every_paper_has_an_abstract_of_a_paragraph(parsed: dict[str, ParsedDocument]) -> None:
    lengths = {name: len(document.metadata.abstract) for name, document in parsed.items()}
    assert sum(400 < length < 2200 for length in lengths.values()) >= 27, lengths


def test_the_stamp_gives_id_and_version(parsed: dict[str, ParsedDocument]) -> None:
    for name, document in parsed.items():
        expected = None if name.startswith("nostamp") else name
        metadata = document.metadata
        found = f"{metadata.arxiv_id}{metadata.arxiv_version}" if metadata.arxiv_id else None
        assert found == expected


@pytest.mark.parametrize("name", PRINTED_LABELS)
def test_a_bibliography_is_cut_at_every_label(parsed: dict[str, ParsedDocument], name: str) -> None:
    references = parsed[name].references
    labels = [int(re.match(r"\[(\d+)\]", entry.text)[1]) for entry in references if entry.text.startswith("[")]  # type: ignore[index]
    assert labels == list(range(1, PRINTED_LABELS[name] + 1))
    assert sum(bool(entry.title and entry.year) for entry in references) >= 0.95 * len(references)


@pytest.mark.parametrize(("name", "sentence"), CROSSING)
def test_a_sentence_over_the_end_of_a_column_or_page_is_whole(
    parsed: dict[str, ParsedDocument], name: str, sentence: str
) -> None:
    assert any(sentence in block.text for block in parsed[name].blocks)


def test_printed_arxiv_ids_are_found(parsed: dict[str, ParsedDocument]) -> None:
    printed = found = 0
    for document in parsed.values():
        for entry in document.references:
            if "arxiv" in entry.text.lower() and re.search(r"\d{4}\.\d{4,5}", entry.text):
                printed += 1
                found += entry.arxiv_id is not None
    assert printed > 300
    assert found >= 0.9 * printed


def test_nearly_all_words_stand_in_some_block(parsed: dict[str, ParsedDocument]) -> None:
    assert all((document.report.coverage or 0) > 0.97 for document in parsed.values())


def test_the_outline_of_a_file_becomes_its_sections() -> None:
    truths = [json.loads(line) for line in shared("parse_truth", "outlines.jsonl").read_text().splitlines()]
    with ParserChild() as child:
        for truth in truths:
            *_, document = child.parse(shared(truth["file"]), "6" * 64, spans, stage=1)
            assert isinstance(document, ParsedDocument)
            found = [(section.level, section.page) for section in document.sections]
            assert found == [(level, page) for level, _, page in truth["outline"]]


def test_text_keeps_clear_of_running_heads(parsed: dict[str, ParsedDocument]) -> None:
    texts = [block.text for block in parsed["1412.6572v3"].blocks if block.kind is BlockKind.TEXT]
    assert not [text for text in texts if "Published as a conference paper" in text]
