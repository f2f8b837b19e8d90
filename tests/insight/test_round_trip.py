"""What a reader believes survives leaving the library and coming back: the same rows, and the same answers."""

from pathlib import Path

from kb.config import Home
from kb.export.jsonl import dump_library, load_library
from kb.library.agendas import Agendas
from kb.library.credences import Credences
from kb.library.known_concepts import KnownConcepts
from kb.library.passes import Passes
from kb.library.record import Record
from kb.models.credence import Trigger
from kb.models.reading_pass import Depth
from tests.insight.library import Mind, agenda


def test_an_exported_library_comes_back_with_every_belief(mind: Mind, tmp_path: Path) -> None:
    paper = mind.paper(year=2020)
    evidence = mind.note("works", "one:supports", paper=paper, evidence_kind="toy model")
    mind.link(mind.note("fails"), "opposes", evidence, 0.5, "few seeds")
    mind.rate("one", 0.2, 0.4, reason="\x1b “why”", trigger=Trigger(kind="paper", ref=paper.id))
    KnownConcepts(mind.record).declare(["entropy"])
    Agendas(mind.record).save(agenda("mine"), "add")
    Agendas(mind.record).undo("mine")
    Passes(mind.record).add(paper.id, Depth.SKIM, {"question": "Does it?"}, "it does", 0.7)
    text = dump_library(mind.record)
    before = mind.view()
    with Record.open(Home(tmp_path / "other")) as other:
        load_library(other, text)
        assert dump_library(other) == text
        assert Credences(other).history() == mind.credences.history()
        assert Passes(other).all() == Passes(mind.record).all()
        assert Agendas(other).history("mine") == Agendas(mind.record).history("mine")
        assert KnownConcepts(other).standing() == {"entropy": True}
        mind.record.close()
        mind.record = other
        assert mind.view() == before
