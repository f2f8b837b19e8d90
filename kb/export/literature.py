"""The literature table: papers by the problem, method, result and sort of evidence that were noted on each."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kb.export.overview import cited
from kb.export.tables import Table
from kb.export.wording import clause, result
from kb.insight.strategies import Strategy
from kb.models.note import EvidenceFields, MethodFields
from kb.models.note_kind import NoteKind
from kb.models.summary import NotePart, PaperPart, Summary

_HEADERS = ("Paper", "Problem", "Method", "Result", "Evidence", "My credence")
_WIDTHS = (0.2, 0.17, 0.19, 0.14, 0.13, 0.17)


def literature(summary: Summary) -> Table:
    """A row for each paper of a summary."""
    rows = tuple(_row(part) for part in summary.papers)
    return Table(title=f"Literature: {summary.title}", headers=_HEADERS, rows=rows, widths=_WIDTHS)


def strategies_table(found: Iterable[Strategy]) -> Table:
    """A row for each approach, with how often it worked."""
    headers = ("Approach", "Tried", "Improved", "Mixed", "Failed", "Gain", "Cost", "Verdict")
    widths = (0.3, 0.07, 0.09, 0.07, 0.07, 0.12, 0.15, 0.13)
    return Table(title="What was tried", headers=headers, rows=tuple(map(_strategy, found)), widths=widths)


def _row(part: PaperPart) -> tuple[str, ...]:
    methods = [note.note.fields for note in part.methods if isinstance(note.note.fields, MethodFields)]
    return (
        f"{cited(part.paper)}. {part.paper.title}",
        _joined(method.problem for method in methods),
        _joined(method.approach for method in methods),
        _joined(result(method) for method in methods),
        _sorts(part),
        _joined(_held(note) for note in (*part.claims, *part.positions)),
    )


def _held(note: NotePart) -> str:
    return f"{note.credence.words}: {clause(note.headline)}" if note.credence else ""


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(clause(text) for text in texts if text.strip()))


def _sorts(part: PaperPart) -> str:
    """The sorts of evidence, by how often each was noted."""
    notes = {note.note.id: note.note for group in (part.claims, part.positions, part.evidence) for note in _all(group)}
    sorts = Counter(
        note.fields.evidence_kind or "not said"
        for note in notes.values()
        if note.kind is NoteKind.EVIDENCE and isinstance(note.fields, EvidenceFields)
    )
    return ", ".join(f"{count} × {sort}" if count > 1 else sort for sort, count in sorts.most_common())


def _all(notes: Iterable[NotePart]) -> Iterator[NotePart]:
    for note in notes:
        yield note
        yield from _all(support.part for support in note.support)


def _strategy(one: Strategy) -> tuple[str, ...]:
    gains = [f"{gain:+.0%}" for gain in one.gains]
    gain = "" if not gains else gains[0] if len(set(gains)) == 1 else f"{gains[0]} to {gains[-1]}"
    count = one.outcomes
    told = (len(one.trials), count["improved"], count["mixed"], count["failed"])
    return (one.approach, *map(str, told), gain, "; ".join(one.costs), one.verdict)
