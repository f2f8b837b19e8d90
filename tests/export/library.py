"""A small library, made as a reader would make it, for the tests of what leaves it."""

from functools import cache
from typing import Any

from kb.config import Home
from kb.library.credences import Credences
from kb.library.links import Links
from kb.library.notes import Notes
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.library.record import Record
from kb.models.anchor import Anchor
from kb.models.credence import Subject, SubjectKind
from kb.models.note import AgendaBearing, Bearing, LinkKind, Note, NoteContent
from kb.models.note_kind import NoteKind
from kb.models.paper import Paper, PaperDraft, VersionDraft
from kb.models.provenance import Provenance
from kb.models.reading_list import Entry, ReadingList
from kb.models.text import ParsedDocument, ParseReport, Section
from kb.recall.texts import Texts
from tests.support.kept_home import Files, filled, lay_out

PREFERENCES = PaperDraft(
    title="Deep reinforcement learning from human preferences",
    authors=("Paul Christiano", "Jan Leike", "Tom B. Brown"),
    year=2017,
    arxiv_id="1706.03741",
    venue="NeurIPS",
    abstract="For sophisticated reinforcement learning systems to interact usefully with people.",
)
DEBATE = PaperDraft(title="AI safety via debate", authors=("Geoffrey Irving",), year=2018, arxiv_id="1805.00899")
SHA = "a" * 64
OVERSIGHT = AgendaBearing(agenda="scalable-oversight", bearing=Bearing.SUPPORTS)


class Shelf:
    """A record with shorthands for filling it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.record = Record.open(home)
        self.papers = Papers(self.record)
        self.notes = Notes(self.record)
        self.links = Links(self.record)
        self.credences = Credences(self.record)
        self.reading_lists = ReadingLists(self.record)

    def paper(self, draft: PaperDraft = PREFERENCES) -> Paper:
        """A paper in the library."""
        return self.papers.add(draft)

    def note(
        self,
        kind: str,
        paper: Paper | None = None,
        body: str = "",
        anchors: tuple[Anchor, ...] = (),
        agendas: tuple[AgendaBearing, ...] = (),
        provenance: Provenance = Provenance.ME,
        **fields: Any,
    ) -> Note:
        """A note of some kind with its typed fields."""
        content = NoteContent.model_validate(
            {
                "kind": NoteKind(kind),
                "paper": paper.id if paper else None,
                "body": body,
                "fields": fields,
                "anchors": anchors,
                "agendas": agendas,
            }
        )
        return self.notes.create(content, provenance)

    def link(self, source: Note, target: Note, kind: LinkKind, strength: float = 1.0, doubt: str = "") -> None:
        """A link between two notes."""
        self.links.add(source.id, target.id, kind, strength, doubt)

    def text(self, paper: Paper, *headings: tuple[int, str], sha256: str = SHA, label: str = "v1") -> None:
        """A version of the paper with parsed headings: first block and title of each."""
        self.papers.add_version(paper.id, VersionDraft(sha256=sha256, label=label, bytes=1))
        sections = tuple(
            Section(index=at, level=1, title=title, page=1, first_block=block)
            for at, (block, title) in enumerate(headings)
        )
        report = ParseReport(stage=1, parser="test", pages=1)
        self.home.derived.mkdir(parents=True, exist_ok=True)
        with Texts(self.home.texts) as texts:
            texts.put(paper.id, ParsedDocument(sha256=sha256, report=report, sections=sections))

    def rate(self, note: Note, low: float, high: float, reason: str) -> None:
        """How sure the reader is of a claim."""
        subject = Subject(kind=SubjectKind.NOTE, id=note.id, statement=note.headline)
        self.credences.add(subject, low, high, reason=reason)

    def course(self, *entries: Entry, title: str = "A course") -> None:
        """A list with these entries."""
        self.reading_lists.sync(
            ReadingList(id="course", title=title, edition="2022", source="https://example.org", entries=entries)
        )


def quote(text: str, page: int = 1, block: int | None = None, state: str = "exact", **more: Any) -> Anchor:
    """An anchor in the paper's text."""
    return Anchor.model_validate({"quote": text, "page": page, "first_block": block, "state": state, **more})


def studied(home: Home) -> tuple[Shelf, Paper]:
    """A paper with one note of every kind, and evidence for and against its claim; the home must be empty."""
    lay_out(_studied(), home)
    shelf = Shelf(home)
    [paper] = shelf.papers.all()
    return shelf, paper


@cache
def _studied() -> Files:
    return filled(_study)


def _study(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper()
    shelf.text(paper, (0, "1 Introduction"), (10, "3.1 Atari"))
    claim = shelf.note(
        "claim",
        paper,
        body="It takes **less than 1 %** of the interactions.",
        anchors=(quote("feedback on less than 1% of our agent's interactions", 1, 3),),
        agendas=(OVERSIGHT,),
        statement="A few hours of comparisons train an agent",
        asserted_by="Christiano et al.",
    )
    solved = shelf.note(
        "evidence",
        paper,
        anchors=(quote("Simulated robotics", 5, 12),),
        observation="Atari and MuJoCo tasks are solved",
        evidence_kind="toy model",
    )
    failed = shelf.note("evidence", paper, observation="Qbert does not pass its first level")
    shelf.link(solved, claim, LinkKind.SUPPORTS, 0.8, "only simulated")
    shelf.link(failed, claim, LinkKind.OPPOSES)
    shelf.note(
        "method",
        paper,
        approach="A reward model fit to comparisons",
        problem="No reward function",
        baseline="the true reward",
        metric="score",
        value=0.9,
        baseline_value=1,
        outcome="mixed",
    )
    mine = shelf.note("claim", paper, statement="Comparisons scale badly", asserted_by="me")
    shelf.rate(mine, 0.6, 0.8, "labels get costly")
    shelf.note("lesson", paper, fact="Reward models drift", relevant_for="RLHF")
    shelf.note("question", paper, body="Does it hold for language?", answer="Yes")
    shelf.note("idea", paper, direction="Compare explanations", refuted_by="no gain")
    shelf.note("term", paper, term="reward model", definition="A network that predicts comparisons")
    shelf.note("highlight", paper, anchors=(quote("short video clips", 2, 4),))
    shelf.note("summary", paper, body="A reward model from *comparisons*.")
    shelf.record.close()
