"""One file becomes a paper that can be read and searched: parsed first, and only then taken in."""

from collections.abc import Generator, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from kb.errors import ItemFailedError, KbError
from kb.models.base import Value
from kb.models.paper import PaperDraft, PaperKind, Version, VersionDraft, VersionKind
from kb.models.progress import Failure, Progress, Stage
from kb.models.provenance import Provenance
from kb.models.text import ParsedDocument, ParsedMetadata
from kb.sources.files import keep, sha256_of
from kb.workspace import Workspace

_SCAN = "already in the library, without a text layer; to recognise its text: kb reindex {paper} --ocr"


class IncomingFile(Value):
    """A file, and what is known of it besides its bytes."""

    path: Path
    kind: VersionKind = VersionKind.PDF
    asked: str
    """What the reader typed."""
    source: str
    """Where the file came from: a path or an address."""
    label: str = ""
    """An arXiv version."""
    draft: PaperDraft | None = None
    """What a better source than the file says of the work."""


def guarded(source: str, stage: Stage, steps: Iterator[Progress]) -> Iterator[Progress]:
    """One item of a batch: an error that a reader can act on becomes an event, and the batch goes on."""
    try:
        yield from steps
    except KbError as error:
        yield Progress(what="failed", stage=stage, source=source, failure=Failure.of(source, error))


def take_files(workspace: Workspace, files: Sequence[IncomingFile]) -> Iterator[Progress]:
    """One file after another; while one is stored, the next is being read."""
    for found, following in zip_longest(files, files[1:]):
        yield from guarded(found.source, "check", take_file(workspace, found, following))


def take_file(workspace: Workspace, found: IncomingFile, following: IncomingFile | None = None) -> Iterator[Progress]:
    """Parse a file and take it in with its text; there is never half a paper, and never the same bytes twice.

    ``following`` is the file that will be taken in next.
    """
    yield Progress(what="step", stage="check", source=found.asked)
    sha256 = _hashed(found.path)
    known = _here(workspace, sha256)
    if known:
        yield _skipped(workspace, known, found.asked)
        return
    document = yield from parsed(workspace, found, sha256, stage=1, then=_ahead(workspace, following))
    size = keep(found.path, workspace.home, found.kind).bytes
    label = found.label or document.metadata.arxiv_version
    file = VersionDraft(sha256=sha256, bytes=size, kind=found.kind, source=found.source, label=label)
    paper = workspace.papers.take_in(_merged(found, document.metadata), file)
    workspace.reading_lists.attach_known()
    yield put_text(workspace, paper.id, document, found.asked)


def put_text(workspace: Workspace, paper_id: str, document: ParsedDocument, source: str) -> Progress:
    """Make a version's text the one that is read and found, and say so."""
    paper = workspace.papers.get(paper_id)
    current = workspace.papers.current(paper_id)
    is_current = current is not None and current.sha256 == document.sha256
    workspace.texts.put(paper_id, document, title=paper.title, current=is_current)
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


def _ahead(workspace: Workspace, following: IncomingFile | None) -> tuple[Path, str] | None:
    """The next file, where it will have to be read; what is wrong with it is told when its turn has come."""
    if following is None or following.kind is not VersionKind.PDF:
        return None
    try:
        sha256 = sha256_of(following.path)
    except OSError:
        return None
    return None if _here(workspace, sha256) else (following.path, sha256)


def _here(workspace: Workspace, sha256: str) -> Version | None:
    """The version with these bytes, where it has its text already."""
    known = workspace.papers.version(sha256)
    return known if known and workspace.texts.paper_of(sha256) else None


def parsed(
    workspace: Workspace,
    found: IncomingFile,
    sha256: str,
    *,
    stage: int,
    then: tuple[Path, str] | None = None,
    ocr: bool = False,
) -> Generator[Progress, None, ParsedDocument]:
    """Read a file, a PDF in the limited child and page by page; raises ItemFailedError."""
    if found.kind is VersionKind.HTML:
        from kb.reading.web import parse_html

        return parse_html(found.path, sha256, workspace.spans, found.source)
    for step in workspace.parser.parse(found.path, sha256, workspace.spans, stage=stage, then=then, ocr=ocr):
        if isinstance(step, ParsedDocument):
            return step
        yield step.model_copy(update={"source": found.asked})
    raise ItemFailedError(f"{found.asked} was not read to its end", next="kb doctor")


def _hashed(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise ItemFailedError(f"{path} cannot be read", error.strerror or "", "check its access rights") from error


def _skipped(workspace: Workspace, known: Version, source: str) -> Progress:
    paper = workspace.papers.get(known.paper)
    return Progress(
        what="skipped",
        stage="check",
        source=source,
        paper=paper.id,
        title=paper.title,
        version=known.sha256,
        message="already in the library" if not _is_scan(workspace, known) else _SCAN.format(paper=paper.id),
    )


def _is_scan(workspace: Workspace, known: Version) -> bool:
    """Whether no page of it has a text."""
    report = workspace.texts.report(known.sha256)
    return report is not None and report.pages == report.empty_pages > 0


def _merged(found: IncomingFile, metadata: ParsedMetadata) -> PaperDraft:
    """What is known of the work: the better source first, then the file itself, then its name."""
    page = found.kind is VersionKind.HTML
    guess = PaperDraft(
        title=metadata.title or found.path.stem.replace("_", " "),
        authors=metadata.authors,
        year=_year(metadata),
        kind=PaperKind.POST if page else PaperKind.PAPER,
        arxiv_id=metadata.arxiv_id if not page else None,
        doi=metadata.doi if not page else None,
        url=found.source if found.source.startswith("http") else None,
        abstract=metadata.abstract,
        provenance=Provenance.PARSER,
    )
    if found.draft is None:
        return guess
    better = {name: getattr(found.draft, name) for name in PaperDraft.model_fields}
    return guess.model_copy(update={name: value for name, value in better.items() if value not in (None, "", ())})


def _year(metadata: ParsedMetadata) -> int | None:
    """The year of an arXiv paper is that of its first version, which its id says; a stamp has that of the newest."""
    number = (metadata.arxiv_id or "").rpartition("/")[2]
    if len(number) < 4 or not number[:4].isdigit():
        return metadata.year
    century = 1900 if int(number[:2]) > 90 else 2000
    return century + int(number[:2])
