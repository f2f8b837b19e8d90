"""``kb reproduce`` from the outside: shapes, exit codes, and what a wrong knob is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from kb.__main__ import run
from kb.errors import ExitCode

RUN_FIELDS = {
    "reproduction",
    "verdict",
    "prediction",
    "estimate",
    "interval",
    "control",
    "seeds",
    "seconds",
    "figure",
    "run",
}


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run([*arguments, "--json"]) == ExitCode.OK
    value = json.loads(capsys.readouterr().out)
    assert isinstance(value, dict)
    return value


def test_the_list_names_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    rows = told(capsys, "reproduce", "list")["reproductions"]
    assert len(rows) >= 20
    assert all(row["verdict"] is None for row in rows)
    assert {"reproduction", "title", "papers", "seconds"} <= set(rows[0])


def test_a_run_is_told_and_then_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    done = told(capsys, "reproduce", "run", "off-switch-game", "--predict", "1=0.5..0.7", "--set", "draws=50000")
    assert set(done) >= RUN_FIELDS
    assert done["verdict"] == "none"
    assert done["mode"] == "exploration"
    assert done["prediction"][0]["right"] is True
    full = told(capsys, "reproduce", "run", "off-switch-game")
    assert full["verdict"] == "reproduced"
    assert full["interval"][0] <= full["estimate"] <= full["interval"][1]
    rows = told(capsys, "reproduce", "list")["reproductions"]
    assert [row["verdict"] for row in rows if row["reproduction"] == "off-switch-game"] == ["reproduced"]
    shown = told(capsys, "reproduce", "show", "off-switch-game")
    assert [one["mode"] for one in shown["runs"]] == ["exploration", "full"]
    assert shown["predictions"] == {"right": 1, "asked": 1}
    assert told(capsys, "reproduce", "show", full["run"])["run"] == full["run"]


@pytest.mark.model
@pytest.mark.usefixtures("model_cache")
def test_a_claim_gets_its_evidence_only_from_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    claim = told(capsys, "note", "add", "--kind", "claim", "--text", "Doubt makes robots defer")["note"]
    quick = told(capsys, "reproduce", "run", "off-switch-game", "--quick", "--claim", claim)
    assert quick["evidence"] is None
    full = told(capsys, "reproduce", "run", "off-switch-game", "--claim", claim)
    links = told(capsys, "note", "show", claim)["links"]
    assert [(one["source"], one["kind"]) for one in links] == [(full["evidence"], "supports")]


def test_pages_for_a_reader_say_reduced_scale_and_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reproduce", "run", "power-seeking"]) == ExitCode.OK
    page = capsys.readouterr()
    assert "At a reduced scale: reproduced" in page.out
    assert "5 seeds" in page.err
    assert run(["reproduce", "show", "power-seeking"]) == ExitCode.OK
    assert "You will be asked" in capsys.readouterr().out
    assert run(["reproduce", "list"]) == ExitCode.OK
    assert "What does not show at this scale" in capsys.readouterr().out


def test_a_sweep_tells_the_dose_response_and_scores_the_guess(capsys: pytest.CaptureFixture[str]) -> None:
    guess = ("--guess", "2", "--how-large", "5..6")
    swept = told(capsys, "reproduce", "sweep", "off-switch-game", "spread=0.5,1,2", *guess, "--seeds", "2")
    assert [dose["value"] for dose in swept["doses"]] == [0.5, 1.0, 2.0]
    assert all(dose["lo"] <= dose["mean"] <= dose["hi"] for dose in swept["doses"])
    assert (swept["best"], swept["right"]) == (2.0, True)
    assert [one["right"] for one in swept["scored"]] == [True, False]
    shown = told(capsys, "reproduce", "show", "off-switch-game")
    assert [one["sweep"] for one in shown["sweeps"]] == [swept["sweep"]]
    assert shown["predictions"] == {"right": 1, "asked": 2}
    assert run(["reproduce", "show", "off-switch-game"]) == ExitCode.OK
    assert f"✓ At which spread is {swept['metric']} largest?" in " ".join(capsys.readouterr().out.split())
    assert run(["reproduce", "sweep", "off-switch-game", "spread=0.5,1", "--seeds", "1"]) == ExitCode.OK
    assert "against spread" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sweep", "off-switch-game", "spread=1"], ExitCode.USAGE, "at least two"),
        (["sweep", "off-switch-game", "spread=1,2", "--guess", "3"], ExitCode.USAGE, "choose from 1.0, 2.0"),
        (["sweep", "off-switch-game", "sprad=1,2"], ExitCode.USAGE, "mean, spread, noise, draws"),
        (["sweep", "off-switch-game", "spread=1,2", "--metric", "gian"], ExitCode.USAGE, "gain, sure robot"),
        (["run", "off-switch-game", "--set", "temperature=3"], ExitCode.USAGE, "mean, spread, noise, draws"),
        (["run", "off-switch-game", "--predict", "9=1"], ExitCode.USAGE, "from 1 to 2"),
        (["run", "on-switch-game"], ExitCode.NOTHING_FOUND, "off-switch-game"),
        (["show", "20990101-000000"], ExitCode.NOTHING_FOUND, "no run"),
    ],
)
def test_mistakes_are_told(capsys: pytest.CaptureFixture[str], arguments: list[str], code: ExitCode, said: str) -> None:
    assert run(["reproduce", *arguments]) == code
    assert said in capsys.readouterr().err


def test_a_plot_is_written_where_and_as_what_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    done = told(capsys, "reproduce", "run", "off-switch-game", "--quick")
    for name, begins in (("plot.svg", b"<?xml"), ("plot.PDF", b"%PDF"), ("plot.png", b"\x89PNG")):
        assert run(["reproduce", "show", done["run"], "--figure", str(tmp_path / name)]) == ExitCode.OK
        assert (tmp_path / name).read_bytes().startswith(begins)
        assert f"created {tmp_path / name}" in capsys.readouterr().err
    assert (tmp_path / "plot.png").read_bytes() == Path(done["figure"]).read_bytes()
    assert run(["reproduce", "show", done["run"], "--figure", str(tmp_path / "plot.svg")]) == ExitCode.OK
    assert "unchanged" in capsys.readouterr().err


def test_a_plot_that_cannot_be_written_says_why_and_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    done = told(capsys, "reproduce", "run", "off-switch-game", "--quick")
    (tmp_path / "mine.svg").write_text("mine")
    for subject, name, why, then in (
        (done["run"], "plot.jpg", "a .jpg file", ".png, .svg, .pdf"),
        (done["run"], "no/plot.svg", "does not exist", "mkdir -p"),
        (done["run"], "mine.svg", "left as it is", "another file name"),
        ("off-switch-game", "plot.svg", "shows one of its runs", f"kb reproduce show {done['run']} --figure"),
    ):
        assert run(["reproduce", "show", subject, "--figure", str(tmp_path / name)]) != ExitCode.OK
        said = capsys.readouterr().err
        assert why in said
        assert then in said
    assert [path.name for path in tmp_path.glob("*.svg")] == ["mine.svg"]
    assert (tmp_path / "mine.svg").read_text() == "mine"


def test_a_sweep_is_drawn_into_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "dose.svg"
    asked = ["off-switch-game", "draws=20000,50000", "--guess", "50000", "--quick", "--seeds", "2"]
    assert run(["reproduce", "sweep", *asked, "--figure", str(file)]) == ExitCode.OK
    assert file.read_bytes().startswith(b"<?xml")
