"""Listing notes, and the map of one agenda, in a library of ten thousand notes; time in the process, start not counted.

Run it with ``python -m tests.benchmarks.notes_scale [NOTES]``.
"""

import contextlib
import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from kb.__main__ import run
from kb.agendas.agenda_index import AgendaIndex
from kb.config import Home
from kb.insight.as_data import agenda_data
from kb.insight.insight import Insight
from kb.library.note_list import NoteListing, matching
from kb.library.record import Record
from kb.library.schema import anchors, links, note_agendas, note_revisions, notes
from kb.models.note import NoteContent
from tests.benchmarks.big_library import WORDS, fill

LIMIT_MS = 100.0
START = datetime(2026, 1, 1, tzinfo=UTC)


def fill_notes(home: Home, count: int) -> None:
    """Write notes of several kinds on papers and claims, every second one with a link, straight into the record."""
    choose = random.Random(7)
    with Record.open(home) as record, record.write() as connection:
        names = [*AgendaIndex.open(home, record).claims, *AgendaIndex.open(home, record).agendas]
        for number in range(count):
            _write(connection, number, choose, names)


def _write(connection: sa.Connection, number: int, choose: random.Random, names: list[str]) -> None:
    note = f"n{number:08x}"
    at = START + timedelta(seconds=number)
    kind, field = choose.choice((("claim", "statement"), ("evidence", "observation"), ("idea", "direction")))
    says = f"{' '.join(choose.choices(WORDS, k=9))} {number}"
    quote = " ".join(choose.choices(WORDS, k=20))
    anchor = {"quote": quote, "prefix": quote, "suffix": quote, "page": 3, "version": "a" * 64, "first_block": 12}
    name, bearing = choose.choice(names), choose.choice(("supports", "undermines", "neutral"))
    content = NoteContent.model_validate(
        {
            "kind": kind,
            "paper": f"author-2020-paper-{number % 200}",
            "body": f"{says}. {quote}",
            "fields": {field: says},
            "agendas": [{"agenda": name, "bearing": bearing}],
            "anchors": [anchor],
        }
    )
    row = {"id": note, "kind": kind, "paper_id": content.paper, "headline": says, "evidence_kind": ""}
    times = {"created_at": at, "revised_at": at}
    connection.execute(notes.insert().values(**row, **times, provenance="me", head=1, trashed=False))
    stored = content.model_dump(mode="json")
    connection.execute(
        note_revisions.insert().values(note_id=note, number=1, action="create", content=stored, origin=number, at=at)
    )
    connection.execute(note_agendas.insert().values(note_id=note, agenda=name, bearing=bearing))
    data = stored["anchors"][0]
    connection.execute(anchors.insert().values(note_id=note, position=0, version="a" * 64, state="exact", data=data))
    if number % 2:
        target = f"n{choose.randrange(number):08x}"
        link = {"id": f"l{number:08x}", "source": note, "target": target, "kind": "supports", "strength": 0.5}
        connection.execute(links.insert().values(**link, doubt="", provenance="me", at=at))


def measured(work: Callable[[], object], rounds: int = 15) -> tuple[float, float]:
    """Median milliseconds of some work, by the clock and of processor time, after one round that is not counted."""
    work()
    clock, processor = [], []
    for _ in range(rounds):
        began, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return statistics.median(clock) * 1000, statistics.median(processor) * 1000


def command(*arguments: str) -> Callable[[], int]:
    """A whole command, its output kept in memory."""

    def invoke() -> int:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return run(list(arguments))

    return invoke


def main(count: int = 10_000) -> dict[str, tuple[float, float]]:
    """Measure, print, and return milliseconds by what was measured: by the clock, and of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        os.environ["KB_HOME"] = str(home.root)
        fill(home, 200)
        fill_notes(home, count)
        with Record.open(home) as record:
            busiest = Insight(home, record).agenda_index.agendas["scalable-oversight"]
            result = {
                "kb notes": measured(command("notes")),
                "kb notes --limit 0, as rows": measured(lambda: NoteListing(record).rows(matching())),
                "kb notes --json (all)": measured(command("notes", "--json")),
                "agenda map": measured(lambda: Insight(home, record).view(busiest)),
                "agenda map as JSON": measured(
                    lambda: json.dumps(agenda_data(Insight(home, record).view(busiest), (), date.today()))
                ),
                "kb agenda show": measured(command("agenda", "show", busiest.id)),
            }
    for name, (clock, processor) in result.items():
        print(f"{name:<32} {clock:7.1f} ms, of which {processor:7.1f} ms of processor time")
    print(f"{count} notes; the goal for kb notes and for the map of an agenda is {LIMIT_MS:.0f} ms")
    return result


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
