"""An agenda brief: what the reader holds, on what evidence, and what would change it, as Markdown for a colleague."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.escape.markdown import markdown_inline as esc
from kb.insight.agenda_view import AgendaView, LinkView, VoiceView
from kb.insight.cited_works import Reading
from kb.insight.evidence import Evidence
from kb.insight.link_works import OURS, BearingView, movers, outcome_words
from kb.insight.mind_changers import MindChanger
from kb.models.anchor import AnchorState
from kb.models.credence import Credence
from kb.models.note import Note

_TITLES = {
    "crux": "Crux",
    "critic": "Not read yet",
    "opposition": "Evidence against",
    "reproduction": "To reproduce",
    "refutation": "In my own words",
    "question": "Open question",
}
_QUOTED = 320
"""Characters of a quote that a brief repeats."""
_STATES = {
    AnchorState.ORPHANED: " *(not found in the paper)*",
    AnchorState.CHANGED: " *(the paper says it otherwise now)*",
    AnchorState.AMBIGUOUS: " *(in several places of the paper)*",
}
"""What a reader of the brief must know of a quote that does not stand in the paper word for word."""


def brief(
    view: AgendaView,
    changers: tuple[MindChanger, ...],
    log: tuple[Credence, ...],
    notes: Mapping[str, Note],
    readings: Mapping[str, Reading],
) -> str:
    """The brief; ``notes`` and ``readings`` (by paper id) give quotes and titles of the evidence."""
    teller = _Teller(notes, readings)
    lines = [
        f"# {esc(view.agenda.title)}",
        "",
        f"**Problem.** {esc(view.agenda.problem.statement)}",
        "",
        f"**My credence.** {_credence(view.credence)}{_product(view)}",
        "",
        f"**Weakest link.** {view.weakest.number}. {esc(view.weakest.claim.statement)} ({esc(view.weakest.why)})",
        "",
        "## Theory of change",
        "",
        *(line for link in view.chain for line in teller.link(link)),
        *([f"*{OURS}*", ""] if any(link.claim.outcome for link in view.chain) else []),
        *_section("Links that have left the chain", teller.former(view)),
        *_section("Evidence on the agenda as a whole", teller.signed(view.general)),
        *_section("What would change my mind", (_changer(mind_changer) for mind_changer in changers)),
        *_section("For it", map(_voice, view.proponents)),
        *_section("Against it", map(_voice, view.critics)),
        *_section("How my credence moved", map(teller.step, log)),
        *_section("Sources", _sources(view, readings)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _short(quote: str) -> str:
    """A quote that fits into a line of a brief; the note has the whole of it."""
    words = " ".join(quote.split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rpartition(' ')[0]} …"


class _Teller:
    """Tells evidence with its quote and its paper."""

    def __init__(self, notes: Mapping[str, Note], readings: Mapping[str, Reading]) -> None:
        self._notes = notes
        self._readings = readings

    def link(self, link: LinkView) -> Iterator[str]:
        """One link of the chain with what speaks for it and against it."""
        yield f"{link.number}. **{esc(link.claim.statement)}**  "
        yield f"   Credence: {_credence(link.credence)}"
        if outcome := outcome_words(link.claim):
            yield f"   - {esc(outcome)}."
        yield from _works(link)
        for label, items in (("For", link.supporting), ("Against", link.opposing), ("Bears on it", link.neutral)):
            for item in self.items(items):
                yield f"   - {label}: {item}"
        if not link.all:
            yield "   - No evidence noted yet."
        yield ""

    def former(self, view: AgendaView) -> Iterator[str]:
        """Links that no longer stand, where the reader rated them or noted something on them."""
        for one in view.former:
            items = list(self.items(one.items))
            if one.credence or items:
                yield f"{esc(one.link.statement)} Credence: {_credence(one.credence)}" + "".join(
                    f"\n  - {item}" for item in items
                )

    def signed(self, items: Sequence[Evidence]) -> Iterator[str]:
        """Each piece of evidence on one line, after the side that it is on; those for it first."""
        for label, sign in (("For", 1), ("Against", -1), ("Bears on it", 0)):
            for told in self.items(item for item in items if item.sign == sign):
                yield f"*{label}:* {told}"

    def items(self, items: Iterable[Evidence]) -> Iterator[str]:
        """Each piece of evidence on one line."""
        for item in items:
            facts = [item.sort, f"strength {item.strength:.2g}" if item.strength < 1 else "", self._paper(item)]
            doubt = f" Doubt: {esc(item.doubt)}." if item.doubt else ""
            told = "; ".join(esc(fact) for fact in facts if fact)
            yield f"{esc(item.says)}{f' ({told})' if told else ''}{doubt}{self._quote(item)}"

    def _paper(self, item: Evidence) -> str:
        reading = self._readings.get(item.note.paper or "")
        if reading is None:
            return "" if item.note.paper is None else item.note.paper
        first = reading.authors[0] if reading.authors else ""
        more = " et al." if len(reading.authors) > 1 else ""
        return " ".join(part for part in (f"{first}{more}", str(reading.year or ""), f"“{reading.title}”") if part)

    def _quote(self, item: Evidence) -> str:
        note = self._notes.get(item.id)
        anchor = note.anchors[0] if note and note.anchors else None
        if anchor is None:
            return ""
        page = f", p. {anchor.page}" if anchor.page else ""
        return f" “{esc(_short(anchor.quote))}”{page}{_STATES.get(anchor.state, '')}"

    def step(self, credence: Credence) -> str:
        """One entry of the log, with what moved the reader in words."""
        what = "the agenda" if credence.subject.kind.value == "agenda" else esc(credence.subject.statement)
        why = f": {esc(credence.reason)}" if credence.reason else ""
        return f"{credence.at:%Y-%m-%d} {credence.words} for {what}{why}{self._trigger(credence)}"

    def _trigger(self, credence: Credence) -> str:
        ref = credence.trigger.ref
        if not ref:
            return ""
        note, reading = self._notes.get(ref), self._readings.get(ref)
        said = f"“{note.headline}”" if note else f"“{reading.title}”" if reading else ref
        return f" [{credence.trigger.kind} {esc(said)}]"


def _works(link: LinkView) -> Iterator[str]:
    """What works found on a link, and what would move a credence in it, a line each."""
    for label, works in (("Works for", link.works_for), ("Works against", link.works_against)):
        yield from (f"   - {label}: {_bearing(one)}" for one in works)
    yield from (f"   - {label.capitalize()}: {esc(text)}" for label, text in movers(link.claim))


def _bearing(one: BearingView) -> str:
    return f"{esc(one.bearing.finding)} {esc(one.place)}"


def _section(title: str, items: Iterable[str]) -> list[str]:
    listed = [f"- {item}" for item in items]
    return [f"## {title}", "", *listed, ""] if listed else []


def _credence(credence: Credence | None) -> str:
    if credence is None:
        return "not rated yet"
    why = f": {esc(credence.reason)}" if credence.reason else ""
    return f"{credence.words} ({credence.at:%Y-%m-%d}){why}"


def _product(view: AgendaView) -> str:
    if view.product is None:
        return ""
    low, high = (f"{end * 100:.2g}" for end in view.product)
    return f"; the links multiplied come to {low if low == high else f'{low}–{high}'} %"


def _changer(mind_changer: MindChanger) -> str:
    links = f" (link {', '.join(map(str, mind_changer.claims))})" if mind_changer.claims else ""
    return f"{_TITLES[mind_changer.kind]}: {esc(mind_changer.text)}{links}"


def _voice(view: VoiceView) -> str:
    unread = " *(not read yet)*" if view.is_unread else ""
    return f"{esc(view.voice.who)}: {esc(view.voice.view)}{unread}"


def _sources(view: AgendaView, readings: Mapping[str, Reading]) -> list[str]:
    cited = {one.title: one for one in readings.values()}
    parts = [link.sources for link in view.chain]
    parts += [voice.sources for voice in (*view.proponents, *view.critics)]
    cited |= {one.title: one for part in parts for one in part}
    return [_source(reading) for reading in sorted(cited.values(), key=lambda one: (one.year or 0, one.title))]


def _source(reading: Reading) -> str:
    authors = ", ".join(reading.authors[:3]) + (" et al." if len(reading.authors) > 3 else "")
    year = f" ({reading.year})" if reading.year else ""
    where = reading.url or (f"arXiv:{reading.cite}" if reading.cite[:1].isdigit() else "")
    return f"{esc(authors)}{year}. {esc(reading.title)}." + (f" {esc(where)}" if where else "")
