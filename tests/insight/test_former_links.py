"""What hangs on a link that has left the chain still resolves, and is shown as former."""

from datetime import UTC, date, datetime

import pytest

from kb.agendas.agenda_index import AgendaIndex
from kb.config import Home
from kb.insight.as_data import agenda_data
from kb.insight.brief import brief
from kb.insight.review_faces import face_of
from kb.insight.review_log import ReviewCard
from kb.models.review import ReviewKind
from tests.insight.library import Mind, agenda

NOW = datetime(2026, 12, 1, tzinfo=UTC)
GONE = {"id": "gone", "statement": "It was so.", "now": "one"}


@pytest.fixture
def mind(home: Home) -> Mind:
    """A library with a credence and a note on a link that is no longer in the chain."""
    made = Mind(home, agenda(former_links=[GONE]))
    made.rate("gone", 0.7, reason="a guess")
    made.note("seen once", "gone:supports")
    return made


def test_it_resolves_by_its_id_and_by_its_beginning() -> None:
    agenda_index = AgendaIndex([agenda(former_links=[GONE])])
    assert agenda_index.subject("gone").statement == "It was so."
    assert agenda_index.name("gon") == "gone"
    assert agenda_index.agenda("gone").id == "debate"


def test_a_link_that_still_stands_elsewhere_is_found_there() -> None:
    moved = agenda("new", ("gone", "b", "c"))
    first, *others = moved.theory_of_change
    chain = (first.model_copy(update={"statement": "It was so."}), *others)
    moved = moved.model_copy(update={"theory_of_change": chain})
    assert AgendaIndex([agenda(former_links=[GONE]), moved]).agenda("gone").id == "new"


def test_the_map_keeps_credence_and_notes_apart_from_the_chain(mind: Mind) -> None:
    view = mind.view()
    assert [link.claim.id for link in view.chain] == ["one", "two", "three"]
    (former,) = view.former
    assert former.credence is not None
    assert (former.credence.p, [item.says for item in former.items]) == (0.7, ["seen once"])
    assert view.general == ()


def test_it_is_in_data_and_in_the_brief(mind: Mind) -> None:
    view = mind.view()
    (data,) = agenda_data(view, (), date(2026, 12, 1))["former_links"]
    assert (data["id"], data["now"], data["credence"]["p"], data["notes"][0]["says"]) == (
        "gone",
        "one",
        0.7,
        "seen once",
    )
    text = brief(view, (), (), {}, {})
    assert "Links that have left the chain" in text
    assert "It was so." in text
    assert "seen once" in text


def test_a_review_card_says_that_it_is_former() -> None:
    agenda_index = AgendaIndex([agenda(former_links=[GONE])])
    face = face_of(ReviewCard(id="gone", sort=ReviewKind.BELIEF, question="", added_at=NOW), agenda_index, {}, {})
    assert face is not None
    assert (face.statement, face.source) == ("It was so.", "Debate, a former link")
