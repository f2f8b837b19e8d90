"""Named checks of a library, each with a fix where there is one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.errors import DamagedError, KbError
from kb.insight.parse_quality import problems
from kb.library.record_file import integrity
from kb.models.base import Value
from kb.workspace import Workspace


class HealthFinding(Value):
    """What one check found."""

    name: str
    ok: bool
    detail: str
    fixed: bool = False
    items: tuple[str, ...] = ()
    """What to look at one by one; nothing that is wrong with the library itself."""


@dataclass(frozen=True)
class HealthCheck:
    """A question about the library: ``look`` answers it, ``mend`` puts it right."""

    name: str
    look: Callable[[Workspace], tuple[bool, str]]
    mend: Callable[[Workspace], None] | None = None


def examine(workspace: Workspace, *, fix: bool = False) -> Iterator[HealthFinding]:
    """Run every check in order; with ``fix``, mend what can be mended and look again."""
    for check in CHECKS:
        ok, detail = _looked(check, workspace)
        if ok or not fix or check.mend is None:
            yield HealthFinding(name=check.name, ok=ok, detail=detail if ok or not check.mend else f"{detail}. {_HOW}")
            continue
        try:
            check.mend(workspace)
        except KbError as error:
            yield HealthFinding(name=check.name, ok=False, detail=f"{detail}; not mended: {error}")
            continue
        ok, after = _looked(check, workspace)
        yield HealthFinding(name=check.name, ok=ok, detail=f"{detail}; now: {after}", fixed=ok)
    yield _legibility(workspace)


def _legibility(workspace: Workspace) -> HealthFinding:
    """How well the papers could be read; a file that reads badly is no fault of the library."""
    try:
        items = _badly_read(workspace)
    except KbError as error:
        return HealthFinding(name="reading", ok=False, detail=str(error))
    detail = (
        f"{len(items)} to look at, of {len(workspace.texts.titles())} papers" if items else "every paper reads well"
    )
    return HealthFinding(name="reading", ok=True, detail=detail, items=items)


_HOW = "Next: kb doctor --fix"


def _looked(check: HealthCheck, workspace: Workspace) -> tuple[bool, str]:
    try:
        return check.look(workspace)
    except KbError as error:
        return False, str(error)


def _record(workspace: Workspace) -> tuple[bool, str]:
    """SQLite's own check, and foreign keys."""
    if not workspace.record.is_sqlite:
        return True, "kept by a database server"
    said, loose = integrity(workspace.home.record)
    if said != ["ok"]:
        return False, f"the record is damaged ({said[0]}). Next: kb restore FILE from your newest backup"
    if loose:
        return False, f"{loose} rows point to nothing. Next: kb restore FILE from your newest backup"
    return True, f"{workspace.notes.count()} notes with {workspace.notes.revisions()} revisions"


def _files(workspace: Workspace) -> tuple[bool, str]:
    """Every version's file is there with the bytes that it had."""
    from kb.sources.files import sha256_of

    missing, changed = [], []
    versions = workspace.papers.all_versions()
    for version in versions:
        path = workspace.home.paper_file(version.sha256, version.kind.value)
        if not path.exists():
            missing.append(version)
        elif sha256_of(path) != version.sha256:
            changed.append(version)
    if not missing and not changed:
        return True, f"{len(versions)} files, all with the bytes that they had"
    names = ", ".join(version.source or version.sha256[:12] for version in (missing + changed)[:3])
    gone = f"{len(missing)} files are missing and {len(changed)} have changed"
    return False, f"{gone}: {names}. Next: kb add or kb fetch them again"


def _texts(workspace: Workspace) -> tuple[bool, str]:
    """Every version has a text that this program's parser made."""
    from kb.ingest.pipeline import is_current

    stamps = workspace.texts.stamps()
    versions = workspace.papers.all_versions()
    stale = [version for version in versions if not is_current(version, *stamps.get(version.sha256, (0, "")))]
    if stale:
        return False, f"{len(stale)} of {len(versions)} texts are missing or made by another parser"
    return True, f"{len(versions)} texts are current"


def _mend_texts(workspace: Workspace) -> None:
    from kb.ingest.pipeline import rebuild_texts

    if "texts" not in workspace.__dict__:
        _drop_damaged_texts(workspace)
    for _ in rebuild_texts(workspace):
        pass  # each step is done when it is yielded


def _drop_damaged_texts(workspace: Workspace) -> None:
    try:
        workspace.texts.check()
    except DamagedError:
        for file in workspace.home.derived.glob("texts.db*"):
            file.unlink()


def _backlog(workspace: Workspace) -> tuple[bool, str]:
    """Nothing waits to be put into the index of meaning."""
    from kb.indexing.drain import backlog

    waiting = backlog(workspace.record, workspace.texts)
    return not waiting, f"{waiting} items wait to be indexed by meaning" if waiting else "nothing waits"


def _drain(workspace: Workspace) -> None:
    from kb.indexing.drain import drain

    for event in drain(workspace.home, workspace.record, workspace.texts, workspace.embedder):
        if event.what == "skipped":
            raise KbError(event.message, next="wait for it, then kb doctor")


def _index(workspace: Workspace) -> tuple[bool, str]:
    """The index of meaning has what the texts have, and finds each passage by its own vector."""
    from kb.indexing.health import probe_index

    probes = list(probe_index(workspace.home, workspace.texts, workspace.embedder))
    wrong = [probe for probe in probes if not probe.ok]
    return not wrong, "; ".join(f"{probe.name}: {probe.detail}" for probe in wrong or probes)


def _rebuild_index(workspace: Workspace) -> None:
    from kb.indexing.drain import rebuild

    for event in rebuild(workspace.home, workspace.record, workspace.texts, workspace.embedder):
        if event.what == "skipped":
            raise KbError(event.message, next="wait for it, then kb doctor")


def _model(workspace: Workspace) -> tuple[bool, str]:
    """The model's weights have the sha256 that they should have, and it can be run."""
    from kb.recall.embed import model_source

    model_source(workspace.home.settings.model).check()
    return True, f"{workspace.embedder.name}, {workspace.embedder.dimension} dimensions"


def _badly_read(workspace: Workspace) -> tuple[str, ...]:
    """Papers whose text a reader should not trust: what is wrong, and what to do."""
    found = []
    newest = {version.paper: version.sha256 for version in reversed(workspace.papers.all_versions())}
    papers = {paper.id: paper for paper in workspace.papers.all()}
    for paper_id in sorted(papers.keys() & newest.keys()):
        if report := workspace.texts.report(newest[paper_id]):
            told = problems(report, papers[paper_id].key)
            found += [f"{papers[paper_id].title}: {problem.what}. Next: {problem.next}" for problem in told]
    return tuple(found)


CHECKS: tuple[HealthCheck, ...] = (
    HealthCheck("record", _record),
    HealthCheck("files", _files),
    HealthCheck("texts", _texts, _mend_texts),
    HealthCheck("model", _model),
    HealthCheck("backlog", _backlog, _drain),
    HealthCheck("index", _index, _rebuild_index),
)
"""In order: what is looked at first is needed by what comes after."""
