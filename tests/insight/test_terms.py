"""A term stands with all its meanings, each with its paper and place."""

from kb.insight.citations import cited, times_cited
from kb.insight.terms import term_ledger
from kb.models.anchor import Anchor
from kb.models.note import NoteContent
from kb.models.paper import Paper
from kb.models.text import Reference
from tests.insight.library import Mind


def define(mind: Mind, term: str, definition: str, paper: Paper | None, page: int | None = None) -> None:
    anchors = (Anchor(quote=f"we call it {term}", page=page),) if page else ()
    mind.notes.create(
        NoteContent.model_validate(
            {
                "kind": "term",
                "paper": paper.id if paper else None,
                "fields": {"term": term, "definition": definition},
                "anchors": anchors,
            }
        )
    )


def test_a_term_has_its_meanings_side_by_side_oldest_first(mind: Mind) -> None:
    newer, older = mind.paper("Newer", year=2022), mind.paper("Older", year=2019)
    define(mind, "Mesa-optimisers", "what learned to search", newer, 3)
    define(mind, "mesa-optimiser", "a learned optimiser", older)
    define(mind, "mesa optimiser", "my own words", None)
    define(mind, "gradient", "a slope", None)
    terms = term_ledger(mind.record)
    assert (terms[0].term, len(terms[0].meanings), terms[0].papers) == ("gradient", 1, 0)
    (term,) = term_ledger(mind.record, "Mesa")
    assert [meaning.definition for meaning in term.meanings] == [
        "a learned optimiser",
        "what learned to search",
        "my own words",
    ]
    assert term.meanings[1].anchor
    assert term.meanings[1].anchor.page == 3
    assert term_ledger(mind.record, "policy") == ()


def test_a_quote_defines_a_term_where_no_definition_was_typed(mind: Mind) -> None:
    define(mind, "policy", "", mind.paper(), 2)
    assert term_ledger(mind.record)[0].meanings[0].definition == "we call it policy"


def test_a_work_is_counted_by_id_or_by_title_whichever_says_more() -> None:
    counted = times_cited(
        [
            Reference(index=0, text="", arxiv_id="1706.03741", title="Deep RL from human preferences"),
            Reference(index=1, text="", title="Deep RL from Human Preferences."),
            Reference(index=2, text="", title="short"),
        ]
    )
    assert cited(counted, "1706.03741", "Deep RL from human preferences") == 2
    assert cited(counted, "9999.00000", "short") == 0
