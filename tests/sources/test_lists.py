"""The lists that come with the program are whole and true to their facts; a reader's own work the same way."""

import json
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
import yaml

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.models.minutes import minutes_of, work_of
from kb.models.reading_list import ReadingList
from kb.reproductions.registry import reproductions
from kb.sources.list_files import read_list
from kb.sources.list_schema import NAME, schema_text
from kb.sources.lists import chosen, find_list, in_edition, list_problems, load_lists, parts

LISTS = Path(__file__).parents[2] / "reading_lists/lists"
SCHEMA = LISTS.parent / NAME
FACTS = Path(__file__).parents[2].parent / "shared/data/reading_lists"

GOOD = """\
id: mine
title: My list
edition: "2026"
source: my own choice
entries:
- {id: mine-1, order: 1, title: A paper, arxiv_id: "1706.03741", week: 1}
- {id: mine-2, order: 2, title: A talk, kind: talk, url: "https://example.org/talk", week: 2, level: further}
"""


def write(home: Home, text: str, name: str = "mine.yaml") -> Path:
    """Put a list into a home."""
    home.lists.mkdir(parents=True, exist_ok=True)
    (home.lists / name).write_text(text)
    return home.lists / name


COUNTS = {
    "agisf-2022": 22,
    "agisf-2023": 84,
    "aisf-2024": 29,
    "arena": 32,
    "bluedot-2025": 70,
    "gdm-agi-safety": 1,
    "ml-basics": 56,
    "mlss": 188,
    "probabilistic-foundations": 92,
    "spine-10h": 42,
    "spine-25h": 97,
    "spine-50h": 170,
    "spine-100h": 183,
}


def test_these_lists_come_with_the_program_in_the_order_that_people_sort_them(home: Home) -> None:
    assert {one.id: len(one.entries) for one in load_lists(home)} == COUNTS
    assert [one.id for one in load_lists(home)] == list(COUNTS)
    assert list_problems(home) == ()


@pytest.mark.parametrize("file", sorted(LISTS.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_list_is_as_the_models_and_the_schema_say(file: Path) -> None:
    found = read_list(file)
    jsonschema.validate(yaml.safe_load(file.read_text()), json.loads(SCHEMA.read_text()))
    assert file.read_text().startswith(f"# yaml-language-server: $schema=../{NAME}\n")
    assert found.source
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    assert [entry.order for entry in found.entries] == list(range(1, len(found.entries) + 1))
    known = {edition.id for edition in found.editions}
    assert all(known.issuperset((*entry.editions, *entry.further_in)) for entry in found.entries)


def test_the_schema_is_what_the_models_say() -> None:
    assert SCHEMA.read_text() == schema_text(), "python -m kb.sources.list_schema > reading_lists/lists.schema.json"
    assert "A curated list" in schema_text()
    assert "The arXiv paper behind" in schema_text()


@pytest.mark.skipif(not FACTS.exists(), reason="the facts of ../shared/data/reading_lists are not here")
@pytest.mark.parametrize("facts", sorted(FACTS.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_entry_keeps_its_id_and_has_its_facts(facts: Path) -> None:
    found = {entry.id: entry for entry in read_list(LISTS / f"{facts.stem.replace('_', '-')}.yaml").entries}
    for fact in yaml.safe_load(facts.read_text())["items"]:
        entry = found[fact["id"]]
        same = ("title", "year", "arxiv_id", "paper_arxiv_id", "url", "week", "level", "option_group")
        same += ("section", "subsection", "paper_title")
        assert {name: getattr(entry, name) or None for name in same} == {name: fact.get(name) for name in same}
        assert list(entry.authors) == (fact.get("authors") or [])
        assert list(entry.agendas) == fact["agendas"]
        assert entry.minutes == fact.get("reading_minutes") or entry.minutes is not None
        assert entry.stage == str(fact.get("stage", ""))
        assert entry.why == fact.get("why", fact.get("useful_fact", "")) or entry.level == "core"
        assert entry.checked == (fact["verified"] and fact.get("membership") != "derivative")
        assert (entry.authors_complete, entry.authors_checked) == (fact["authors_complete"], fact["authors_checked"])


def test_a_longer_spine_begins_with_the_shorter_one(home: Home) -> None:
    spines = [find_list(home, f"spine-{hours}") for hours in ("10h", "25h", "50h", "100h")]
    for shorter, longer in pairwise(spines):
        assert longer.entries[: len(shorter.entries)] == shorter.entries
        assert len(longer.entries) > len(shorter.entries)
        assert longer.extends == shorter.id


@pytest.mark.parametrize(
    ("list_id", "hours"), [("spine-10h", 10), ("spine-25h", 25), ("spine-50h", 50), ("spine-100h", 100)]
)
def test_the_spine_takes_the_hours_that_it_says(home: Home, list_id: str, hours: int) -> None:
    core = chosen(find_list(home, list_id), core=True)
    assert sum(minutes_of(work_of(entry)).value for entry in core) / 60 == pytest.approx(hours, rel=0.03)


def test_the_spine_holds_what_a_newcomer_was_told_to_read(home: Home) -> None:
    entries = find_list(home, "spine-100h").entries
    works = {name for entry in entries for name in (entry.arxiv_id, entry.url, entry.primer, entry.reproduction)}
    thread = {"1805.00909", "2106.01345", "2205.11275", "2102.01685", "graphical-models-and-message-passing"}
    facts = {"next-token-loss-and-myopia", "parameters-and-features", "computation-per-token-and-chain-of-thought"}
    assert thread | facts | {"hyperparameters-in-retrospect", "2210.01790", "2211.03540", "1805.00899"} <= works
    assert {one.id for one in reproductions()} <= works
    for week, core in ((3, "agisf23-002"), (4, "agisf23-018"), (5, "agisf23-028")):
        listed = next(entry for entry in find_list(home, "agisf-2023").entries if entry.id == core)
        assert listed.week == week
        assert listed.arxiv_id in works


def test_a_readers_own_list_may_extend_one_that_comes_with_the_program(home: Home) -> None:
    write(home, GOOD.replace("title: My list", "title: My list\nextends: agisf-2022"))
    found = find_list(home, "mine")
    assert [entry.order for entry in found.entries] == list(range(1, COUNTS["agisf-2022"] + 3))
    assert [entry.id for entry in found.entries][-2:] == ["mine-1", "mine-2"]


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ("nothing", "there are"),
        ("mine", "each would begin with the other"),
        ("other", "each would begin with the other"),
    ],
)
def test_a_list_that_cannot_be_extended_is_reported(home: Home, base: str, says: str) -> None:
    write(home, GOOD.replace("title: My list", f"title: My list\nextends: {base}"))
    write(home, GOOD.replace("id: mine\n", "id: other\nextends: mine\n"), "other.yaml")
    assert all(says in str(problem) for problem in list_problems(home))
    assert len(list_problems(home)) == 2
    assert len(load_lists(home)) == len(COUNTS)


def test_a_readers_own_list_is_found_like_the_others(home: Home) -> None:
    write(home, GOOD)
    assert "mine" in [one.id for one in load_lists(home)]
    assert find_list(home, "mine").entries[1].kind == "talk"


def test_a_readers_own_list_wins_over_one_of_the_same_id(home: Home) -> None:
    write(home, GOOD.replace("id: mine\n", "id: mlss\n"), "mlss.yaml")
    assert len(find_list(home, "mlss").entries) == 2


@pytest.mark.parametrize("asked", ["agisf_2022", "AGISF-2022", " agisf 2022 ", "agisf-2022"])
def test_a_list_is_found_by_what_a_reader_types(home: Home, asked: str) -> None:
    assert find_list(home, asked).id == "agisf-2022"
    assert find_list(home, "prob").id == "probabilistic-foundations"


@pytest.mark.parametrize(
    ("asked", "says"), [("agisf", "agisf-2022, agisf-2023"), ("nothing", "ml-basics"), ("", "mlss")]
)
def test_a_list_that_is_not_there_names_those_that_are(home: Home, asked: str, says: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_list(home, asked)
    assert says in caught.value.why


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"1706.03741"', "1706.03741", "entry 'mine-1', field arxiv_id: 1706.03741 must be in quotes"),
        ('"2026"', "2026-01-02", "edition: 2026-01-02 must be in quotes"),
        ("kind: talk", "kind: speech", "entry 'mine-2', field kind"),
        ("level: further", "levle: further", "entry 'mine-2', field levle"),
        ("id: mine-2, ", "", "entry number 2, field id"),
        ("title: A paper, ", "", "entry 'mine-1', field title: field required"),
        ("title: My list", "title: My list\ntitle: Again", "'title' is there twice"),
        ("entries:", "entries: [", "not valid YAML"),
        ("id: mine\n", "id: other\n", "a file is named by its id"),
        ("source: my own choice\n", "", "source: field required"),
        ("title: My list", "title: !!python/object/apply:os.system [true]", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_by_file_entry_and_field(home: Home, old: str, new: str, says: str) -> None:
    assert old in GOOD
    file = write(home, GOOD.replace(old, new))
    with pytest.raises(UsageError) as caught:
        read_list(file)
    assert str(file) in caught.value.what
    assert says in str(caught.value)
    assert len(load_lists(home)) == len(COUNTS)
    assert len(list_problems(home)) == 1


@pytest.mark.parametrize("text", ["", "just words", "- 1\n- 2", "\x00", "a: &a [*a]", "entries: [1, 2]", "{" * 5000])
def test_a_file_that_is_no_list_is_reported(home: Home, text: str) -> None:
    write(home, text)
    assert len(load_lists(home)) == len(COUNTS)
    assert "mine.yaml" in list_problems(home)[0].what


def test_a_bomb_of_aliases_is_refused(home: Home) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    write(home, "\n".join([*lines, "id: *a11", "title: *a11", "entries: *a11"]))
    assert len(list_problems(home)) == 1


def test_an_edition_has_its_own_entries_and_its_own_core(home: Home) -> None:
    mlss = find_list(home, "mlss")
    then, now = in_edition(mlss, "mlss-2022"), in_edition(mlss, "site-2024")
    assert (len(then.entries), len(now.entries)) == (132, 156)
    assert len(chosen(then, core=True)) < len(chosen(now, core=True))
    assert in_edition(mlss, None) is mlss
    with pytest.raises(NotFoundError, match="no edition") as caught:
        in_edition(mlss, "1999")
    assert "mlss-2022, site-2024" in caught.value.why


def test_a_week_and_the_core_can_be_chosen(home: Home) -> None:
    agisf = find_list(home, "agisf-2022")
    assert [entry.week for entry in chosen(agisf, week=4)] == [4] * 6
    assert len(chosen(find_list(home, "agisf-2023"), week=3, core=True)) < len(
        chosen(find_list(home, "agisf-2023"), week=3)
    )
    with pytest.raises(NotFoundError, match="no week 9") as caught:
        chosen(agisf, week=9)
    assert "3, 4, 5" in caught.value.why
    with pytest.raises(NotFoundError, match="no week 1"):
        chosen(find_list(home, "ml-basics"), week=1)


def test_parts_keep_the_headings_and_every_entry(home: Home) -> None:
    for one in load_lists(home):
        held = [entry.id for part in parts(one) for entry in part.entries]
        assert sorted(held) == sorted(entry.id for entry in one.entries)
    assert [part.week for part in parts(find_list(home, "agisf-2022"))] == [0, 3, 4, 5]
    assert "Monitoring · Transparency" in [part.title for part in parts(find_list(home, "mlss"))]


def test_text_in_a_list_is_only_data(home: Home) -> None:
    title = "[bold]\\x1b[31m{{ 7*7 }}"
    write(home, GOOD.replace("title: A paper", f"title: {json.dumps(title)}"))
    assert find_list(home, "mine").entries[0].title == title


def test_the_model_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="extra"):
        ReadingList.model_validate({**yaml.safe_load(GOOD), "surprise": 1})
