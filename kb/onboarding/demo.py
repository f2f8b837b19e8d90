"""The main job on the primers that come with the program: laid out as PDFs, read, searched, noted, exported."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.config import Home
from kb.errors import KbError
from kb.models.base import Value
from kb.models.paper import PaperDraft
from kb.workspace import Workspace

SAMPLE = (
    "control-as-inference",
    "goal-misgeneralisation",
    "kl-penalised-rlhf-as-bayesian-inference",
    "next-token-loss-and-myopia",
    "variational-inference-from-kl-divergence",
)
"""The primers that the demo and the tutorial read: enough to search among, and indexed in seconds."""
QUESTION = "a competent system that wants something else than what it was rewarded for"
"""A search by concept: no primer says it in these words."""
CONCEPT = "fine-tuning cannot teach what was impossible before"
"""A search for a note in other words than the note's own."""


@dataclass(frozen=True)
class SampleNote:
    """A note that the demo writes, standing on a sentence of a primer."""

    primer: str
    kind: str
    quote: str
    text: str = ""
    agendas: tuple[str, ...] = ()


NOTES = (
    SampleNote(
        primer="goal-misgeneralisation",
        kind="highlight",
        quote="An agent that fails by succeeding at something else uses all of its skill.",
    ),
    SampleNote(
        primer="kl-penalised-rlhf-as-bayesian-inference",
        kind="claim",
        quote="An answer with prior probability 0 stays at 0",
        text="At its optimum, KL-penalised fine-tuning only reweights what the model could already say.",
        agendas=("rlhf:neutral",),
    ),
    SampleNote(
        primer="next-token-loss-and-myopia",
        kind="lesson",
        quote="A dishonest guess only adds to its own bill, because it cannot change the later questions.",
        text="A loss on the next token alone gives no reason to make later tokens easier to predict.",
        agendas=("deceptive-alignment:neutral",),
    ),
)


class DemoStep(Value):
    """One step: what was done, what came of it, and how long it took."""

    title: str
    lines: tuple[str, ...]
    seconds: float


def lay_out(folder: Path) -> tuple[tuple[Path, PaperDraft], ...]:
    """Each of those primers as a PDF in a folder, with what its front matter says of it."""
    from kb.reading.primer_pdf import lay_out_primer

    return tuple(lay_out_primer(name, folder) for name in SAMPLE)


def run(home: Home) -> Iterator[DemoStep]:
    """Do the whole loop in one home, step by step; raises KbError where a step does not do what it should."""
    home.incoming.mkdir(parents=True, exist_ok=True)
    with Workspace(home) as workspace:
        made: list[tuple[Path, PaperDraft]] = []
        yield _timed("Lay five primers out as PDFs", lambda: _lay_out(home, made))
        yield _timed("Read them: sections, passages, words", lambda: _read(workspace, made))
        yield _timed("Index their meaning", lambda: _index(workspace))
        yield _timed(f"Search: “{QUESTION}”", lambda: _search(workspace, QUESTION, "passages"))
        yield _timed("Take three notes, each on a quote that is looked up in the text", lambda: _note(workspace))
        yield _timed(f"Find a note by concept: “{CONCEPT}”", lambda: _search(workspace, CONCEPT, "notes"))
        yield _timed("Export a reading summary", lambda: _export(workspace))
        yield _timed("Check the library", lambda: _check(workspace))


def _timed(title: str, work: Callable[[], list[str]]) -> DemoStep:
    start = time.perf_counter()
    lines = work()
    return DemoStep(title=title, lines=tuple(lines), seconds=round(time.perf_counter() - start, 2))


def _lay_out(home: Home, made: list[tuple[Path, PaperDraft]]) -> list[str]:
    made.extend(lay_out(home.incoming))
    return [f"{pdf.name}, {pdf.stat().st_size // 1024} KiB" for pdf, _ in made]


def _read(workspace: Workspace, made: list[tuple[Path, PaperDraft]]) -> list[str]:
    from kb.ingest.files import IncomingFile, take_file

    lines = []
    for pdf, draft in made:
        source = f"primer:{pdf.stem}"
        for event in take_file(workspace, IncomingFile(path=pdf, asked=source, source=source, draft=draft)):
            if event.what in ("done", "skipped"):
                lines.append(f"{event.title}: {event.message}")
        pdf.unlink()
    return lines


def _index(workspace: Workspace) -> list[str]:
    from kb.indexing.drain import drain

    done = 0
    for event in drain(workspace.home, workspace.record, workspace.texts, workspace.embedder):
        done = max(done, event.done)
    return [f"{done} texts with {workspace.embedder.name}"]


def _search(workspace: Workspace, query: str, where: str) -> list[str]:
    from kb.search.search_engine import SearchEngine

    with SearchEngine(workspace.home, workspace.embedder) as search_engine:
        result = search_engine.search(query, where=where, limit=3)  # type: ignore[arg-type]
    if not result.hits:
        raise KbError(f"the demo's search for {query!r} found nothing", result.notice, "kb doctor")
    return [
        f"{hit.rank}. {hit.kind + ': ' + hit.text if hit.kind else hit.title + ' · ' + hit.section} "
        f"(by {' and '.join(hit.matched)})"
        for hit in result.hits
    ]


def _note(workspace: Workspace) -> list[str]:
    from kb.notes.compose import draft_note

    titles = {paper.title: paper.id for paper in workspace.papers.all()}
    by_primer = {_slug(title): paper_id for title, paper_id in titles.items()}
    lines = []
    for sample in NOTES:
        content = draft_note(
            workspace, by_primer[sample.primer], sample.kind, sample.text, quote=sample.quote, agendas=sample.agendas
        )
        note = workspace.notes.create(content)
        anchor = note.anchors[0]
        lines.append(f"{note.kind.value} on p. {anchor.page} ({anchor.state.value}): {note.headline}")
    _index(workspace)
    return lines


def _slug(title: str) -> str:
    from kb.library.names import plain

    return plain(title)


def _export(workspace: Workspace) -> list[str]:
    from kb.export.service import summary_of_paper

    claim = next(note for note in workspace.notes.all() if note.kind.value == "claim")
    written = summary_of_paper(workspace, claim.paper or "", workspace.home.root / "summary.md")
    return [f"wrote {written.path}", "", *written.path.read_text("utf-8").splitlines()[:24], "…"]


def _check(workspace: Workspace) -> list[str]:
    from kb.maintenance.doctor import examine

    findings = list(examine(workspace))
    wrong = [finding for finding in findings if not finding.ok]
    if wrong:
        raise KbError("the demo's library is not sound", "; ".join(f.detail for f in wrong), "kb doctor")
    return [f"{finding.name}: {finding.detail}" for finding in findings]
