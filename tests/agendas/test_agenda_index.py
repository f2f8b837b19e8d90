"""Agendas, claims and cruxes are found by whatever a reader calls them, and nothing is found by chance."""

import pytest

from kb.agendas.agenda_index import AgendaIndex
from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.library.agendas import Agendas
from kb.library.record import Record
from tests.insight.library import agenda

ATLAS = AgendaIndex([agenda("debate", ("d-one", "d-two", "d-three")), agenda("rlhf", ("r-one", "r-two", "r-three"))])


@pytest.mark.parametrize(
    ("said", "means"),
    [("debate", "debate"), ("DEBATE tag", "debate"), ("deb", "debate"), ("rlhf_tag", "rlhf"), ("d-two", "debate")],
)
def test_an_agenda_is_found(said: str, means: str) -> None:
    assert ATLAS.agenda(said).id == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("debate", "debate"),
        ("debate-tag", "debate-tag"),
        ("d-two", "d-two"),
        ("d-tw", "d-two"),
        ("debate/3", "d-three"),
        ("rlhf-tag/1", "r-one"),
        ("debate-crux", "debate-crux"),
    ],
)
def test_what_a_note_bears_on_keeps_its_own_name(said: str, means: str) -> None:
    assert ATLAS.name(said) == means


@pytest.mark.parametrize(
    ("said", "near"), [("debbate", "debate"), ("d-", "d-one, d-two, d-three"), ("", "debate, rlhf"), ("zzz", "debate")]
)
def test_an_unknown_name_brings_what_is_near(said: str, near: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        ATLAS.name(said)
    assert near in caught.value.why
    assert caught.value.next


def test_the_beginning_of_an_agendas_id_wins_over_that_of_a_tag() -> None:
    agenda_index = AgendaIndex(
        [agenda("scalable", ("a", "b", "c")), agenda("science", ("d", "e", "f"), tags=["science", "scaling"])]
    )
    assert agenda_index.agenda("scal").id == "scalable"
    with pytest.raises(NotFoundError, match="more than one"):
        agenda_index.agenda("sc")


def test_a_link_that_the_chain_does_not_have_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="no claim 7"):
        ATLAS.claim("debate/7")


def test_a_crux_is_a_question_and_not_believed() -> None:
    with pytest.raises(UsageError, match="question") as caught:
        ATLAS.subject("debate-crux")
    assert "kb credence d-one" in caught.value.next


def test_forks_share_claims_that_say_the_same_and_no_others() -> None:
    fork = agenda("my-debate", ("d-one", "d-two", "mine"), cruxes=agenda("x", ("d-one",) * 1 + ("b", "c")).cruxes)
    assert ATLAS.checked(fork) is fork
    other = [claim.model_copy(update={"statement": "Something else."}) for claim in fork.theory_of_change]
    with pytest.raises(UsageError, match="does not fit beside") as caught:
        ATLAS.checked(fork.model_copy(update={"theory_of_change": tuple(other)}))
    assert "give it a new id" in caught.value.why


def test_the_readers_changes_lie_over_what_came(home: Home) -> None:
    with Record.open(home) as record:
        came = AgendaIndex.open(home, record)
        edited = came.agendas["rlhf"].model_copy(update={"title": "Mine"})
        Agendas(record).save(edited, "edit")
        assert AgendaIndex.open(home, record).agenda("rlhf").title == "Mine"
        Agendas(record).undo("rlhf")
        assert AgendaIndex.open(home, record).agendas == came.agendas
