"""One file becomes a paper that can be read and searched: parsed first, and only then taken in."""

from collections.abc import Generator, Iterator
from pathlib import Path

from kb.desk import Desk
from kb.errors import ItemFailedError, KbError
from kb.models.paper import PaperDraft, Version, VersionDraft
from kb.models.progress import Failure, Progress, Stage
from kb.models.provenance import Provenance
from kb.models.text import ParsedDocument, ParsedMetadata
from kb.sources.files import keep, sha256_of


def guarded(source: str, stage: Stage, steps: Iterator[Progress]) -> Iterator[Progress]:
    """One item of a batch: an error that a reader can act on becomes an event, and the batch goes on."""
    try:
        yield from steps
    except KbError as error:
        yield Progress(what="failed", stage=stage, source=source, failure=Failure.of(source, error))


def take_file(
    desk: Desk, path: Path, draft: PaperDraft | None = None, *, asked: str = "", source: str = "", label: str = ""
) -> Iterator[Progress]:
    """Parse a file and take it in with its text; there is never half a paper, and never the same bytes twice.

    ``draft`` is what a better source than the file says of the work, ``asked`` what the reader typed, ``source`` where
    the file was found, and ``label`` an arXiv version.
    """
    source = source or str(path)
    asked = asked or source
    yield Progress(what="step", stage="check", source=asked)
    sha256 = _hashed(path)
    known = desk.papers.version(sha256)
    if known and sha256 in desk.texts.stamps():
        yield _skipped(desk, known, asked)
        return
    document = yield from parsed(desk, path, sha256, asked, stage=1)
    size = keep(path, desk.home).bytes
    file = VersionDraft(sha256=sha256, bytes=size, source=source, label=label or document.metadata.arxiv_version)
    paper = desk.papers.take_in(_merged(draft, document.metadata, path), file)
    desk.shelves.attach_known()
    yield put_text(desk, paper.id, document, asked)


def put_text(desk: Desk, paper_id: str, document: ParsedDocument, source: str) -> Progress:
    """Make a version's text the one that is read and found, and say so."""
    paper = desk.papers.get(paper_id)
    current = desk.papers.current(paper_id)
    is_current = current is not None and current.sha256 == document.sha256
    desk.texts.put(paper_id, document, title=paper.title, current=is_current)
    pages = document.report.pages
    message = f"{pages} page{'s' if pages != 1 else ''}, {len(document.passages)} passages"
    return Progress(
        what="done",
        stage="words",
        source=source,
        paper=paper_id,
        title=paper.title,
        version=document.sha256,
        message="; ".join((message, *document.report.warnings)),
    )


def parsed(
    desk: Desk, path: Path, sha256: str, source: str, *, stage: int
) -> Generator[Progress, None, ParsedDocument]:
    """Read a file in the limited child, page by page; raises ItemFailedError."""
    for step in desk.parser.parse(path, sha256, desk.spans, stage=stage):
        if isinstance(step, ParsedDocument):
            return step
        yield step.model_copy(update={"source": source})
    raise ItemFailedError(f"{source} was not read to its end", next="kb doctor")


def _hashed(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise ItemFailedError(
            f"{path} cannot be read", error.strerror or "", "check the path and its rights"
        ) from error


def _skipped(desk: Desk, known: Version, source: str) -> Progress:
    paper = desk.papers.get(known.paper)
    return Progress(
        what="skipped",
        stage="check",
        source=source,
        paper=paper.id,
        title=paper.title,
        version=known.sha256,
        message="already in the library",
    )


def _merged(draft: PaperDraft | None, metadata: ParsedMetadata, path: Path) -> PaperDraft:
    """What is known of the work: the better source first, then the file itself, then its name."""
    found = PaperDraft(
        title=metadata.title or path.stem.replace("_", " "),
        authors=metadata.authors,
        year=_year(metadata),
        arxiv_id=metadata.arxiv_id,
        doi=metadata.doi,
        abstract=metadata.abstract,
        provenance=Provenance.PARSER,
    )
    if draft is None:
        return found
    better = {name: value for name, value in draft.model_dump().items() if value not in (None, "", ())}
    return found.model_copy(update=better)


def _year(metadata: ParsedMetadata) -> int | None:
    """The year of an arXiv paper is that of its first version, which its id says; a stamp has that of the newest."""
    number = (metadata.arxiv_id or "").rpartition("/")[2]
    if len(number) < 4 or not number[:4].isdigit():
        return metadata.year
    century = 1900 if int(number[:2]) > 90 else 2000
    return century + int(number[:2])
