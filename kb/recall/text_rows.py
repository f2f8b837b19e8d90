"""How a parsed document lies in the file of texts: one row for it, and one for each passage."""

import hashlib
import json
from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from kb.models.text import Block, ParsedDocument, ParseReport, Passage, Reference, Section
from kb.recall.context import in_context, text_hash
from kb.recall.main_text import main_words

CARD = "Abstract"
BLOCKS = TypeAdapter(tuple[Block, ...])
SECTIONS = TypeAdapter(tuple[Section, ...])
REFERENCES = TypeAdapter(tuple[Reference, ...])


def card_of(paper: str, text: str) -> ParsedDocument:
    """A paper's abstract, or what else is known of it, in the shape of a text; it stands on no page."""
    sha256 = hashlib.sha256(f"card of {paper}".encode()).hexdigest()
    passage = Passage(
        id=f"{sha256[:16]}:0",
        index=0,
        text=text,
        section=None,
        section_title=CARD,
        page=0,
        first_block=0,
        last_block=0,
        tokens=0,
    )
    return ParsedDocument(sha256=sha256, report=ParseReport(stage=0, parser="", pages=0), passages=(passage,))


def document_row(paper: str, document: ParsedDocument, title: str, current: bool, card: bool) -> tuple[object, ...]:
    """The document's row."""
    report = document.report
    if not card:
        report = report.model_copy(update={"main_words": main_words(document.blocks)})
    return (
        document.sha256,
        paper,
        title,
        report.stage,
        report.parser,
        int(current),
        int(card),
        report.model_dump_json(),
        document.metadata.model_dump_json(),
        BLOCKS.dump_json(document.blocks, exclude_defaults=True),
        SECTIONS.dump_json(document.sections),
        REFERENCES.dump_json(document.references),
    )


def passage_rows(paper: str, document: ParsedDocument, title: str, current: bool) -> Iterator[Sequence[object]]:
    """A row for each of its passages."""
    for passage in document.passages:
        heading = passage.section_title
        yield (
            passage.id,
            document.sha256,
            passage.index,
            paper,
            title,
            heading,
            passage.text,
            text_hash(in_context(title, heading, passage.text)),
            int(current and passage.searchable and bool(passage.text.strip())),
            passage.page,
            passage.first_block,
            passage.model_dump_json(exclude={"text"}),
        )


def read_passage(data: str, text: str) -> Passage:
    """The passage, from its row."""
    return Passage.model_validate({**json.loads(data), "text": text})
