"""An agenda as it is written and as it is kept: links with works for and against, former links, a reading order."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from kb.insight.agenda_text import as_yaml, from_yaml
from kb.models.agenda import Agenda, ChainClaim
from tests.insight.library import ME, agenda

FOUND = {"cite": "2210.10860", "where": "section 4", "finding": "No gain.", "kind": "human study"}
OTHER = {"cite": "1805.00899", "where": "abstract", "finding": "A gain."}


def link(**fields: Any) -> ChainClaim:
    return ChainClaim.model_validate({"id": "one", "statement": "It helps.", **fields})


def test_works_for_and_against_are_the_sources_of_a_link() -> None:
    made = link(**{"for": [OTHER], "against": [FOUND, {**FOUND, "where": "table 2"}]}, sources=ME)
    assert [(one.cite, one.where) for one in made.sources] == [
        ("me", "my own view"), ("1805.00899", "abstract"), ("2210.10860", "section 4")
    ]  # fmt: skip
    assert [one.finding for one in made.bearings] == ["A gain.", "No gain.", "No gain."]


def test_a_link_that_rests_on_nothing_is_refused() -> None:
    refused: tuple[dict[str, Any], ...] = ({}, {"for": []}, {"sources": []})
    for nothing in refused:
        with pytest.raises(ValidationError, match="sources"):
            link(**nothing)


def test_a_bearing_without_a_finding_or_of_an_unknown_kind_is_refused() -> None:
    for bad in ({"finding": ""}, {"kind": "hunch"}, {"where": ""}):
        with pytest.raises(ValidationError):
            link(**{"for": [{**FOUND, **bad}]})


def test_what_is_written_comes_back_the_same_and_derived_sources_are_not_written() -> None:
    data = agenda().model_dump(mode="json")
    data["theory_of_change"][0] = {
        "id": "one", "statement": "It helps.", "for": [OTHER], "against": [FOUND],
        "raises": ["Up."], "lowers": ["Down."],
    }  # fmt: skip
    data["theory_of_change"][2] |= {"outcome": True, "scale": "a fifth", "date": 2030}
    data["former_links"] = [{"id": "gone", "statement": "It was so.", "now": "one"}]
    data["papers"] = ["1805.00899", {"cite": "2210.10860", "minutes": 30, "why": "against"}]
    made = Agenda.model_validate(data)
    text = as_yaml(made)
    assert from_yaml(text, made.id) == made
    assert Agenda.model_validate(made.model_dump(mode="json")) == made
    written = yaml.safe_load(text)
    assert "sources" not in written["theory_of_change"][0]
    assert written["theory_of_change"][0]["against"] == [FOUND]
    assert written["theory_of_change"][2]["date"] == "2030"
    assert written["papers"] == data["papers"]


def test_an_edited_bearing_does_not_leave_its_old_place_behind() -> None:
    made = agenda().model_copy(update={"theory_of_change": (link(**{"for": [OTHER]}), *agenda().theory_of_change[1:])})
    edited = from_yaml(as_yaml(made).replace("where: abstract\n    finding", "where: table 1\n    finding"), made.id)
    assert [source.where for source in edited.theory_of_change[0].sources] == ["table 1"]


def test_callers_get_ids_in_reading_order() -> None:
    made = agenda(papers=["1805.00899", {"cite": "2210.10860", "minutes": 30, "why": "against"}])
    assert made.papers == ("1805.00899", "2210.10860")
    assert [one.minutes for one in made.reading_order] == [None, 30]


def test_a_former_link_is_a_name_of_the_agenda_and_may_not_stand_in_the_chain_as_well() -> None:
    former = {"id": "gone", "statement": "It was so.", "now": "one"}
    made = agenda(former_links=[former])
    assert "gone" in made.names
    assert made.parts["gone"] == "It was so."
    with pytest.raises(ValidationError, match="same id"):
        agenda(former_links=[former | {"id": "two"}])


def test_an_agenda_without_critics_has_to_say_so() -> None:
    with pytest.raises(ValidationError, match="no_critics"):
        agenda(critics=[])
    assert agenda(critics=[], no_critics="None was found.").critics == ()
