"""Fetching from a stand-in for arXiv: nothing is downloaded twice, whatever stops it half way."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.config import Home
from tests.cli.conftest import Kb
from tests.support.arxiv_feed import Listed
from tests.support.arxiv_stand_in import ArxivStandIn
from tests.support.pdfs import paper


@pytest.fixture
def arxiv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivStandIn]:
    """Two papers with real PDFs, on loopback."""
    stand_in = ArxivStandIn()
    for number, title in (("1706.03741", "Deep preferences"), ("1805.00899", "AI safety via debate")):
        file = paper(tmp_path / f"{number}.pdf", pages=int(number[-1]) % 4 + 1)
        stand_in.add(Listed(arxiv_id=number, title=title), file.read_bytes())
    with stand_in:
        monkeypatch.setenv("KB_ARXIV_URL", stand_in.url)
        monkeypatch.setenv("KB_ARXIV_DELAY", "0.2")
        yield stand_in


def downloads(stand_in: ArxivStandIn) -> list[str]:
    return sorted(seen.path for seen in stand_in.requests("^/pdf/"))


def test_metadata_comes_from_arxiv_and_the_text_from_the_pdf(kb: Kb, arxiv: ArxivStandIn) -> None:
    result = kb("fetch", "arxiv:1706.03741", "1805.00899", "--json")
    assert result.code == 0, result.err
    assert sorted(item["title"] for item in result.data["added"]) == ["AI safety via debate", "Deep preferences"]
    shown = kb("show", "1706.03741", "--json").data
    assert shown["versions"][0]["label"] == "v1"
    assert shown["sections"]


def test_what_is_here_is_neither_asked_for_nor_downloaded_again(kb: Kb, arxiv: ArxivStandIn) -> None:
    kb("fetch", "1706.03741", "1805.00899")
    before = len(arxiv.requests(""))
    again = kb("fetch", "1706.03741", "1805.00899", "--json")
    assert (again.code, len(again.data["skipped"])) == (0, 2)
    assert len(arxiv.requests("")) == before


def test_an_unknown_id_fails_alone(kb: Kb, arxiv: ArxivStandIn) -> None:
    result = kb("fetch", "1706.03741", "2001.99999", "--json")
    assert (result.code, len(result.data["added"])) == (1, 1)
    assert result.data["failed"][0]["source"] == "2001.99999"


def test_a_list_is_fetched_and_its_entries_know_their_papers(kb: Kb, arxiv: ArxivStandIn, home: Home) -> None:
    home.lists.mkdir(parents=True)
    (home.lists / "mine.yaml").write_text(
        "id: mine\ntitle: Mine\nedition: '1'\nsource: my desk\nentries:\n"
        "- {id: one, order: 1, title: Debate, week: 1, arxiv_id: '1805.00899'}\n"
        "- {id: two, order: 2, title: A talk, week: 1, kind: talk, agendas: [debate], url: 'https://example.org/talk'}\n"
    )
    result = kb("fetch", "mine", "--json")
    assert len(result.data["added"]) == 1, result.err
    assert [paper["title"] for paper in kb("papers", "--list", "mine", "--json").data["papers"]] == [
        "AI safety via debate",
        "A talk",
    ]
    (week,) = kb("lists", "coverage", "mine", "--json").data["coverage"]
    assert (week["entries"], week["fetched"], week["reproduced"]) == (2, 1, 0)
    kb("state", "A talk", "reproduced")
    (agenda,) = kb("lists", "coverage", "mine", "--by-agenda", "--json").data["coverage"]
    assert (agenda["agenda"], agenda["entries"], agenda["read"], agenda["reproduced"]) == ("debate", 1, 1, 1)
    assert "it has no text here" in kb("show", "A talk").out
    assert kb("open", "A talk", "--json").data["target"] == "https://example.org/talk"
    assert kb("open", "AI safety via debate", "--json").data["target"].endswith(".pdf")


@pytest.mark.parametrize("stop_after", [1, 2])
def test_a_kill_half_way_downloads_nothing_twice(arxiv: ArxivStandIn, home: Home, stop_after: int) -> None:
    script = "import sys; from kb.__main__ import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "fetch", "1706.03741", "1805.00899", "--no-meaning", "--json"]
    killed = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert killed.stderr
    finished = 0
    for line in killed.stderr:
        finished += "✓" in line
        if finished == stop_after:
            os.kill(killed.pid, signal.SIGKILL)
            break
    killed.wait()
    killed.stderr.close()
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    outcome = json.loads(again.stdout)
    assert len(outcome["added"]) + len(outcome["skipped"]) == 2
    assert downloads(arxiv) == ["/pdf/1706.03741v1", "/pdf/1805.00899v1"]
    assert len(list(home.papers.rglob("*.pdf"))) == 2
    assert not [file for file in home.incoming.rglob("*") if file.is_file()]


def test_a_paper_that_was_here_before_its_list_is_on_the_list(kb: Kb, arxiv: ArxivStandIn) -> None:
    kb("fetch", "1805.00899")
    kb("lists", "coverage")
    listed = {place["list"] for place in kb("show", "1805.00899", "--json").data["lists"]}
    assert {"agisf-2022", "mlss"} & listed


def test_meaning_is_indexed_while_the_next_paper_is_on_its_way(kb: Kb, arxiv: ArxivStandIn, home: Home) -> None:
    result = kb("fetch", "1706.03741", "1805.00899", "--json")
    assert result.code == 0
    assert len(result.data["added"]) == 2
    hits = kb("search", "comparisons that people make", "--mode", "meaning", "--json").data["hits"]
    assert {hit["title"] for hit in hits} == {"Deep preferences", "AI safety via debate"}
    backlog = next(check for check in kb("doctor", "--json").data["checks"] if check["name"] == "backlog")
    assert backlog["ok"]


SHORT = """\
id: short
title: Short
edition: '1'
source: my desk
entries:
- {id: p, order: 1, title: Control as inference, kind: primer, primer: control-as-inference, why: w}
- {id: x, order: 2, title: Superposition, kind: exercise, reproduction: superposition, why: w, minutes: 30}
- {id: t, order: 3, title: Two pages, kind: exercise, portion: write them, why: w}
- {id: v, order: 4, title: A video, kind: video, url: 'https://www.youtube.com/watch?v=x', why: w}
"""
LONG = """\
id: long
title: Long
edition: '1'
source: my desk
extends: short
entries:
- {id: d, order: 1, title: Done, kind: exercise, portion: do, why: w}
"""


def test_a_list_of_primers_and_exercises_needs_no_network_and_counts_in_the_longer_list_too(kb: Kb, home: Home) -> None:
    home.lists.mkdir(parents=True)
    (home.lists / "short.yaml").write_text(SHORT)
    (home.lists / "long.yaml").write_text(LONG)
    first = kb("fetch", "short", "--json")
    assert first.code == 0, first.err
    assert [item["source"] for item in first.data["added"]] == ["primer:control-as-inference"]
    again = kb("fetch", "short", "long", "--json").data
    assert (again["added"], again["failed"]) == ([], [])
    papers = {paper["title"]: paper["paper"] for paper in kb("papers", "--json").data["papers"]}
    assert sorted(papers) == ["A video", "Control as inference", "Done", "Superposition", "Two pages"]
    assert kb("show", papers["Control as inference"], "--sections", "--json").data["sections"]
    for title in ("Control as inference", "Superposition"):
        assert kb("state", papers[title], "read").code == 0
    for list_id, entries in (("short", 4), ("long", 5)):
        rows = kb("lists", "coverage", list_id, "--json").data["coverage"]
        assert (sum(row["entries"] for row in rows), sum(row["read"] for row in rows)) == (entries, 2)
        assert sum(row["minutes_left"] for row in rows) < sum(row["minutes"] for row in rows)


def test_a_primer_can_be_fetched_by_its_name_and_an_unknown_one_names_those_there_are(kb: Kb) -> None:
    assert kb("fetch", "primer:goal-misgeneralisation", "--json").data["added"][0]["title"] == "Goal misgeneralisation"
    for command in ("fetch", "add"):
        assert len(kb(command, "primer:goal-misgeneralisation", "--json").data["skipped"]) == 1
    missing = kb("fetch", "primer:nothing", "--json")
    assert missing.code == 3
    assert "control-as-inference" in str(missing.data["failed"])


def test_a_list_says_how_long_its_entries_take_and_what_that_goes_by(kb: Kb, home: Home) -> None:
    home.lists.mkdir(parents=True)
    (home.lists / "short.yaml").write_text(SHORT)
    before = {row["id"]: row["takes"] for row in kb("lists", "show", "short", "--json").data["entries"]}
    assert before["p"] == {"minutes": 10, "by": "kind", "error_percent": None, "own_pace": False}
    assert before["x"]["by"] == "list"
    assert not home.record.exists(), "looking at a list makes no library"
    kb("fetch", "short")
    after = {row["id"]: row["takes"] for row in kb("lists", "show", "short", "--json").data["entries"]}
    assert (after["p"]["by"], after["x"]) == ("text", before["x"])
    shown = kb("lists", "show", "short")
    assert f"{after['p']['minutes']} min (by its words)" in shown.out
    assert "kb reproduce run superposition" in shown.out
    assert "In all" in shown.err
