"""A small library with made-up texts, the same in every run, for the screen's tests."""

from dataclasses import dataclass, replace
from functools import cache

from kb.config import Home
from kb.library.papers import Papers
from kb.library.reading_lists import ReadingLists
from kb.library.record import Record
from kb.models.paper import PaperDraft, VersionDraft
from kb.models.reading_list import Entry, ReadingList
from kb.models.text import Block, BlockKind, ParsedDocument, ParseReport, Passage, Section
from kb.recall.texts import Texts
from tests.support.kept_home import Files, filled, lay_out

AMODEI = "Concrete Problems of [bold]Markup[/bold]"
CHRISTIANO = "Deep reinforcement learning from human preferences"

TEXT = (
    (BlockKind.TITLE, 0, CHRISTIANO),
    (BlockKind.AUTHORS, 0, "Paul F. Christiano, Jan Leike, Tom B. Brown"),
    (BlockKind.HEADING, 1, "Abstract"),
    (
        BlockKind.TEXT,
        0,
        "For sophisticated reinforcement learning systems to interact usefully with real-world environments, we "
        "need to communicate complex goals to these systems. In this work, we explore goals defined in terms of human "
        "preferences "
        "between pairs of trajectory segments. We show that this approach can effectively solve complex tasks without "
        "access to the reward function.",
    ),
    (BlockKind.HEADING, 1, "1 Introduction"),
    (
        BlockKind.TEXT,
        0,
        "Recent success in scaling reinforcement learning to large problems has been driven in domains that have a "
        "well-specified reward function (Mnih et al., 2015). Unfortunately, many tasks involve goals that are complex, "
        "poorly defined, or hard to specify. Overcoming this limitation would greatly expand the possible impact of "
        "deep RL.",
    ),
    (
        BlockKind.TEXT,
        0,
        "Wide characters come through whole: 強化学習は報酬から学ぶ。 And an escape is shown: \x1b[31mred.",
    ),
    (BlockKind.HEADING, 2, "1.1 Related work"),
    (BlockKind.LIST_ITEM, 0, "Learning from ratings, which are cardinal."),
    (
        BlockKind.LIST_ITEM,
        0,
        "Learning from comparisons, which are ordinal and easier for a person to give consistently.",
    ),
    (BlockKind.CAPTION, 0, "Figure 1: The reward predictor is trained asynchronously from comparisons of segments."),
    (BlockKind.FORMULA, 0, "P[σ1 > σ2] = exp Σ r(σ1) / (exp Σ r(σ1) + exp Σ r(σ2))"),
    (BlockKind.HEADING, 1, "References"),
    (BlockKind.REFERENCE, 0, "Mnih, V. et al. Human-level control through deep reinforcement learning. Nature, 2015."),
)


@dataclass(frozen=True)
class Sample:
    """What a test needs to name."""

    home: Home
    christiano: str
    amodei: str


def document(sha256: str, parts: tuple[tuple[BlockKind, int, str], ...]) -> ParsedDocument:
    """A parsed text out of (kind, level, text) parts, one passage for each paragraph."""
    blocks, sections, passages = [], [], []
    for index, (kind, level, text) in enumerate(parts):
        page = 1 + index // 8
        if kind is BlockKind.HEADING:
            sections.append(Section(index=len(sections), level=level, title=text, page=page, first_block=index))
        section = len(sections) - 1 if sections else None
        blocks.append(Block(index=index, kind=kind, text=text, page=page, section=section, level=level))
        if kind is BlockKind.TEXT:
            passages.append(
                Passage(
                    id=f"{sha256[:16]}:{len(passages)}",
                    index=len(passages),
                    text=text,
                    section=section,
                    section_title=sections[-1].title if sections else "",
                    page=page,
                    first_block=index,
                    last_block=index,
                    tokens=len(text.split()),
                )
            )
    return ParsedDocument(
        sha256=sha256,
        report=ParseReport(stage=2, parser="sample", pages=2),
        blocks=tuple(blocks),
        sections=tuple(sections),
        passages=tuple(passages),
    )


def build(home: Home) -> Sample:
    """Fill an empty home with a copy of what was made once."""
    made, files = _made()
    lay_out(files, home)
    return replace(made, home=home)


@cache
def _made() -> tuple[Sample, Files]:
    found: list[Sample] = []
    files = filled(lambda home: found.append(_fill(home)))
    return found[0], files


def _fill(home: Home) -> Sample:
    sha256 = "c" * 64
    with Record.open(home) as record:
        papers, reading_lists = Papers(record), ReadingLists(record)
        amodei = papers.add(
            PaperDraft(title=AMODEI, authors=("Dario Amodei", "Chris Olah"), year=2016, arxiv_id="1606.06565")
        )
        christiano = papers.add(
            PaperDraft(
                title=CHRISTIANO,
                authors=("Paul F. Christiano", "Jan Leike", "Tom B. Brown"),
                year=2017,
                arxiv_id="1706.03741",
                abstract="For sophisticated reinforcement learning systems to interact usefully with real-world "
                "environments, we need to communicate complex goals to these systems.",
            )
        )
        papers.add_version(christiano.id, VersionDraft(sha256=sha256, label="v4", bytes=1))
        reading_lists.sync(
            ReadingList(
                id="course",
                title="A course on alignment",
                edition="2022",
                source="made up",
                entries=(
                    Entry(id="a", order=1, title=CHRISTIANO, arxiv_id="1706.03741", week=3, minutes=35),
                    Entry(id="b", order=2, title=AMODEI, arxiv_id="1606.06565", week=4),
                    Entry(id="c", order=3, title="AI safety via debate", authors=("Geoffrey Irving",), year=2018,
                          arxiv_id="1805.00899", week=4, level="further", why="How two agents may argue."),
                ),
            )
        )  # fmt: skip
        reading_lists.attach("course", "a", christiano.id)
        reading_lists.attach("course", "b", amodei.id)
    home.derived.mkdir(parents=True, exist_ok=True)
    with Texts(home.texts) as texts:
        texts.put(christiano.id, document(sha256, TEXT), title=CHRISTIANO)
    return Sample(home, christiano.id, amodei.id)
