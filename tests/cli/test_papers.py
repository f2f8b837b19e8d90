"""Looking: papers, one paper, lists, searches, exports; each as data that scripts can rely on."""

import json
from pathlib import Path

import pytest

from kb.config import Home
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.paper import PaperDraft
from tests.cli.conftest import Kb


def test_show_has_the_shape_that_scripts_rely_on(kb: Kb, library: Home) -> None:
    data = kb("show", "comparisons", "--json").data
    assert {"paper", "title", "authors", "year", "arxiv_id", "abstract", "versions", "passages"} <= data.keys()
    assert data["sections"][0].keys() == {"level", "title", "page"}
    assert data["references"][0].keys() == {"text", "title", "year", "arxiv_id", "doi", "in_library"}
    assert {"stage", "parser", "pages", "warnings"} <= data["parse"].keys()
    assert data["passages"] > 0


@pytest.mark.parametrize("option", [(), ("--sections",), ("--refs",), ("--text",)])
def test_show_prints_for_people(kb: Kb, library: Home, option: tuple[str, ...]) -> None:
    shown = kb("show", "comparisons", *option)
    assert (shown.code, bool(shown.out.strip())) == (0, True)


def test_an_unknown_paper_exits_with_nothing_found(kb: Kb, library: Home) -> None:
    result = kb("show", "no such thing", "--json")
    assert (result.code, result.data["error"]["code"]) == (3, 3)
    assert result.data["error"]["next"] == "kb papers"


def test_a_search_without_hits_exits_with_nothing_found(kb: Kb, library: Home) -> None:
    result = kb("search", "zzzyx", "--mode", "words", "--json")
    assert (result.code, result.data["hits"]) == (3, [])


def test_papers_can_be_filtered_and_marked(kb: Kb, library: Home) -> None:
    assert kb("state", "comparisons", "read").code == 0
    assert [paper["state"] for paper in kb("papers", "--state", "read", "--json").data["papers"]] == ["read"]
    assert kb("papers", "--state", "queued", "--json").data["papers"] == []
    assert kb("state", "comparisons", "devoured").code == 2


def test_the_lists_come_with_the_program(kb: Kb) -> None:
    lists = {row["list"]: row["entries"] for row in kb("lists", "--json").data["lists"]}
    assert {"mlss", "agisf-2022"} <= lists.keys()
    week = kb("lists", "show", "agisf-2022", "--week", "4", "--json").data
    assert week["entries"]
    assert {entry["week"] for entry in week["entries"]} == {4}
    assert kb("lists", "show", "agisf-2022", "--week", "99").code == 3
    assert kb("lists", "coverage", "agisf-2022", "--json").data["coverage"]


def test_a_summary_and_a_bibliography_come_out(kb: Kb, library: Home, tmp_path: Path) -> None:
    kb(
        "note",
        "add",
        "comparisons",
        "--kind",
        "claim",
        "--text",
        "It works.",
        "--quote",
        "comparisons that people make",
    )
    quote = "comparisons that people make"
    summary = kb("export", "summary", "comparisons")
    assert "It works." in summary.out
    assert quote in summary.out
    assert json.loads(kb("export", "summary", "comparisons", "--json").out)["title"]
    target = tmp_path / "library.bib"
    assert kb("export", "bibtex", "--to", target).code == 0
    assert kb("papers", "--json").data["papers"][0]["key"] in target.read_text()


def test_kb_alone_says_where_things_stand(kb: Kb) -> None:
    alone = kb()
    assert alone.code == 0
    assert "0 papers" in alone.out
    assert "kb lists" in alone.out


def test_home_may_stand_anywhere(kb: Kb, tmp_path: Path) -> None:
    assert str(tmp_path / "other") in kb("--home", tmp_path / "other").out
    assert kb("papers", "--home", tmp_path / "third", "--json").data == {"papers": []}


@pytest.mark.parametrize("arguments", [("frobnicate",), ("search",), ("search", "x", "--mode", "smell"), ("add",)])
def test_wrong_usage_exits_with_2(kb: Kb, arguments: tuple[str, ...]) -> None:
    assert kb(*arguments).code == 2


def test_an_error_of_the_programs_own_leaves_a_log_and_no_trace(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr("kb.sources.lists.load_lists", broken)
    result = kb("lists", "--json")
    assert (result.code, result.data["error"]["why"]) == (1, "ZeroDivisionError: a slip")
    log = Path(result.data["error"]["next"].rpartition(" ")[2])
    assert "a slip" in log.read_text()
    log.unlink()


def test_a_paper_of_an_unknown_year_comes_last(kb: Kb, library: Home) -> None:
    with Record.open(library) as record:
        for year in (None, 2019, 2017):
            Papers(record).add(PaperDraft(title=f"Of {year}", year=year))
    years = [paper["year"] for paper in kb("papers", "--sort", "year", "--json").data["papers"]]
    assert years[:2] == [2017, 2019]
    assert set(years[2:]) == {None}


def test_years_and_counts_of_notes_stand_at_the_right_of_their_columns(kb: Kb, library: Home) -> None:
    kb("note", "add", "comparisons", "--kind", "claim", "--text", "It works.")
    kb("state", "comparisons", "read")
    with Record.open(library) as record:
        Papers(record).add(PaperDraft(title="Of the year 90", year=90))
    head, _, *rows = kb("papers").out.splitlines()
    noted, early = (next(row for row in rows if word in row) for word in ("  read", "Of the year"))
    assert noted[: head.index("notes") + len("notes")].endswith("    1")
    assert early[: head.index("year") + len("year")].endswith("  90")
    assert early[head.index("state") :].startswith("unread")
