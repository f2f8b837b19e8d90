"""Every tag that a list or an agenda uses is one of the known ones."""

from pathlib import Path

import yaml

from kb.config import Home
from kb.sources.agenda_files import packaged_agendas
from kb.sources.list_lint import lint
from kb.sources.lists import load_lists
from kb.sources.tags import known_tags

LISTS = Path(__file__).parents[2] / "reading_lists"


def test_tags_stand_in_one_group_each() -> None:
    groups = yaml.safe_load((LISTS / "tags.yaml").read_text())["tags"]
    tags = [tag for group in groups for tag in group["tags"]]
    assert len(tags) == len(set(tags)) == len(known_tags())
    assert known_tags()["debate"] == "Scalable oversight"


def test_the_lists_use_known_tags_only(home: Home) -> None:
    known = known_tags()
    lists = load_lists(home)
    assert [finding for one in lists for finding in lint(one, agendas=known)] == []
    assert set(known) == {tag for one in lists for entry in one.entries for tag in entry.agendas}


def test_the_agendas_gather_known_tags_only() -> None:
    """An agenda's own id is a tag as well, whether or not a list uses it."""
    agendas = packaged_agendas().agendas
    used = {tag for agenda in agendas for tag in agenda.tags}
    assert used <= {*known_tags(), *(agenda.id for agenda in agendas)}
