"""The map of an agenda: what is held, what is weakest, who is unread, and what would change it."""

import pytest

from kb.errors import UsageError
from kb.insight.credence_log import moment, moved_most, probability, rating, steps
from kb.insight.insight import Insight
from kb.insight.mind_changers import what_would_change_my_mind
from kb.models.anchor import Anchor
from kb.models.note import Note, NoteContent
from tests.insight.library import Mind


def test_each_link_has_its_credence_and_evidence_on_both_sides(mind: Mind) -> None:
    paper = mind.paper(year=2020)
    mind.note("works", "two:supports", paper=paper)
    mind.note("fails", "two:undermines")
    mind.note("of the whole", "debate-tag:supports")
    mind.rate("two", 0.6, 0.8, reason="two toy results")
    view = mind.view()
    link = view.chain[1]
    assert ([e.says for e in link.supporting], [e.says for e in link.opposing]) == (["works"], ["fails"])
    assert link.credence
    assert link.credence.words == "60–80 %"
    assert [item.says for item in view.general] == ["of the whole"]
    assert view.chain[0].all == ()


def test_the_weakest_link_is_the_one_rated_lowest(mind: Mind) -> None:
    mind.note("against", "three:undermines")
    assert mind.view().weakest.number == 3
    assert "least evidence" in mind.view().weakest.why
    mind.rate("one", 0.9)
    mind.rate("two", 0.3)
    weakest = mind.view().weakest
    assert (weakest.number, mind.view().product) == (2, None)
    assert "1 of 3 links are not rated" in weakest.why


def test_the_links_multiplied_are_given_once_all_are_rated(mind: Mind) -> None:
    mind.rate("one", 0.5)
    mind.rate("two", 0.5, 0.8)
    mind.rate("three", 1.0)
    assert mind.view().product == (0.25, 0.4)


def test_a_critic_is_unread_until_the_paper_is_read(mind: Mind) -> None:
    assert [critic.voice.who for critic in mind.view().unread_critics] == ["Alan"]
    paper = mind.paper("No gain from debate", arxiv_id="2210.10860", state="skimmed")
    assert mind.view().unread_critics
    mind.papers.set_state(paper.id, mind.paper(state="read").state)
    assert mind.view().unread_critics == ()


def test_what_would_change_my_mind_names_cruxes_critics_opposition_and_own_words(mind: Mind) -> None:
    mind.note("fails on long debates", "two:undermines")
    mind.note("try three rounds", "debate:supports", kind="idea", refuted_by="accuracy falls with rounds")
    mind.note("who judges the judges?", "one:neutral", kind="question")
    mind.rate("two", 0.9)
    found = what_would_change_my_mind(mind.view(), mind.record)
    told = {mind_changer.kind: mind_changer.text for mind_changer in found}
    assert set(told) == {"crux", "critic", "opposition", "refutation", "question", "reproduction"}
    assert "90 % against: fails on long debates" in told["opposition"]
    assert "accuracy falls with rounds" in told["refutation"]
    assert [mind_changer.claims for mind_changer in found if mind_changer.kind == "crux"] == [(1,)]


def test_the_brief_tells_all_of_it_and_obeys_nothing_of_it(mind: Mind) -> None:
    insight = Insight(mind.home, mind.record)
    insight.agenda_index = mind.agenda_index
    mind.note("[x](javascript:1) \x1b[31m*works*", "one:supports", paper=mind.paper("<b>Bold</b>", year=2020))
    mind.rate("one", 0.4, reason="a first guess")
    mind.rate("one", 0.7, reason="two results")
    mind.rate("debate", 0.5)
    text = insight.brief(mind.agenda_index.agenda("debate"))
    assert "1. **Claim one.**" in text
    assert r"\[x\](javascript:1)" in text
    assert "\x1b" not in text
    assert "<b>" not in text.replace(r"\<b>", "")
    assert text.index("40 % for Claim one.: a first guess") < text.index("70 % for Claim one.: two results")
    assert "Alan: It fails. *(not read yet)*" in text
    assert "## What would change my mind" in text


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("0.7", (0.7, 0.7)),
        (".5", (0.5, 0.5)),
        ("70%", (0.7, 0.7)),
        ("70", (0.7, 0.7)),
        ("60-80", (0.6, 0.8)),
        ("0-5", (0, 0.05)),
        ("70 %", (0.7, 0.7)),
        ("0", (0, 0)),
        ("1", (1, 1)),
        ("0.6-0.8", (0.6, 0.8)),
        ("60-80%", (0.6, 0.8)),
        ("60% – 80%", (0.6, 0.8)),
        ("0.6..0.8", (0.6, 0.8)),
        ("0.5 to 0.75", (0.5, 0.75)),
    ],
)
def test_probabilities_as_readers_type_them(text: str, ends: tuple[float, float]) -> None:
    assert probability(text) == pytest.approx(ends)


@pytest.mark.parametrize(
    "text", ["101", "1.1", "0.5-70", "110%", "likely", "", "0.8-0.6", "-0.2", "0.2-0.4-0.6", "nan"]
)
def test_what_is_no_probability_is_refused_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        probability(text)
    assert caught.value.why


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("40%", (0.4, 0.4, "")),
        ("40% a toy judge was fooled", (0.4, 0.4, "a toy judge was fooled")),
        ("40, since 3 of 4 runs failed", (0.4, 0.4, "since 3 of 4 runs failed")),
        ("60-80% two papers agree", (0.6, 0.8, "two papers agree")),
        (" 0.6 to 0.8: still open", (0.6, 0.8, "still open")),
    ],
)
def test_a_reason_may_follow_the_number(text: str, read: tuple[float, float, str]) -> None:
    assert rating(text) == pytest.approx(read) if not read[2] else rating(text) == read


@pytest.mark.parametrize("text", ["", "likely 40%", "0.2-0.4-0.6", "1.1 sure", "-0.2 no"])
def test_a_reason_without_a_probability_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        rating(text)


def test_steps_stand_beside_what_was_held_before_and_the_widest_come_first(mind: Mind) -> None:
    for name, p in (("one", 0.5), ("two", 0.9), ("one", 0.6), ("two", 0.1)):
        mind.rate(name, p)
    log = mind.credences.history()
    assert [step.words for step in steps(log)] == ["50 %", "90 %", "50 % → 60 %", "90 % → 10 %"]
    assert [round(step.moved, 2) for step in moved_most(log, moment("2000-01-01"))] == [-0.8, 0.1, 0, 0]
    assert moved_most(log, moment("2999-01-01")) == ()


@pytest.mark.parametrize(
    ("state", "told"), [("orphaned", "(not found in the paper)"), ("changed", "otherwise now"), ("exact", "")]
)
def test_a_brief_marks_a_quote_that_the_paper_does_not_have(mind: Mind, state: str, told: str) -> None:
    paper = mind.paper()
    note = mind.note("it works", "one:supports", paper=paper)
    anchor = Anchor.model_validate({"quote": "never said " * 60, "page": 3, "state": state})
    mind.notes.edit(note.id, NoteContent(**{**_content_of(note), "anchors": (anchor,)}))
    maps = Insight(mind.home, mind.record)
    maps.__dict__["agenda_index"] = mind.agenda_index
    (line,) = [line for line in maps.brief(mind.agenda_index.agenda("debate")).split("\n") if "it works" in line]
    assert told in line
    assert ("*(" in line) == bool(told)
    assert " …”, p. 3" in line


def _content_of(note: Note) -> dict[str, object]:
    return {name: getattr(note, name) for name in NoteContent.model_fields}


def test_a_date_means_its_end() -> None:
    assert moment("2026-03-01") > moment("2026-03-01T23:59")
    with pytest.raises(UsageError, match="no date"):
        moment("yesterday")


def test_a_paper_goes_by_its_own_title_and_by_the_minutes_of_its_list(mind: Mind) -> None:
    paper = mind.paper("AI safety via debate", ["Geoffrey Irving"], year=2018, arxiv_id="1805.00899")
    mind.listed(
        {"id": "e1", "title": "Debate (blog post)", "kind": "post", "minutes": 35, "paper_arxiv_id": "1805.00899"}
    )
    mind.reading_lists.attach("course", "e1", paper.id)
    reading = mind.standing.catalogue.of_paper(paper.id)
    assert reading
    assert (reading.title, reading.minutes, reading.time) == ("AI safety via debate", 35, "35 min")


def test_reproductions_are_named_until_one_is_the_readers_own(mind: Mind) -> None:
    def told() -> list[str]:
        return [one.next for one in what_would_change_my_mind(mind.view(), mind.record) if one.kind == "reproduction"]

    assert told() == ["kb reproduce run debate-digits"]
    mind.note("my run", "one:supports", evidence_kind="reproduction")
    assert told() == []


def test_the_brief_names_the_work_that_evidence_is_from(mind: Mind) -> None:
    insight = Insight(mind.home, mind.record)
    insight.agenda_index = mind.agenda_index
    team = mind.paper("Long debates", ["Ada Lovelace", "Alan Turing"], year=2020)
    mind.note("it works", "one:supports", paper=team, evidence_kind="toy model")
    mind.note("it fails", "one:undermines", paper=mind.paper("Alone", ["Grace Hopper"]))
    mind.note("my own view", "two:supports")
    text = insight.brief(mind.agenda_index.agenda("debate"))
    assert "it works (toy model; Ada Lovelace et al. 2020 “Long debates”)" in text
    assert "it fails (Grace Hopper “Alone”)" in text
    assert "- For: my own view\n" in text
