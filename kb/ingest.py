"""The whole road of one paper, from what a reader typed to a text that can be read, searched and quoted.

Read this file first. Every function is a generator of progress events: the command line prints them, the engine
forwards them, tests list them. Stopping between two events loses nothing, and the same call again goes on from there.
One item that fails is an event like any other; the rest of the batch is still done.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.desk import Desk
from kb.errors import ItemFailedError, UsageError
from kb.fetching import fetch_ids, fetch_list
from kb.intake import guarded, parsed, put_text, take_file
from kb.library.anchors import Locator
from kb.models.paper import Version
from kb.models.progress import Progress
from kb.sources.files import pdf_files
from kb.sources.identify import Source, identify
from kb.sources.lists import list_paths


def add(desk: Desk, wanted: Sequence[str]) -> Iterator[Progress]:
    """Bring in files, folders and arXiv ids: parsed, so that they can be opened and found by words at once."""
    _ = desk.record  # a home that cannot be written is one error, not one for each item
    arxiv: list[Source] = []
    for text in wanted:
        yield from guarded(text, "find", _one(desk, text, arxiv))
    yield from fetch_ids(desk, arxiv)


def fetch(
    desk: Desk, wanted: Sequence[str], *, week: int | None = None, core: bool = False, edition: str | None = None
) -> Iterator[Progress]:
    """Fetch reading lists (by id) and single arXiv papers; a list's posts without a file come in as entries to open."""
    _ = desk.record
    known = list_paths(desk.home)
    single = [text for text in wanted if text not in known and _is_arxiv(text)]
    yield from add(desk, single)
    for text in wanted:
        if text not in single:
            yield from fetch_list(desk, text, week=week, core=core, edition=edition)


def _is_arxiv(text: str) -> bool:
    try:
        return identify(text).kind == "arxiv"
    except UsageError:
        return text.lower().startswith("arxiv:")


def _one(desk: Desk, text: str, arxiv: list[Source]) -> Iterator[Progress]:
    source = identify(text)
    if source.kind == "arxiv":
        arxiv.append(source)
    elif source.kind in ("file", "folder"):
        for path in pdf_files(Path(source.value)):
            yield from guarded(str(path), "check", take_file(desk, path))
    else:
        raise UsageError(
            f"{text!r} cannot be fetched", f"it is a {source.kind}", "give a PDF file, a folder, or an arXiv id"
        )


def read_layout(desk: Desk, sha256: str) -> Iterator[Progress]:
    """The second look at a version: typed layout in place of plain blocks, and its notes placed anew."""
    version = desk.papers.version(sha256)
    if version is None:
        raise ItemFailedError(f"no version has the sha256 {sha256}", next="kb papers")
    yield from _reparse(desk, version, stage=2)


def read_layouts(desk: Desk) -> Iterator[Progress]:
    """The second look at every paper that has had only the first."""
    for sha256, (stage, _) in desk.texts.stamps().items():
        if stage == 1:
            yield from guarded(sha256, "layout", read_layout(desk, sha256))


def rebuild_texts(desk: Desk, *, everything: bool = False) -> Iterator[Progress]:
    """Parse again every version whose text is missing or was made by another parser, or simply every one."""
    from kb.reading.parser import PARSERS

    stamps = {} if everything else desk.texts.stamps()
    for version in desk.papers.all_versions():
        stage, parser = stamps.get(version.sha256, (0, ""))
        if parser != PARSERS.get(stage, "missing"):
            yield from guarded(version.source, "parse", _reparse(desk, version, stage=max(stage, 1)))


def _reparse(desk: Desk, version: Version, *, stage: int) -> Iterator[Progress]:
    title = desk.papers.get(version.paper).title
    path = desk.home.paper_file(version.sha256, version.kind.value)
    document = yield from parsed(desk, path, version.sha256, title, stage=stage)
    done = put_text(desk, version.paper, document, title)
    place_notes(desk, version.paper)
    yield done


def place_notes(desk: Desk, paper_id: str) -> dict[str, int]:
    """Find every quote of a paper's notes in the text that is there now; returns how many are in which state."""
    version = desk.papers.current(paper_id)
    if version is None:
        return {}
    locator = Locator(desk.texts.blocks(version.sha256), version.sha256)
    states: dict[str, int] = {}
    for note in desk.notes.all(paper=paper_id):
        found = tuple(locator.locate(anchor) for anchor in note.anchors)
        if found:
            desk.notes.place(note.id, found)
        for anchor in found:
            states[anchor.state.value] = states.get(anchor.state.value, 0) + 1
    return states
