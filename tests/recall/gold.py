"""The gold set: questions over papers and primers, indexed through the product, and the share that it answers."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kb.config import Home
from kb.finding import Finder
from kb.indexing import drain
from kb.library.record import Record
from kb.models.search import Mode
from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport, Section
from kb.reading.parser import ParserChild
from kb.reading.passages import cut
from kb.recall.embed import Embedder
from kb.recall.texts import Texts

ROOT = Path(__file__).parents[2]
PAPERS = ROOT.parent / "shared" / "data" / "papers"
PRIMERS = ROOT / "reading_lists" / "primers"


@dataclass(frozen=True)
class Question:
    """What is asked, and the papers of which one answers it."""

    text: str
    answers: frozenset[str]


def questions(*, papers: bool) -> list[Question]:
    """All questions, or those that the primers alone answer."""
    rows = yaml.safe_load((Path(__file__).parent / "gold.yaml").read_text("utf-8"))
    asked = [Question(row["q"], frozenset({row["in"], *row.get("also", ())})) for row in rows]
    primers = {file.stem for file in PRIMERS.glob("*.md")}
    return [question for question in asked if papers or question.answers & primers]


def index(home: Home, embedder: Embedder, *, papers: bool, first: int | None = None) -> None:
    """Index the primers and, where asked, the papers; ``first`` takes that many passages of each."""
    with Texts(home.texts) as texts, Record.open(home) as record:
        for name, title, document in _documents(embedder, papers=papers):
            kept = document.passages[:first]
            texts.put(name, document.model_copy(update={"passages": kept}), title=title)
        for _ in drain(home, record, texts, embedder):
            pass


def recall_at(finder: Finder, asked: Sequence[Question], mode: Mode, depth: int = 5) -> tuple[float, list[str]]:
    """Share of the questions with an answer among the first papers, and the questions that have none."""
    missed = []
    for question in asked:
        hits = finder.search(question.text, where="passages", mode=mode, limit=depth, grouped=True).hits
        if not question.answers & {hit.paper for hit in hits}:
            missed.append(question.text)
    return 1 - len(missed) / len(asked), missed


def _documents(embedder: Embedder, *, papers: bool) -> Iterator[tuple[str, str, ParsedDocument]]:
    for file in sorted(PRIMERS.glob("*.md")):
        document, title = _primer(file, embedder)
        yield file.stem, title, document
    if papers:
        with ParserChild() as child:
            for file in sorted(PAPERS.glob("*.pdf")):
                sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
                for step in child.parse(file, sha256, embedder.spans, stage=1):
                    if isinstance(step, ParsedDocument):
                        yield (
                            file.stem.split("v")[0] if file.stem[0].isdigit() else file.stem,
                            step.metadata.title,
                            step,
                        )


def _primer(file: Path, embedder: Embedder) -> tuple[ParsedDocument, str]:
    """A primer's Markdown as blocks under its headings."""
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    blocks: list[Block] = []
    sections: list[Section] = []
    title = ""
    for text in file.read_text("utf-8").split("\n\n"):
        text = text.strip()
        if text.startswith("---") or not text:
            title = next((line[6:].strip(" \"'") for line in text.splitlines() if line.startswith("title:")), title)
        elif text.startswith("#"):
            level = len(text) - len(text.lstrip("#"))
            heading = text.lstrip("# ")
            title = title or heading
            sections.append(Section(index=len(sections), level=level, title=heading, page=1, first_block=len(blocks)))
        else:
            section = len(sections) - 1 if sections else None
            blocks.append(Block(index=len(blocks), kind=BlockKind.TEXT, text=text, page=1, section=section))
    report = ParseReport(stage=1, parser="primer 1", pages=1)
    passages = cut(blocks, sections, embedder.spans, sha256)
    return ParsedDocument(sha256=sha256, report=report, blocks=tuple(blocks), passages=passages), title
