"""Reviews: chosen by the reader, due by the log alone, rated before the last rating is seen, and taken back at will."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.export.jsonl import dump_library, load_library
from kb.insight.review import Deck
from kb.insight.review_log import cards_of, grade_of_shift, in_force
from kb.library.record import Record
from kb.library.reviews import Reviews
from kb.models.anchor import Anchor
from kb.models.note import Note, NoteContent
from kb.models.review import Grade, ReviewData, ReviewEvent, ReviewKind
from tests.insight.library import Mind

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
Forward = Callable[[float], datetime]


@pytest.fixture
def forward(monkeypatch: pytest.MonkeyPatch) -> Forward:
    """A clock that stands until it is moved on by some days, and that no two writes share a moment of."""
    time = {"now": START}

    def now() -> datetime:
        time["now"] += timedelta(milliseconds=1)
        return time["now"]

    def on(days: float) -> datetime:
        time["now"] += timedelta(days=days)
        return time["now"]

    for module in ("notes", "papers", "paper_rows", "credences", "reviews", "links"):
        monkeypatch.setattr(f"kb.library.{module}.now", now, raising=False)
    monkeypatch.setattr("kb.insight.review.now", now)
    return on


@pytest.fixture
def deck(mind: Mind, forward: Forward) -> Deck:
    """The cards of the small library."""
    made = Deck(mind.home, mind.record)
    made.insight.agenda_index = mind.agenda_index
    return made


def term(mind: Mind, **more: object) -> Note:
    """A term with its definition."""
    paper = mind.paper("Concrete problems", ("Dario Amodei", "Chris Olah", "Jacob Steinhardt"), year=2016)
    content = {
        "kind": "term",
        "paper": paper.id,
        "fields": {"term": "reward hacking", "definition": "gaming the objective"},
        "anchors": (Anchor(quote="agents may game their reward function", page=7),),
        **more,
    }
    return mind.notes.create(NoteContent.model_validate(content))


def test_nothing_is_asked_that_was_not_chosen(mind: Mind, deck: Deck) -> None:
    term(mind)
    mind.rate("one", 0.4)
    assert deck.due() == ()
    assert deck.cards == {}


def test_a_term_is_a_question_with_its_source(mind: Mind, deck: Deck) -> None:
    face = deck.add(term(mind).id)
    assert (face.card.sort, face.asks) == (ReviewKind.QUESTION, "What does “reward hacking” mean here?")
    assert (face.answer, face.quote) == ("gaming the objective", "agents may game their reward function")
    assert face.source == "Amodei et al. 2016, p. 7"
    assert [due.card.id for due in deck.due()] == [face.card.id]


@pytest.mark.parametrize(
    ("kind", "fields", "body", "asks", "answer"),
    [
        ("lesson", {"fact": "Loss is local", "relevant_for": "myopia"}, "", "matters for myopia", "Loss is local"),
        ("question", {"answer": "Because it scales"}, "Why?", "Why?", "Because it scales"),
        ("method", {"problem": "Drift", "approach": "EMA", "outcome": "mixed"}, "", "Drift", "EMA\nOutcome: mixed"),
    ],
)
def test_what_a_note_asks(
    mind: Mind, deck: Deck, kind: str, fields: dict[str, str], body: str, asks: str, answer: str
) -> None:
    note = mind.notes.create(NoteContent.model_validate({"kind": kind, "fields": fields, "body": body}))
    face = deck.add(note.id)
    assert asks in face.asks
    assert face.answer == answer
    assert face.source == "your own note"


def test_a_note_that_asks_nothing_needs_the_readers_question(mind: Mind, deck: Deck) -> None:
    note = mind.note("Scaling held up", kind="evidence")
    with pytest.raises(NotFoundError, match="nothing that could be asked") as caught:
        deck.add(note.id)
    assert "--question" in caught.value.next
    assert deck.add(note.id, question=" What held up? ").asks == "What held up?"


def test_a_claim_is_a_belief_unless_the_reader_asks_something(mind: Mind, deck: Deck) -> None:
    claim = mind.note("Debate scales", "one", kind="claim", asserted_by="Irving")
    face = deck.add(claim.id)
    assert (face.card.sort, face.statement, face.answer) == (ReviewKind.BELIEF, "Debate scales", "")
    again = deck.add(claim.id, ReviewKind.QUESTION)
    assert (again.card.sort, again.answer) == (ReviewKind.QUESTION, "Debate scales")
    assert again.asks == "What does Irving claim about one?"
    assert len(deck.cards) == 1


@pytest.mark.parametrize(
    ("name", "says", "source"),
    [("debate", "its theory of change", "agenda debate"), ("two", "Claim two.", "Debate, link 2 of 3")],
)
def test_agendas_and_links_of_their_chains_are_beliefs(deck: Deck, name: str, says: str, source: str) -> None:
    face = deck.add(name)
    assert face.source == source
    assert face.card.sort is ReviewKind.BELIEF
    assert says in face.statement
    with pytest.raises(UsageError, match="no note"):
        deck.add(name, ReviewKind.QUESTION)


def test_a_term_is_no_belief(mind: Mind, deck: Deck) -> None:
    with pytest.raises(UsageError, match="not believed more or less"):
        deck.add(term(mind).id, ReviewKind.BELIEF)


def test_the_better_it_is_remembered_the_later_it_is_asked_again(mind: Mind, deck: Deck, forward: Forward) -> None:
    face = deck.add(term(mind).id)
    waits = []
    for _ in range(4):
        card = deck.grade(deck.face(face.card.id), Grade.GOOD)
        waits.append((card.due - card.reviews[-1].at).days)
        assert deck.due(card.reviews[-1].at) == ()
        forward(waits[-1])
        assert [due.card.id for due in deck.due(forward(0))] == [card.id]
    assert waits == sorted(set(waits))
    forgotten = deck.grade(deck.face(face.card.id), Grade.AGAIN)
    assert (forgotten.due - forgotten.reviews[-1].at).days < waits[-1]
    assert forgotten.lapses == 1


def test_a_belief_is_compared_only_after_it_was_rated(mind: Mind, deck: Deck, forward: Forward) -> None:
    claim = mind.note("Debate scales", kind="claim")
    mind.credences.add(deck.insight.subject(claim.id), 0.4, reason="a hunch")
    old = mind.note("Seen before", kind="evidence")
    mind.link(old, "supports", claim)
    face = deck.add(claim.id)
    forward(10)
    mind.credences.add(deck.insight.subject(claim.id), 0.5, reason="a better hunch")
    forward(1)
    new = mind.note("Seen since", kind="evidence")
    mind.link(new, "opposes", claim)
    since = deck.since(face)
    assert since.last
    assert (since.last.p, since.last.reason) == (0.5, "a better hunch")
    assert [item.id for item in since.opposing] == [new.id]
    assert since.supporting == ()
    card = deck.rerate(face, 0.2, 0.3, "the new result")
    assert card.reviews[-1].data.grade is Grade.AGAIN
    last = mind.credences.history(claim.id)[-1]
    assert (last.low, last.high, last.reason) == (0.2, 0.3, "the new result")


@pytest.mark.parametrize(
    ("before", "after", "grade"),
    [(None, 0.5, 3), (0.5, 0.55, 3), (0.5, 0.45, 3), (0.5, 0.6, 2), (0.5, 0.65, 2), (0.5, 0.7, 1), (0.9, 0.1, 1)],
)
def test_a_steady_belief_can_wait(before: float | None, after: float, grade: int) -> None:
    assert grade_of_shift(before, after) is Grade(grade)


def test_a_belief_takes_no_grade_and_a_question_no_probability(mind: Mind, deck: Deck) -> None:
    with pytest.raises(UsageError, match="is a belief") as caught:
        deck.grade(deck.add("one"), Grade.GOOD)
    assert caught.value.next == "kb review rate one 70%"
    with pytest.raises(UsageError, match="is a question"):
        deck.rerate(deck.add(term(mind).id), 0.5, 0.5)


def test_a_review_taken_back_leaves_the_belief_as_it_was(mind: Mind, deck: Deck, forward: Forward) -> None:
    mind.rate("one", 0.4, reason="a hunch")
    face = deck.add("one")
    due = face.card.due
    forward(1)
    deck.rerate(face, 0.9, 0.9)
    assert deck.undo().action == "rate"
    assert mind.credences.standing()["one"].p == 0.4
    assert len(mind.credences.history("one")) == 3
    assert [one.p for one in deck.held("one")] == [0.4]
    assert (deck.face("one").card.due, deck.face("one").card.reviews) == (due, ())
    assert deck.since(deck.face("one")).last == deck.held("one")[-1]
    assert deck.undo().action == "add"
    assert deck.cards == {}
    with pytest.raises(NotFoundError, match="no review is left"):
        deck.undo()


def test_a_credence_given_after_the_review_is_not_touched_by_taking_it_back(mind: Mind, deck: Deck) -> None:
    mind.rate("one", 0.4)
    deck.rerate(deck.add("one"), 0.9, 0.9)
    mind.rate("one", 0.7)
    deck.undo()
    assert mind.credences.standing()["one"].p == 0.7


def test_a_card_is_put_away_and_taken_up_again_with_its_reviews(mind: Mind, deck: Deck) -> None:
    name = deck.add(term(mind).id).card.id
    reviewed = deck.grade(deck.face(name), Grade.EASY)
    deck.remove(name)
    assert deck.cards == {}
    assert deck.add(name).card.due == reviewed.due
    deck.undo()
    deck.undo()
    assert deck.cards[name].reviews == reviewed.reviews


def test_a_card_whose_note_is_in_the_trash_is_not_asked(mind: Mind, deck: Deck) -> None:
    name = deck.add(term(mind).id).card.id
    mind.notes.trash(name)
    fresh = Deck(mind.home, mind.record)
    assert fresh.due() == ()
    assert fresh.remove(name).id == name
    mind.notes.restore(name)


def test_an_unknown_card_is_told_with_what_to_do(deck: Deck) -> None:
    deck.add("one")
    assert deck.face("on").card.id == "one"
    with pytest.raises(NotFoundError, match="no card is called") as caught:
        deck.face("nothing")
    assert caught.value.next == "kb review --list --all"


def test_the_schedule_is_in_the_export_and_comes_back_the_same(
    mind: Mind, deck: Deck, tmp_path: Path, forward: Forward
) -> None:
    name = deck.add(term(mind).id).card.id
    for grade in (Grade.GOOD, Grade.AGAIN, Grade.EASY):
        forward(2)
        deck.grade(deck.face(name), grade)
    with Record.open(Home(tmp_path / "other")) as other:
        load_library(other, dump_library(mind.record))
        assert cards_of(Reviews(other).log())[name].due == deck.cards[name].due


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["add", "remove", "rate", "undo"]), st.sampled_from(Grade)),
    max_size=30,
)


@given(ACTIONS)
def test_the_log_alone_decides_and_no_line_is_lost(actions: list[tuple[str, str, Grade]]) -> None:
    log: list[ReviewEvent] = []
    for seq, (card, action, grade) in enumerate(actions, 1):
        data = ReviewData()
        if action == "undo":
            standing = in_force(log)
            if not standing:
                continue
            data = ReviewData(undoes=standing[-1].seq)
        elif action == "rate":
            data = ReviewData(grade=grade)
        elif action == "add":
            data = ReviewData(sort=ReviewKind.QUESTION, question="?")
        event = {"seq": seq, "card": card, "action": action, "data": data, "at": START + timedelta(days=seq)}
        log.append(ReviewEvent.model_validate(event))
    first, second = cards_of(log), cards_of(tuple(log))
    assert {name: card.due for name, card in first.items()} == {name: card.due for name, card in second.items()}
    undone = [event for event in log if event.action == "undo"]
    assert len(in_force(log)) == len(log) - 2 * len(undone)
    for card in first.values():
        if card.reviews:
            assert timedelta(days=1) <= card.due - card.reviews[-1].at <= timedelta(days=365)
