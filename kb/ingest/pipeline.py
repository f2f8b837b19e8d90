"""The whole road of one paper, from what a reader typed to a text that can be read, searched and quoted.

Read this file first. Every function is a generator of progress events: the command line prints them, the engine
forwards them, tests list them. Stopping between two events loses nothing, and the same call again goes on from there.
One item that fails is an event like any other; the rest of the batch is still done.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.errors import ItemFailedError, UsageError
from kb.ingest.fetch import fetch as fetch_order
from kb.ingest.fetch_requests import failed_order, list_order, resolve, single_order
from kb.ingest.files import IncomingFile, guarded, parsed, put_text, take_files
from kb.ingest.ocr_check import can_recognise
from kb.library.anchors import QuoteLocator
from kb.models.paper import Paper, Version, VersionKind
from kb.models.progress import Progress
from kb.sources.files import pdf_files
from kb.sources.lists import list_paths
from kb.sources.registry import names_a_source, recognised
from kb.sources.source import PaperSource
from kb.workspace import Workspace


def add(workspace: Workspace, wanted: Sequence[str], *, allow_private: bool = False) -> Iterator[Progress]:
    """Bring in files, folders, arXiv ids, addresses, DOIs, titles: parsed, so that words find them at once."""
    _ = workspace.record  # a home that cannot be written is one error, not one for each item
    remote: list[PaperSource] = []
    files: list[IncomingFile] = []
    for text in wanted:
        yield from guarded(text, "find", _one(workspace, text, files, remote))
    yield from take_files(workspace, files)
    yield from fetch_order(workspace, single_order(workspace, remote, allow_private=allow_private))


def fetch(
    workspace: Workspace,
    wanted: Sequence[str],
    *,
    week: int | None = None,
    core: bool = False,
    edition: str | None = None,
) -> Iterator[Progress]:
    """Fetch reading lists (by id) and single papers (by the id that a source has for them)."""
    _ = workspace.record
    known = list_paths(workspace.home)
    single = [text for text in wanted if text not in known and _is_id(text)]
    if single:
        yield from add(workspace, single)
    for text in wanted:
        if text not in single:
            yield from fetch_order(workspace, list_order(workspace, text, week=week, core=core, edition=edition))


def fetch_failed(workspace: Workspace) -> Iterator[Progress]:
    """Fetch again what failed, and what was left over; raises NotFoundError where there is nothing."""
    yield from fetch_order(workspace, failed_order(workspace))


def _is_id(text: str) -> bool:
    """Whether a text is an id or address of a source, or claims to be one."""
    try:
        return recognised(text, specific=True) is not None
    except UsageError:
        return names_a_source(text)


def _one(workspace: Workspace, text: str, files: list[IncomingFile], remote: list[PaperSource]) -> Iterator[Progress]:
    """Tell what is meant: a paper that is known already, files to take in, or something to fetch."""
    found = resolve(workspace, text)
    if isinstance(found, Paper):
        message = "only its metadata: no open file is known; add its PDF with kb add FILE"
        yield Progress(what="done", stage="find", source=text, paper=found.id, title=found.title, message=message)
    elif found.kind in ("file", "folder"):
        paths = pdf_files(Path(found.value))
        files += [IncomingFile(path=path, asked=str(path), source=str(path)) for path in paths]
    else:
        remote.append(found)


def read_layout(workspace: Workspace, sha256: str) -> Iterator[Progress]:
    """The second look at a version: typed layout in place of plain blocks, and its notes placed anew."""
    version = workspace.papers.version(sha256)
    if version is None:
        raise ItemFailedError(f"no version has the sha256 {sha256}", next="kb papers")
    yield from _reparse(workspace, version, stage=2)


def read_layouts(workspace: Workspace) -> Iterator[Progress]:
    """The second look at every paper that has had only the first."""
    for sha256, (stage, _) in workspace.texts.stamps().items():
        if stage == 1:
            yield from guarded(sha256, "layout", read_layout(workspace, sha256))


def reread(workspace: Workspace, paper_id: str, *, layout: bool = False) -> Iterator[Progress]:
    """Parse one paper's current version again, in the stage in which it was read, or in the second."""
    version = workspace.papers.current(paper_id)
    if version is None:
        raise ItemFailedError(f"{paper_id} has no file here", next=f"kb show {paper_id}")
    before = workspace.texts.report(version.sha256)
    stage = 2 if layout and version.kind is VersionKind.PDF else max(before.stage if before else 1, 1)
    yield from _reparse(workspace, version, stage=stage)


def rebuild_texts(workspace: Workspace, *, everything: bool = False) -> Iterator[Progress]:
    """Parse again every version whose text is missing or was made by another parser, or simply every one."""
    stamps = {} if everything else workspace.texts.stamps()
    for version in workspace.papers.all_versions():
        stage, parser = stamps.get(version.sha256, (0, ""))
        if not is_current(version, stage, parser):
            yield from guarded(version.source, "parse", _reparse(workspace, version, stage=max(stage, 1)))


def is_current(version: Version, stage: int, parser: str) -> bool:
    """Whether a text was made by this program's parser for such a file."""
    from kb.reading.parser import PARSERS
    from kb.reading.web import HTML_PARSER

    return parser == (HTML_PARSER if version.kind.value == "html" else PARSERS.get(stage, "missing"))


def _reparse(workspace: Workspace, version: Version, *, stage: int) -> Iterator[Progress]:
    title = workspace.papers.get(version.paper).title
    path = workspace.home.paper_file(version.sha256, version.kind.value)
    file = IncomingFile(path=path, kind=version.kind, asked=title, source=version.source)
    before = workspace.texts.report(version.sha256)
    recognised = before is not None and before.recognised_pages > 0 and can_recognise()
    document = yield from parsed(workspace, file, version.sha256, stage=stage, ocr=recognised)
    done = put_text(workspace, version.paper, document, title)
    place_notes(workspace, version.paper)
    yield done


def place_notes(workspace: Workspace, paper_id: str) -> dict[str, int]:
    """Find every quote of a paper's notes in the text that is there now; returns how many are in which state."""
    version = workspace.papers.current(paper_id)
    if version is None:
        return {}
    locator = QuoteLocator(workspace.texts.blocks(version.sha256), version.sha256)
    states: dict[str, int] = {}
    for note in workspace.notes.all(paper=paper_id):
        found = tuple(locator.locate(anchor) for anchor in note.anchors)
        if found:
            workspace.notes.place(note.id, found)
        for anchor in found:
            states[anchor.state.value] = states.get(anchor.state.value, 0) + 1
    return states
