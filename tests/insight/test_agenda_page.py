"""All of an agenda at once, and what changed since a day."""

from datetime import UTC, datetime, timedelta

import pytest

from kb.insight.agenda_page import AgendaPage, charts
from kb.insight.changes import changes
from kb.insight.insight import Insight
from kb.insight.mind_changers import what_would_change_my_mind
from kb.insight.runs import reproduced
from kb.reproductions.store import runs_folder, write_json
from tests.insight.library import Mind, agenda

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def chart(mind: Mind) -> AgendaPage:
    """The chart of the mind's only agenda."""
    maps = Insight(mind.home, mind.record)
    maps.__dict__["agenda_index"] = mind.agenda_index
    (found,) = charts(maps, NOW)
    return found


def test_a_chart_says_the_same_as_the_parts_that_it_is_made_of(mind: Mind) -> None:
    paper = mind.paper("Debate works", year=2018)
    mind.note("judges improve", "one:supports", paper=paper, evidence_kind="human study")
    mind.note("judges fail", "one:undermines")
    mind.rate("one", 0.4)
    mind.rate("one", 0.6, reason="two studies")
    found = chart(mind)
    assert found.view == mind.view()
    assert found.rated == 1
    assert [item.says for item in found.evidence] == ["judges improve", "judges fail"]
    assert found.audited["one"].flags == ("stale", "credence-behind") or "stale" in found.audited["one"].flags
    assert [one.p for one in found.logs["one"]] == [0.4, 0.6]
    assert found.titles == {paper.id: "Debate works"}
    assert [one.rank for one in found.cruxes] == ["1"]


def test_maps_of_many_agendas_are_each_what_they_are_alone(home: object) -> None:
    mind = Mind(home, agenda(), agenda("honesty", ("four", "five", "six")))  # type: ignore[arg-type]  # the fixture's home
    mind.note("it works", "one:supports")
    other = mind.note("it lies", "five:undermines")
    mind.link(mind.note("seen again"), "replicates", other)
    standing = mind.standing
    assert standing.all(list(mind.agenda_index.agendas.values())) == (mind.view("debate"), mind.view("honesty"))
    assert [len(link.opposing) for link in mind.view("honesty").chain] == [0, 2, 0]
    mind.record.close()


def test_the_newest_run_of_a_reproduction_gives_the_verdict(mind: Mind) -> None:
    for run, verdict, at in (
        ("r1", "inconclusive", "2026-01-01T00:00:00"),
        ("r2", "reproduced", "2026-02-01T00:00:00"),
    ):
        folder = runs_folder(mind.home, "debate-digits") / run
        write_json(folder / "run.json", {"run": run, "verdict": verdict, "at": at, "reproduction": "debate-digits"})
    ran, other = reproduced(mind.home, ["debate-digits", "off-switch-game"])
    assert (ran.verdict, ran.run, ran.at, ran.runs) == ("reproduced", "r2", "2026-02-01", 2)
    assert (other.verdict, other.runs) == ("", 0)
    [told] = [one for one in what_would_change_my_mind(mind.view(), mind.record) if one.kind == "reproduction"]
    assert told.text == "No run of yours is evidence on it yet; you have run debate-digits (reproduced)"
    assert told.next == "kb reproduce run debate-digits --claim NOTE"


def test_changes_tell_what_was_done_and_to_what_newest_first(mind: Mind) -> None:
    claim = mind.note("judges improve", kind="claim")
    evidence = mind.note("a study says so")
    mind.link(evidence, "supports", claim)
    mind.notes.edit(claim.id, claim.model_copy(update={"body": "more"}))
    mind.links.remove(mind.links.of(claim.id)[0].id)
    mind.rate("one", 0.4)
    mind.rate("one", 0.6, reason="the study")
    told = [one.text for one in changes(mind.record, datetime.now(UTC) - timedelta(hours=1))]
    assert told == [
        "40 % → 60 % for “Claim one.”, because the study",
        "40 % for “Claim one.”",
        "took away the link: “a study says so” supports “judges improve”",
        "changed the claim “judges improve”",
        "linked: “a study says so” supports “judges improve”",
        "wrote the evidence “a study says so”",
    ]


@pytest.mark.parametrize("days", [0, -1])
def test_nothing_changed_after_now(mind: Mind, days: int) -> None:
    mind.note("judges improve", kind="claim")
    mind.rate("one", 0.4)
    assert changes(mind.record, datetime.now(UTC) - timedelta(days=days)) == ()
