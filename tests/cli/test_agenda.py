"""``kb agenda`` and ``kb credence``: from notes on papers to a brief with evidence both ways and a changed credence."""

from pathlib import Path

import pytest
import yaml

from kb.config import Home
from tests.cli.conftest import Kb

CLAIM = "so-lies-are-harder"


def note(kb: Kb, says: str, agenda: str, kind: str = "evidence", *more: str) -> str:
    made = kb("note", "add", "--kind", kind, "--text", says, "--agenda", agenda, *more, "--json")
    assert made.code == 0, made.err
    return str(made.data["note"])


def test_the_agendas_are_listed(kb: Kb) -> None:
    listed = kb("agenda", "list", "--json").data["agendas"]
    assert len(listed) >= 12
    assert {"agenda", "title"} <= set(listed[0])
    assert "scalable-oversight" in kb("agenda", "list").out


def test_from_notes_to_a_brief_with_evidence_both_ways_and_a_changed_credence(kb: Kb, library: Home) -> None:
    claim = note(kb, "People teach by comparing", f"{CLAIM}:supports", "claim")
    against = note(kb, "The judge is fooled in long debates", "debate/3:undermines", "evidence")
    linked = kb("note", "add", "comparisons", "--kind", "evidence", "--text", "Raters agree", "--json").data["note"]
    assert kb("note", "link", linked, "supports", claim, "--strength", "0.5").code == 0
    assert kb("credence", CLAIM, "0.4", "--why", "a first guess").code == 0
    moved = kb("credence", "debate/3", "60-80%", "--why", "raters agree", "--note", linked, "--json").data
    assert (moved["subject"], moved["low"], moved["high"], moved["before"]["p"]) == (CLAIM, 0.6, 0.8, 0.4)
    assert moved["trigger"] == {"kind": "note", "ref": linked}
    shown = kb("agenda", "show", "debate", "--json").data
    link = shown["chain"][2]
    assert [(item["note"], item["strength"]) for item in link["for"]] == [(claim, 1.0), (linked, 0.5)]
    assert [item["note"] for item in link["against"]] == [against]
    assert shown["weakest"]["claim"] == CLAIM
    brief = kb("agenda", "brief", "debate").out
    assert "Raters agree" in brief
    assert "The judge is fooled in long debates" in brief
    assert "60–80 %" in brief
    assert brief.rindex("a first guess") < brief.rindex("raters agree")


def test_show_tells_what_it_turns_on(kb: Kb) -> None:
    shown = kb("agenda", "show", "rlhf")
    assert shown.code == 0
    for heading in ("Theory of change", "Weakest link", "Critics", "What would change my mind", "To read"):
        assert heading in shown.out


def test_the_map_as_data_lists_its_works_and_what_they_found(kb: Kb) -> None:
    shown = kb("agenda", "show", "ai-control", "--json").data
    works = {work["id"]: work for work in shown["works"]}
    assert works["2312.06942"]["year"] == 2023
    assert all(work["title"] and work["year"] for work in works.values())
    assert {paper["id"] for paper in shown["papers"]} <= works.keys()
    first, *_, last = shown["chain"]
    against = first["works"]["against"][0]
    assert {"cite", "where", "finding", "title", "year"} <= against.keys()
    assert against["cite"] in works
    assert first["raises"]
    assert first["lowers"]
    assert (first["outcome"], last["outcome"]) == (False, True)
    assert last["scale"]
    assert shown["reviewed"] == "2026-12"
    assert shown["newest"]["when"] >= "2026-07"
    assert "no author's forecast" in shown["outcomes_are"]


def test_the_map_tells_for_and_against_and_whose_the_dates_are(kb: Kb) -> None:
    told = kb("agenda", "show", "ai-control").out
    for said in (
        "reviewed 2026-12",
        "newest source",
        " for: ",
        " against: ",
        " raises: ",
        " lowers: ",
        "Outcome; scale",
    ):
        assert said in told
    assert "no author's forecast" in " ".join(told.split())
    brief = kb("agenda", "brief", "ai-control").out
    for said in ("Works for:", "Works against:", "Raises:", "Lowers:", "no author's forecast"):
        assert said in brief


def test_agendas_are_looked_after(kb: Kb, tmp_path: Path) -> None:
    fine = kb("agenda", "lint", "ai-control", "--json")
    assert fine.code == 0
    assert not [one for one in fine.data["findings"] if one["level"] == "error"]
    assert kb("agenda", "fork", "ai-control", "mine").code == 0
    text = kb("agenda", "history", "mine", "--json").data["revisions"][0]["content"]
    text["theory_of_change"][-1]["outcome"] = False
    text["papers"] = text["papers"][1:]
    (tmp_path / "new.yaml").write_text(yaml.safe_dump(text), "utf-8")
    assert kb("agenda", "edit", "mine", "--from", tmp_path / "new.yaml").code == 0
    linted = kb("agenda", "lint", "mine")
    assert linted.code == 1
    assert "does not arrive" in linted.out
    assert "2312.06942 is cited, but not in the reading order" in linted.out
    assert kb("agenda", "lint", "no-such-agenda").code == 3


def test_a_credence_in_a_link_that_left_the_chain_is_kept_and_shown(kb: Kb) -> None:
    assert kb("credence", "in-superposition", "0.9", "--why", "toy models").code == 0
    told = kb("agenda", "show", "interpretability")
    assert "Former links" in told.out
    assert "in-superposition" in told.out
    assert "90 %" in told.out
    former = kb("agenda", "show", "interpretability", "--json").data["former_links"]
    assert {one["id"]: one["now"] for one in former}["in-superposition"] == "mi-dictionary"
    assert [one["credence"]["p"] for one in former if one["credence"]] == [0.9]


def test_a_brief_goes_into_a_file(kb: Kb, tmp_path: Path) -> None:
    result = kb("agenda", "brief", "rlhf", "--to", tmp_path / "brief.md")
    assert result.code == 0
    assert "# RLHF and reward modelling" in (tmp_path / "brief.md").read_text("utf-8")
    assert result.out == ""


def test_an_unknown_agenda_names_what_is_near(kb: Kb, library: Home) -> None:
    for arguments in (("agenda", "show", "debbate"), ("credence", "debbate"), ("agenda", "brief", "debbate")):
        result = kb(*arguments)
        assert (result.code, "debate" in result.err) == (3, True)
    result = kb("note", "add", "--kind", "claim", "--text", "x", "--agenda", "debbate:supports")
    assert (result.code, "debate" in result.err) == (3, True)
    assert kb("notes", "--json").data["notes"] == []


def test_notes_on_a_tag_or_a_claim_are_found_under_their_agenda(kb: Kb) -> None:
    made = {note(kb, "on a tag", "debate"), note(kb, "on a claim", f"{CLAIM}:supports")}
    note(kb, "elsewhere", "rlhf")
    assert {one["note"] for one in kb("notes", "--agenda", "scalable-oversight", "--json").data["notes"]} == made
    counted = {one["agenda"]: one["notes"] for one in kb("agenda", "list", "--json").data["agendas"]}
    assert (counted["scalable-oversight"], counted["rlhf"]) == (2, 1)


def test_credences_are_replayed_and_the_widest_move_comes_first(kb: Kb) -> None:
    kb("credence", CLAIM, "0.5", "--why", "a guess")
    kb("credence", CLAIM, "0.9", "--why", "a theorem")
    kb("credence", "rlhf", "0.5")
    assert [one["p"] for one in kb("credence", CLAIM, "--json").data["history"]] == [0.5, 0.9]
    assert kb("credence", "--at", "2001-01-01", "--json").data["credences"] == []
    assert {one["subject"] for one in kb("credence", "--json").data["credences"]} == {CLAIM, "rlhf"}
    first = kb("credence", "--moved", "--json").data["moves"][0]
    assert (first["reason"], round(first["moved"], 2)) == ("a theorem", 0.4)
    assert "a theorem" in kb("credence", CLAIM).out


def test_what_moved_the_reader_must_be_there(kb: Kb, home: Home) -> None:
    for option in ("--run", "--note", "--paper"):
        assert kb("credence", CLAIM, "0.5", option, "nothing-like-it").code == 3
    run = home.root / "runs" / "calibration" / "r-0123" / "run.json"
    run.parent.mkdir(parents=True)
    run.write_text('{"run": "r-0123", "reproduction": "calibration"}', "utf-8")
    assert kb("credence", CLAIM, "0.5", "--run", "r-01", "--json").data["trigger"] == {"kind": "run", "ref": "r-0123"}
    assert len(kb("credence", CLAIM, "--json").data["history"]) == 1


def test_a_claim_of_ones_own_can_be_rated_and_other_notes_cannot(kb: Kb) -> None:
    claim = note(kb, "Debate needs calibrated judges", "debate", "claim")
    assert kb("credence", claim, "0.3", "--json").data["kind"] == "note"
    idea = note(kb, "try it", "debate", "idea")
    assert kb("credence", idea, "0.3").code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("credence", CLAIM, "170"),
        ("credence", CLAIM, "0.5", "--note", "n1", "--paper", "x"),
        ("credence", CLAIM, "--why", "because"),
        ("credence", CLAIM, "0.5", "--at", "2026-01-01"),
        ("credence", "--at", "someday"),
        ("credence", "so-obfuscation", "0.5"),
        ("agenda", "fork", "rlhf", "debate/1"),
        ("agenda", "add", "rlhf"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(kb: Kb, arguments: tuple[str, ...]) -> None:
    result = kb(*arguments)
    assert result.code == 2
    assert kb("credence", "--json").data["credences"] == []


def test_an_agenda_is_edited_forked_and_taken_back(kb: Kb, tmp_path: Path) -> None:
    assert kb("agenda", "fork", "debate", "my-debate", "--title", "Mine").code == 0
    assert kb("credence", CLAIM, "0.4").code == 0
    shown = kb("agenda", "show", "my-debate", "--json").data
    assert (shown["title"], shown["origin"], shown["chain"][2]["credence"]["p"]) == ("Mine", "scalable-oversight", 0.4)
    text = kb("agenda", "history", "my-debate", "--json").data["revisions"][0]["content"]
    text["title"] = "Mine, better"
    (tmp_path / "new.yaml").write_text(yaml.safe_dump(text), "utf-8")
    assert kb("agenda", "edit", "my-debate", "--from", tmp_path / "new.yaml").code == 0
    assert kb("agenda", "show", "my-debate", "--json").data["title"] == "Mine, better"
    assert kb("agenda", "undo", "my-debate").code == 0
    assert kb("agenda", "show", "my-debate", "--json").data["title"] == "Mine"
    assert kb("agenda", "undo", "my-debate").code == 0
    assert kb("agenda", "show", "my-debate").code == 3


def test_text_that_is_no_agenda_is_kept_and_named(kb: Kb, tmp_path: Path, home: Home) -> None:
    (tmp_path / "bad.yaml").write_text("title: lost?\nproblem: 3\n", "utf-8")
    result = kb("agenda", "edit", "rlhf", "--from", tmp_path / "bad.yaml")
    assert result.code == 2
    assert str(home.recovery) in result.err
    assert "lost?" in next(home.recovery.iterdir()).read_text("utf-8")


def test_an_editor_writes_an_agenda(kb: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("#!/bin/sh\nsed -i 's/First link/Judges can be taught/' \"$1\"\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    assert kb("agenda", "add", "teachable-judges").code == 0
    assert kb("agenda", "show", "teachable", "--json").data["chain"][0]["statement"] == "Judges can be taught."


def test_an_agenda_file_of_the_readers_own_is_taken_in_and_a_bad_one_is_said(kb: Kb, home: Home) -> None:
    home.root.mkdir(parents=True)
    (home.root / "agendas.yaml").write_text("agendas:\n- id: mine\n  title: Mine\n", "utf-8")
    listed = kb("agenda", "list", "--json")
    assert listed.code == 0
    assert "agendas.yaml" in listed.err
    assert "'mine'" in listed.err


def test_saving_a_note_says_what_it_bears_on_and_how_to_re_rate_it(kb: Kb) -> None:
    made = kb("note", "add", "--kind", "claim", "--text", "x", "--agenda", "debate/3:undermines")
    assert f"undermines {CLAIM}: Before a human judge" in made.err
    assert f"kb credence {CLAIM} P --note n" in made.err


def test_papers_and_summaries_of_an_agenda_count_its_claims_and_tags(kb: Kb, library: Home) -> None:
    kb("note", "add", "comparisons", "--kind", "claim", "--text", "on a claim", "--agenda", f"{CLAIM}:supports")
    (paper,) = kb("papers", "--agenda", "debate", "--json").data["papers"]
    assert paper["notes"] == 1
    assert kb("papers", "--agenda", "interpretability", "--json").data["papers"] == []
    summary = kb("export", "summary", "--agenda", "debate", "--json").data
    assert (summary["id"], summary["title"]) == ("scalable-oversight", "Scalable oversight by debate and amplification")
    assert kb("papers", "--agenda", "debbate").code == 3


def test_a_backup_takes_the_readers_own_maps_along(kb: Kb, library: Home, tmp_path: Path) -> None:
    (library.root / "concepts.yaml").write_text("concepts:\n- {id: mine, title: M, definition: d}\n", "utf-8")
    assert kb("cruxes", "--weight", "neglect=2", "--save").code == 0
    kb("credence", CLAIM, "0.4")
    assert kb("backup", tmp_path / "b.zip").code == 0
    assert kb("--home", tmp_path / "new", "restore", tmp_path / "b.zip").code == 0
    assert kb("--home", tmp_path / "new", "concept", "show", "mine").code == 0
    assert kb("--home", tmp_path / "new", "cruxes", "--json").data["rule"]["weights"]["neglect"] == 2
    assert kb("--home", tmp_path / "new", "credence", CLAIM, "--json").data["history"][0]["p"] == 0.4


def test_text_from_outside_is_shown_and_never_obeyed(kb: Kb, library: Home) -> None:
    hostile = "\x1b]0;owned\x07[bold]x[/] \u202eevil"
    note(kb, hostile, f"{CLAIM}:supports", "claim")
    note(kb, hostile, "debate", "term", "--field", f"definition={hostile}")
    note(kb, hostile, "debate", "method", "--field", "outcome=improved")
    kb("credence", CLAIM, "0.5", "--why", hostile)
    commands = [
        ("agenda", "show", "debate"), ("agenda", "brief", "debate"), ("credence", CLAIM), ("credence", "--moved"),
        ("credence",), ("audit",), ("terms",), ("strategies",), ("notes",), ("cruxes", "debate"), ("next",),
    ]  # fmt: skip
    for command in commands:
        said = kb(*command)
        assert said.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(said.out + said.err), command


def test_a_whole_that_is_far_from_its_links_multiplied_is_remarked_on(kb: Kb) -> None:
    links = kb("agenda", "show", "debate", "--json").data["chain"]
    for number in range(1, len(links) + 1):
        kb("credence", f"debate/{number}", "0.5" if number == 1 else "1.0", "--why", "for now")
    for held, remarked in (("0.42", False), ("0.58", False), ("0.35", True), ("0.65", True)):
        kb("credence", "debate", held, "--why", "the whole")
        shown = kb("agenda", "show", "debate").out
        assert "All links multiplied: 50 %" in shown
        assert ("far from what you hold of the whole" in shown) is remarked, held
