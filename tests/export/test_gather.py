"""What a summary collects, and how it arranges it."""

import pytest

from kb.config import Home
from kb.errors import NotFoundError
from kb.export.gather import gather_agenda, gather_list, gather_paper
from kb.models.credence import Subject, SubjectKind
from kb.models.note import LinkKind
from kb.models.reading_list import Entry
from kb.models.summary import NoteGroups
from tests.export.library import DEBATE, OVERSIGHT, SHA, Shelf, quote, studied


def headlines(groups: NoteGroups, name: str) -> list[str]:
    """The notes of a group in a line each."""
    return [part.headline for part in getattr(groups, name)]


def test_a_paper_with_every_kind_of_note(home: Home) -> None:
    shelf, paper = studied(home)
    summary = gather_paper(shelf.record, paper.id)
    (part,) = summary.papers
    assert (summary.about, summary.id, summary.title) == ("paper", paper.id, paper.title)
    assert headlines(part, "claims") == ["A few hours of comparisons train an agent"]
    assert headlines(part, "positions") == ["Comparisons scale badly"]
    assert headlines(part, "methods") == ["A reward model fit to comparisons"]
    assert headlines(part, "lessons") == ["Reward models drift"]
    assert headlines(part, "questions") == ["Does it hold for language?"]
    assert headlines(part, "ideas") == ["Compare explanations"]
    assert headlines(part, "terms") == ["reward model"]
    assert headlines(part, "highlights") == ["short video clips"]
    assert headlines(part, "summaries") == ["A reward model from *comparisons*."]
    assert part.versions == ("v1",)
    assert summary.bibtex == part.bibtex
    assert "christiano2017deep" in part.bibtex


def test_the_readers_credence_stands_with_the_claim_and_the_agenda(home: Home) -> None:
    shelf, paper = studied(home)
    (part,) = gather_paper(shelf.record, paper.id).papers
    assert part.claims[0].credence is None
    assert part.positions[0].credence
    assert part.positions[0].credence.words == "60–80 %"
    subject = Subject(kind=SubjectKind.AGENDA, id="scalable-oversight", statement="It works")
    shelf.credences.add(subject, 0.3)
    shelf.credences.add(subject, 0.4)
    credence = gather_agenda(shelf.record, "scalable-oversight").credence
    assert credence
    assert credence.words == "40 %"


def test_evidence_stands_under_the_claim_that_it_bears_on(home: Home) -> None:
    shelf, paper = studied(home)
    (part,) = gather_paper(shelf.record, paper.id).papers
    told = {support.part.headline: support for support in part.claims[0].support}
    solved = told["Atari and MuJoCo tasks are solved"]
    assert (solved.link, solved.strength, solved.doubt, solved.brief) == (
        LinkKind.SUPPORTS,
        0.8,
        "only simulated",
        False,
    )
    assert told["Qbert does not pass its first level"].link is LinkKind.OPPOSES
    assert part.evidence == ()


def test_evidence_is_told_once_and_then_in_brief(home: Home) -> None:
    shelf = Shelf(home)
    paper, other = shelf.paper(), shelf.paper(DEBATE)
    first = shelf.note("claim", paper, statement="First", anchors=(quote("a", 1),))
    second = shelf.note("claim", paper, statement="Second", anchors=(quote("b", 2),))
    seen = shelf.note("evidence", other, observation="Seen")
    shelf.link(seen, first, LinkKind.SUPPORTS)
    shelf.link(seen, second, LinkKind.SUPPORTS)
    (part,) = gather_paper(shelf.record, paper.id).papers
    assert [claim.support[0].brief for claim in part.claims] == [False, True]
    assert part.claims[0].support[0].paper_title == "AI safety via debate"


def test_evidence_that_speaks_only_of_evidence_keeps_its_own_place(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper()
    one = shelf.note("evidence", paper, observation="One")
    two = shelf.note("evidence", paper, observation="Two")
    shelf.link(one, two, LinkKind.UNDERCUTS)
    shelf.link(two, one, LinkKind.UNDERCUTS)
    (part,) = gather_paper(shelf.record, paper.id).papers
    assert headlines(part, "evidence") == ["One", "Two"]


def test_a_chain_of_claims_is_told_without_going_round(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper()
    one = shelf.note("claim", paper, statement="One")
    two = shelf.note("claim", paper, statement="Two")
    shelf.link(one, two, LinkKind.DEPENDS_ON)
    shelf.link(two, one, LinkKind.DEPENDS_ON)
    (part,) = gather_paper(shelf.record, paper.id).papers
    assert [[rest.part.headline for rest in claim.rests_on] for claim in part.claims] == [["Two"], ["One"]]


def test_a_trashed_note_is_told_nowhere(home: Home) -> None:
    shelf, paper = studied(home)
    for note in shelf.notes.all(paper=paper.id):
        if note.kind.value == "evidence":
            shelf.notes.trash(note.id)
    (part,) = gather_paper(shelf.record, paper.id).papers
    assert part.claims[0].support == ()
    assert part.evidence == ()


def test_quotes_know_their_section_and_page(home: Home) -> None:
    shelf, paper = studied(home)
    (part,) = gather_paper(shelf.record, paper.id).papers
    claimed = part.claims[0].quotes[0]
    observed = part.claims[0].support[0].part.quotes[0]
    assert (claimed.section, claimed.page) == ("1 Introduction", 1)
    assert (observed.section, observed.page) == ("3.1 Atari", 5)


def test_a_quote_from_an_older_version_says_which(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper()
    shelf.text(paper, (0, "Old heading"))
    shelf.text(paper, (0, "New heading"), sha256="b" * 64, label="v2")
    shelf.note("highlight", paper, anchors=(quote("old words", 1, 0, version=SHA), quote("new", 1, version="b" * 64)))
    (part,) = gather_paper(shelf.record, paper.id).papers
    old, new = part.highlights[0].quotes
    assert (old.version, old.section) == ("v1", "Old heading")
    assert new.version == ""


def test_without_derived_texts_the_pages_remain(home: Home) -> None:
    shelf, paper = studied(home)
    home.texts.unlink()
    summary = gather_paper(shelf.record, paper.id)
    assert summary.papers[0].claims[0].quotes[0].page == 1
    assert summary.papers[0].claims[0].quotes[0].section == ""


def test_damaged_texts_are_named_and_do_not_stop_the_summary(home: Home) -> None:
    shelf, paper = studied(home)
    home.texts.write_bytes(b"not a database" * 100)
    summary = gather_paper(shelf.record, paper.id)
    assert summary.papers[0].claims
    assert "without their sections" in summary.notice


def test_notes_follow_the_pages(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper()
    for page, block in ((9, 90), (2, 21), (2, 20), (5, None)):
        shelf.note("highlight", paper, anchors=(quote(f"p{page} b{block}", page, block),))
    shelf.note("highlight", paper, body="no place")
    (part,) = gather_paper(shelf.record, paper.id).papers
    assert headlines(part, "highlights") == ["p2 b20", "p2 b21", "p5 bNone", "p9 b90", "no place"]


def test_a_list_tells_its_papers_in_order_and_what_has_no_notes(home: Home) -> None:
    shelf = Shelf(home)
    one, two = shelf.paper(), shelf.paper(DEBATE)
    shelf.course(
        Entry(id="e2", order=1, title="Debate", week=4, section="Week 4: Oversight"),
        Entry(id="e1", order=2, title="Preferences", week=4, section="Week 4: Oversight"),
        Entry(id="e3", order=3, title="A post", week=4, section="Week 4: Oversight", url="https://e.org", minutes=9),
        Entry(id="e4", order=4, title="Later", week=5),
    )
    shelf.reading_lists.attach("course", "e1", one.id)
    shelf.reading_lists.attach("course", "e2", two.id)
    shelf.note("claim", one, statement="One")
    shelf.note("claim", two, statement="Two")
    week = gather_list(shelf.record, "course", 4)
    assert week.title == "A course, week 4: Oversight"
    assert [part.paper.id for part in week.papers] == [two.id, one.id]
    assert [(entry.title, entry.minutes, entry.url) for entry in week.waiting] == [("A post", 9, "https://e.org")]
    everything = gather_list(shelf.record, "course")
    assert everything.title == "A course"
    assert [entry.title for entry in everything.waiting] == ["A post", "Later"]


def test_an_agenda_tells_only_what_bears_on_it(home: Home) -> None:
    shelf, _ = studied(home)
    shelf.note("idea", direction="A thought of my own", agendas=(OVERSIGHT,))
    summary = gather_agenda(shelf.record, "scalable-oversight")
    assert summary.title == "Scalable oversight"
    assert headlines(summary.papers[0], "claims") == ["A few hours of comparisons train an agent"]
    assert summary.papers[0].lessons == ()
    assert len(summary.papers[0].claims[0].support) == 2
    assert headlines(summary.thoughts, "ideas") == ["A thought of my own"]


def test_what_is_not_there_is_said(home: Home) -> None:
    shelf = Shelf(home)
    shelf.course(Entry(id="e1", order=1, title="Debate", week=4))
    for wanted in (
        lambda: gather_paper(shelf.record, "nothing"),
        lambda: gather_list(shelf.record, "nothing"),
        lambda: gather_list(shelf.record, "course", 99),
        lambda: gather_agenda(shelf.record, "nothing"),
    ):
        with pytest.raises(NotFoundError) as error:
            wanted()
        assert error.value.next.startswith("kb ")
