"""The gold set: questions over papers and primers, indexed through the product, and the share that it answers."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kb.config import Home
from kb.indexing.drain import drain
from kb.library.notes import Notes
from kb.library.record import Record
from kb.models.note import FIELDS_OF, NoteContent
from kb.models.note_kind import NoteKind, headline_field
from kb.models.search import Mode
from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport, Section
from kb.reading.parser import ParserChild
from kb.reading.passages import cut
from kb.recall.embed import Embedder
from kb.recall.texts import Texts
from kb.search.search_engine import SearchEngine

ROOT = Path(__file__).parents[2]
PAPERS = ROOT.parent / "shared" / "data" / "papers"
PRIMERS = ROOT / "reading_lists" / "primers"


@dataclass(frozen=True)
class Question:
    """What is asked, and the papers of which one answers it."""

    text: str
    answers: frozenset[str]
    says: str = ""
    """What stands in the passage that answers, where one place does."""


def questions(*, papers: bool) -> list[Question]:
    """All questions, or those that the primers alone answer."""
    rows = yaml.safe_load((Path(__file__).parent / "gold.yaml").read_text("utf-8"))
    asked = [Question(row["q"], frozenset({row["in"], *row.get("also", ())}), row.get("says", "")) for row in rows]
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


def recall_at(
    search_engine: SearchEngine, asked: Sequence[Question], mode: Mode, depth: int = 5
) -> tuple[float, list[str]]:
    """Share of the questions with an answer among the first papers, and the questions that have none."""
    missed = []
    for question in asked:
        is_place = bool(question.says)
        hits = search_engine.search(question.text, where="passages", mode=mode, limit=depth, grouped=not is_place).hits
        if not any(hit.paper in question.answers and question.says in " ".join(hit.text.split()) for hit in hits):
            missed.append(question.text)
    return 1 - len(missed) / len(asked), missed


def write_notes(record: Record) -> dict[str, str]:
    """Write the notes of the gold set; returns their ids by their names."""
    rows = yaml.safe_load((Path(__file__).parent / "gold_notes.yaml").read_text("utf-8"))["notes"]
    return {row["id"]: Notes(record).create(_note(row)).id for row in rows}


def questions_on_notes(ids: Mapping[str, str]) -> list[Question]:
    """What is asked of them."""
    rows = yaml.safe_load((Path(__file__).parent / "gold_notes.yaml").read_text("utf-8"))["questions"]
    return [Question(row["q"], frozenset(ids[name] for name in row["answers"])) for row in rows]


def recall_of_notes(
    search_engine: SearchEngine, asked: Sequence[Question], mode: Mode, depth: int = 5
) -> tuple[float, list[str]]:
    """The same for notes, among everything else that there is to be found."""
    missed = []
    for question in asked:
        hits = search_engine.search(question.text, where="notes", mode=mode, limit=depth).hits
        if not question.answers & {hit.note for hit in hits}:
            missed.append(question.text)
    return 1 - len(missed) / len(asked), missed


def _note(row: dict[str, Any]) -> NoteContent:
    kind = NoteKind(row["kind"])
    own = {name: row[name] for name in FIELDS_OF[kind].model_fields if name in row}
    headline = headline_field(kind)
    fields = {**own, headline: row["text"]} if headline else own
    quote = row.get("quote", "")
    return NoteContent.model_validate(
        {
            "kind": kind,
            "body": "" if headline else row["text"],
            "fields": fields,
            "agendas": [{"agenda": name} for name in row.get("agendas", ())],
            "anchors": [{"quote": quote, "version": "0" * 64, "state": "orphaned"}] if quote else [],
        }
    )


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
