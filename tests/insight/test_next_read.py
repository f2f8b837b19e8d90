"""The next read always comes with its reasons, and each reason moves it as it says."""

from collections.abc import Mapping

from kb.insight.audit import Auditor
from kb.insight.concepts import Concepts
from kb.insight.cruxes import DEFAULT, rank_cruxes
from kb.insight.next_read import NextRead, Suggestion
from kb.models.concept import ConceptMap
from tests.insight.library import Mind
from tests.insight.test_audit import NOW

CONCEPTS = Concepts(
    ConceptMap.model_validate(
        {
            "concepts": [
                {"id": "kl", "title": "KL", "definition": "x", "papers": ["e1"]},
                {"id": "vi", "title": "VI", "definition": "x", "requires": ["kl"], "papers": ["e2"]},
            ]
        }
    )
)


def suggest(
    mind: Mind,
    minutes: int | None = None,
    list_id: str | None = None,
    *,
    known: Mapping[str, str] | None = None,
    citations: Mapping[str, int] | None = None,
) -> dict[str, Suggestion]:
    standing = mind.standing
    agendas = list(mind.agenda_index.agendas.values())
    cruxes = rank_cruxes(
        agendas, Auditor(mind.record, mind.agenda_index, NOW).agendas(mind.agenda_index.agendas), DEFAULT
    )
    views = [standing.agenda(one) for one in agendas]
    reader = NextRead(standing.catalogue, CONCEPTS, known or {}, views, cruxes, citations or {})
    return {one.reading.title: one for one in reader.suggest(minutes, list_id)}


def listed(mind: Mind, *, other: bool = False) -> None:
    entries = [{"id": f"e{n}", "title": f"Entry {n}", "minutes": 20 * n} for n in (1, 2, 3)]
    mind.listed(*entries)
    if other:
        mind.listed({"id": "o1", "title": "Other 1", "minutes": 10}, list_id="other")


def test_the_order_of_a_list_counts_and_is_said(mind: Mind) -> None:
    listed(mind)
    found = suggest(mind, known={"kl": "", "vi": ""})
    assert list(found) == ["Entry 1", "Entry 2", "Entry 3"]
    assert "the next unread entry of course" in found["Entry 1"].reasons[0]
    assert "1 unread entry comes before it" in found["Entry 2"].reasons[0]


def test_everything_that_is_suggested_says_why(mind: Mind) -> None:
    listed(mind, other=True)
    assert all(one.reasons for one in suggest(mind).values())


def test_a_list_that_was_begun_goes_before_one_that_was_not(mind: Mind) -> None:
    listed(mind, other=True)
    paper = mind.paper("Entry 1", state="read")
    mind.reading_lists.attach("course", "e1", paper.id)
    found = suggest(mind)
    assert "Entry 1" not in found
    assert found["Entry 2"].parts["list"] > found["Other 1"].parts["list"]
    assert "which you have begun" in found["Entry 2"].reasons[0]


def test_what_lacks_prerequisites_waits_and_says_for_what(mind: Mind) -> None:
    listed(mind)
    found = suggest(mind)
    assert found["Entry 2"].parts["prerequisites"] < 0
    assert any("kb concept path vi" in reason for reason in found["Entry 2"].reasons)
    ready = suggest(mind, known={"kl": "you said so"})["Entry 2"]
    assert ready.parts["prerequisites"] == 1
    assert any("uses vi" in reason for reason in ready.reasons)


def test_the_time_at_hand_is_kept_and_said(mind: Mind) -> None:
    listed(mind)
    found = suggest(mind, minutes=40)
    assert list(found) == ["Entry 1", "Entry 2"]
    assert "it takes 20 min of the 40 min that you have" in found["Entry 1"].reasons
    assert suggest(mind, minutes=5) == {}


def test_a_critic_is_suggested_once_the_reader_holds_a_view(mind: Mind) -> None:
    assert suggest(mind) == {}
    mind.rate("one", 0.9)
    (only,) = suggest(mind).values()
    assert only.reading.title == "No gain from debate"
    assert "unread critic of debate" in only.reasons[0]


def test_a_source_of_a_top_crux_counts(mind: Mind) -> None:
    mind.listed({"id": "e1", "title": "Reward modelling", "arxiv_id": "1811.07871"})
    assert any("a crux of debate" in reason for reason in suggest(mind)["Reward modelling"].reasons)


def test_citations_from_the_library_count(mind: Mind) -> None:
    listed(mind)
    found = suggest(mind, citations={"entry 3": 4})["Entry 3"]
    assert 0 < found.parts["citations"] < 1
    assert "4 papers in your library cite it" in found.reasons


def test_one_list_can_be_asked_for(mind: Mind) -> None:
    listed(mind, other=True)
    assert list(suggest(mind, list_id="other")) == ["Other 1"]


def test_a_work_on_two_lists_is_suggested_once(mind: Mind) -> None:
    mind.listed({"id": "e1", "title": "Same", "arxiv_id": "1811.07871"})
    mind.listed({"id": "o1", "title": "Same", "arxiv_id": "1811.07871"}, list_id="other")
    assert list(suggest(mind)) == ["Same"]


def test_a_list_that_is_asked_for_has_its_own_order(mind: Mind) -> None:
    mind.listed({"id": "e1", "title": "Other first"}, {"id": "e2", "title": "Same", "arxiv_id": "1811.07871"})
    mind.listed(
        {"id": "o1", "title": "Same", "arxiv_id": "1811.07871"}, {"id": "o2", "title": "Last"}, list_id="spine-10h"
    )
    mind.listed(
        {"id": "o1", "title": "Same", "arxiv_id": "1811.07871"}, {"id": "o2", "title": "Last"}, list_id="spine-100h"
    )
    found = suggest(mind, list_id="spine-100h")
    assert list(found) == ["Same", "Last"]
    assert "the next unread entry of spine-100h" in found["Same"].reasons[0]
    assert "of spine-10h" in suggest(mind)["Last"].reasons[0], "10 hours come before 100"


def test_who_has_begun_no_list_begins_with_the_spine(mind: Mind) -> None:
    mind.listed({"id": "e1", "title": "First of a course"})
    mind.listed({"id": "o1", "title": "First of the spine"}, list_id="spine-10h")
    assert list(suggest(mind)) == ["First of the spine", "First of a course"]
    assert "of spine-10h, the one to begin with" in suggest(mind)["First of the spine"].reasons[0]
    url = "https://example.org/read"
    mind.paper("Read", url=url, state="read")
    mind.listed({"id": "b1", "title": "Read", "url": url}, {"id": "b2", "title": "Then"}, list_id="begun")
    assert next(iter(suggest(mind))) == "Then"
    assert "of spine-10h, not begun yet" in suggest(mind)["First of the spine"].reasons[0]


def test_an_exercise_is_found_in_the_list_whose_turn_it_is(mind: Mind) -> None:
    exercise = {"id": "x1", "title": "Write it down", "kind": "exercise", "portion": "two pages"}
    mind.listed(exercise, list_id="spine-100h")
    mind.listed(exercise, list_id="spine-10h")
    mind.reading_lists.attach("spine-10h", "x1", mind.paper("Write it down", kind="exercise").id)
    assert suggest(mind)["Write it down"].reading.get == "kb lists show spine-10h", "there is no text to read"
