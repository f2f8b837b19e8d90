"""Agendas are read from one file each; what several files say of one work is joined, and contradictions are named."""

from pathlib import Path

import pytest
import yaml

from kb.errors import UsageError
from kb.sources.agenda_files import FOLDER, ORDER, SINGLE, packaged_agendas, work_conflicts
from tests.insight.library import agenda

WORK = {"id": "2210.10860", "title": "No gain from debate", "authors": ["Alan"], "year": 2022}


def write(lists: Path, name: str, *titled: tuple[str, str], works: tuple[dict[str, object], ...] = (WORK,)) -> None:
    """A file of agendas with these ids and titles."""
    made = [agenda(one, (f"{one}-1", f"{one}-2", f"{one}-3"), title=title) for one, title in titled]
    data = {"works": list(works), "agendas": [one.model_dump(mode="json") for one in made]}
    (lists / name).write_text(yaml.safe_dump(data), "utf-8")


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder of data with two agendas in files of their own, and one in the single file."""
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / ORDER).write_text("agendas: [second, first]\n", "utf-8")
    write(tmp_path, SINGLE, ("old", "Old"), ("first", "As it was"))
    write(tmp_path, f"{FOLDER}/agenda-first.yaml", ("first", "First"))
    write(tmp_path, f"{FOLDER}/agenda-second.yaml", ("second", "Second"))
    return tmp_path


def test_a_file_of_its_own_wins_and_the_order_is_kept(lists: Path) -> None:
    found = packaged_agendas(lists)
    assert [(one.id, one.title) for one in found.agendas] == [("second", "Second"), ("first", "First"), ("old", "Old")]
    assert [work.id for work in found.works] == ["2210.10860"]
    assert work_conflicts(lists) == ()


def test_a_changed_file_is_read_again_and_the_single_file_may_go(lists: Path) -> None:
    packaged_agendas(lists)
    write(lists, f"{FOLDER}/agenda-second.yaml", ("second", "Another title"))
    (lists / SINGLE).unlink()
    assert [one.title for one in packaged_agendas(lists).agendas] == ["Another title", "First"]


def test_two_files_that_disagree_on_a_work_are_named_and_the_first_is_believed(lists: Path) -> None:
    write(lists, f"{FOLDER}/agenda-second.yaml", ("second", "Second"), works=({**WORK, "year": 2023},))
    (problem,) = work_conflicts(lists)
    assert "agenda-second.yaml" in str(problem)
    assert "another year" in str(problem)
    assert packaged_agendas(lists).works[0].year == 2022


def test_one_claim_with_two_wordings_is_an_error_that_names_it(lists: Path) -> None:
    file = lists / FOLDER / "agenda-second.yaml"
    file.write_text(
        file.read_text("utf-8").replace("second-1", "first-1").replace("Claim first-1", "Another claim"), "utf-8"
    )
    with pytest.raises(UsageError) as caught:
        packaged_agendas(lists)
    assert "first-1" in caught.value.why
