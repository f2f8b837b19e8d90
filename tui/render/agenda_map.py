"""An agenda's map as lines: the chain with what is held and on what evidence, then what would change it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.data.view_models import SIGNS
from tui.text.bars import bar, spark
from tui.text.plain import plain
from tui.text.wrap import wrap

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.agenda_view import LinkView, VoiceView
    from kb.insight.cited_works import Reading
    from kb.insight.cruxes import RankedCrux
    from kb.insight.evidence import Evidence
    from kb.insight.mind_changers import MindChanger
    from kb.insight.runs import Reproduced

BAR = 12
SPARK = 10
SIDES = {1: "+", -1: "−", 0: "·"}
"""How a piece of evidence is marked: for, against, only bearing on it."""
SIDE_INKS = {1: "for", -1: "against", 0: "dim"}


@dataclass(frozen=True)
class Target:
    """What a line stands for, and what a key there acts on."""

    kind: Literal["agenda", "link", "evidence", "crux", "reading", "run", "changer"]
    link: "LinkView | None" = None
    """The link of the chain that it belongs to, where it belongs to one."""
    item: "Evidence | None" = None
    reading: "Reading | None" = None
    next: str = ""
    """The command, or what else there is to do, where nothing here can be opened."""


@dataclass(frozen=True)
class MapLine:
    """Pieces of text, each with the name of its ink; the cursor stops only where there is a target."""

    parts: tuple[tuple[str, str], ...] = ()
    target: Target | None = None


def agenda_lines(page: "AgendaPage", width: int, *, with_evidence: bool) -> tuple[MapLine, ...]:
    """All lines of the map; evidence stands in it only where no panes beside it show that."""
    writer = _Writer(page, max(30, width), with_evidence)
    parts = (writer.head(), writer.chain(), writer.changers(), writer.voices(), writer.papers())
    return tuple(line for part in parts for line in part)


class _Writer:
    """Writes the sections of one map at one width."""

    def __init__(self, page: "AgendaPage", width: int, with_evidence: bool) -> None:
        self._page = page
        self._view = page.view
        self._room = width - 2
        self._with_evidence = with_evidence

    def head(self) -> Iterator[MapLine]:
        """What the agenda is about, and what is held of the whole."""
        view = self._view
        yield MapLine()
        yield from self._wrapped(view.agenda.title, "heading")
        log = [one.p for one in self._page.logs[view.agenda.id]]
        held = view.credence
        low, high = (held.low, held.high) if held else (None, None)
        since = f"  since {held.at:%Y-%m-%d}" if held else "  c says how probable you hold it"
        parts = [(f" {bar(low, high, BAR)}", "bar"), (f" {held.words if held else 'not rated'}", "strong")]
        parts += [(f"  {spark(log, SPARK)}".rstrip(), "bar"), (since, "dim")]
        yield MapLine(tuple(parts), Target("agenda"))
        if product := self._product():
            yield from self._wrapped(product, "dim")
        yield MapLine()
        yield from self._wrapped(view.agenda.problem.statement, "plain")

    def _product(self) -> str:
        """What the links multiply to, beside what is held of the whole."""
        product, held = self._view.product, self._view.credence
        if product is None:
            return ""
        low, high = (f"{end * 100:.2g}" for end in product)
        text = f"all links multiplied come to {low if low == high else f'{low}–{high}'} %"
        if held and not product[0] - 0.1 <= held.p <= product[1] + 0.1:
            text += ", far from what you hold of the whole"
        return text

    def chain(self) -> Iterator[MapLine]:
        """Each link with bar, counts, flags, and where it can be checked."""
        rated = f"{self._page.rated} of {len(self._view.chain)} rated"
        yield from self._section("Theory of change", rated)
        for link in self._view.chain:
            yield from self._link(link)
        if self._view.general:
            yield from self._section("Notes on the agenda as a whole")
            yield from self._evidence(self._view.general, None, "")

    def _link(self, link: "LinkView") -> Iterator[MapLine]:
        held, weakest = link.credence, self._view.weakest
        low, high = (held.low, held.high) if held else (None, None)
        log = [one.p for one in self._page.logs[link.claim.id]]
        words = held.words if held else "not rated"
        is_weakest = weakest.claim.id == link.claim.id
        parts = [(f" {link.number} ", "strong"), (bar(low, high, BAR), "bar"), (f" {words:<9}", "strong")]
        parts += [(f" +{len(link.supporting)}", "for"), (f" −{len(link.opposing)}", "against")]
        parts += [(f"  {spark(log, SPARK)}", "bar")] if len(log) > 1 else []
        parts += [("  reproduced", "for")] if self._page.audited[link.claim.id].reproduced else []
        parts += [("  ◀ weakest link", "match")] if is_weakest else []
        yield MapLine(tuple(parts), Target("link", link))
        yield from self._wrapped(link.claim.statement, "plain", " │ ")
        if is_weakest:
            yield from self._wrapped(weakest.why, "dim", " │ ")
        yield from self._flags(link)
        for reading, source in zip(link.sources, link.claim.sources, strict=False):
            yield self._reading(reading, Target("reading", link, reading=reading), " │ ", f", {source.where}")
        if self._with_evidence:
            yield from self._evidence(link.all, link, " │ ")
        last = link.number == len(self._view.chain)
        yield MapLine(((" " if last else " ▼", "dim"),))

    def _flags(self, link: "LinkView") -> Iterator[MapLine]:
        from kb.insight.audit import FLAGS

        flags = self._page.audited[link.claim.id].flags
        if flags == ("no-evidence",):
            return
        for flag in flags:
            yield from self._wrapped(f"! {FLAGS[flag]}", "match", " │ ")

    def _evidence(self, items: "Iterable[Evidence]", link: "LinkView | None", gutter: str) -> Iterator[MapLine]:
        for item in items:
            first, *rest = self._pieces(plain(item.says), len(gutter) + 3)
            head = ((gutter or " ", "dim"), (f"{SIDES[item.sign]} ", SIDE_INKS[item.sign]), (first, "plain"))
            yield MapLine(head, Target("evidence", link, item))
            yield from (MapLine(((gutter or " ", "dim"), (f"  {text}", "plain"))) for text in rest)
            yield MapLine(((gutter or " ", "dim"), (f"  {self._cut(about(item, self._page), 5)}", "dim")))

    def changers(self) -> Iterator[MapLine]:
        """What would change the reader's mind: own words, cruxes in order, runs that were not made."""
        yield from self._section("What would change my mind")
        for mind_changer in self._page.changers:
            if mind_changer.kind in ("opposition", "refutation", "question"):
                yield from self._changer(mind_changer)
        for crux in self._page.cruxes:
            yield from self._crux(crux)
        for run in self._page.runs:
            yield self._run(run)

    def _changer(self, mind_changer: "MindChanger") -> Iterator[MapLine]:
        first, *rest = self._pieces(plain(mind_changer.text), 3)
        yield MapLine(((" • ", "accent"), (first, "plain")), Target("changer", next=mind_changer.next))
        yield from (MapLine(((f"   {text}", "plain"),)) for text in rest)

    def _crux(self, one: "RankedCrux") -> Iterator[MapLine]:
        numbers = {link.claim.id: link for link in self._view.chain}
        first, *rest = self._pieces(plain(one.crux.question), 8)
        link = numbers[one.crux.bears_on[0]]
        yield MapLine(((f" {one.rank:>5} ", "accent"), (first, "plain")), Target("crux", link))
        yield from (MapLine(((f"       {text}", "plain"),)) for text in rest)
        bears = ", ".join(str(numbers[name].number) for name in one.crux.bears_on)
        told = f"decides link {bears} · {one.why}" if one.why else f"decides link {bears}"
        yield MapLine(((f"       {self._cut(told, 8)}", "dim"),))

    def _run(self, run: "Reproduced") -> MapLine:
        ran = f"{run.verdict}, {run.at}" + (f", {run.runs} runs" if run.runs > 1 else "")
        color = {"reproduced": "for", "not reproduced": "against"}.get(run.verdict, "dim")
        parts = ((" ◆ " if run.verdict else " ◇ ", "accent"), (f"{run.id}  ", "plain"))
        told = (ran, color) if run.verdict else ("not run yet", "dim")
        return MapLine((*parts, told), Target("run", next=f"kb reproduce run {run.id}"))

    def voices(self) -> Iterator[MapLine]:
        """Critics, the unread ones first, then those who speak for it."""
        unread = len(self._view.unread_critics)
        yield from self._section("Critics", f"{unread} of {len(self._view.critics)} not read yet" if unread else "")
        for voice in sorted(self._view.critics, key=lambda one: not one.is_unread):
            yield from self._voice(voice)
        yield from self._section("Proponents")
        for voice in self._view.proponents:
            yield from self._voice(voice)

    def _voice(self, one: "VoiceView") -> Iterator[MapLine]:
        first, *rest = self._pieces(plain(f"{one.voice.who}: {one.voice.view}"), 3)
        yield MapLine(((f" • {first}", "plain"),))
        yield from (MapLine(((f"   {text}", "plain"),)) for text in rest)
        for reading in one.sources:
            yield self._reading(reading, Target("reading", reading=reading), "   ")

    def papers(self) -> Iterator[MapLine]:
        """What to read on it, in order."""
        yield from self._section("To read, in this order")
        for reading in self._view.papers:
            yield self._reading(reading, Target("reading", reading=reading), " ")
        yield MapLine()

    def _reading(self, reading: "Reading", target: Target, gutter: str, where: str = "") -> MapLine:
        """How far it was read, its title, and how long it takes."""
        sign = SIGNS[reading.state.value] if reading.state else "◌"
        here = "" if reading.is_read else reading.time if reading.state else f"{reading.time}, not here"
        told = f"{plain(reading.title)}{plain(where)}"
        room = self._room - len(gutter) - len(here) - 4
        cut = self._cut(told, self._room - room)
        return MapLine(((gutter, "dim"), (f"{sign} ", "accent"), (cut, "dim"), (f"  {here}", "dim")), target)

    def _section(self, title: str, told: str = "") -> Iterator[MapLine]:
        yield MapLine()
        yield MapLine(((f" {title}", "heading"), (f"  {told}", "dim")))

    def _wrapped(self, text: str, style: str, gutter: str = " ") -> Iterator[MapLine]:
        for piece in self._pieces(plain(text), len(gutter)):
            yield MapLine(((gutter, "dim"), (piece, style)))

    def _pieces(self, text: str, indent: int) -> list[str]:
        room = max(10, self._room - indent)
        return [text[start:end] for start, end in wrap(text, room, room)]

    def _cut(self, text: str, taken: int) -> str:
        room = max(4, self._room - taken)
        return text if len(text) <= room else f"{text[: room - 1]}…"


def about(item: "Evidence", page: "AgendaPage") -> str:
    """On what sort of system it was seen, how strong it is, what may be wrong with it, and the paper."""
    title = page.titles.get(item.note.paper or "", "") or "my own"
    strength = f"strength {item.strength:.2g}" if item.strength < 1 else ""
    doubt = f"doubt: {item.doubt}" if item.doubt else ""
    return plain(" · ".join(part for part in (item.sort, strength, doubt, title) if part))
