"""Hits of a search, two lines each: where, and the words in their surroundings."""

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from tui.render.note_kinds import COLOR_OF, SIGN_OF
from tui.widgets.cells import fit, marked
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.models.search import Hit


HOW_WIDTH = 8
"""Cells for what matched: words, meaning, or both."""
ROOMY = 24
"""Lines of the window from which hits stand apart."""
NEW = "new "
ROOM_FOR_SECTION = 16
"""Cells that must be left for a section to be named."""


class ResultList(LineView):
    """Hits, best first; the cursor stays on its hit when better answers arrive."""

    IS_LIVE: ClassVar[bool] = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.hits: tuple[Hit, ...] = ()
        self.is_flat = False
        self._new: frozenset[str] = frozenset()

    @property
    def row_count(self) -> int:
        """How many hits there are."""
        return len(self.hits)

    @property
    def row_height(self) -> int:
        """Two lines, and one between where there is room."""
        return 3 if self.size.height >= ROOMY else 2

    @property
    def chosen(self) -> "Hit | None":
        """The hit under the cursor."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def fill(self, hits: "tuple[Hit, ...]", *, keep: bool, flat: bool = False) -> None:
        """Show these hits; ``keep`` leaves the cursor on the hit that it stands on.

        ``flat`` says that many may be of one paper, so that sections tell them apart better than titles.
        """
        self.is_flat = flat
        before = identity(self.chosen) if keep and self.chosen and self.cursor else None
        self.hits, self._new = hits, frozenset()
        self.rows_changed(next((at for at, hit in enumerate(hits) if before and identity(hit) == before), 0))

    def mark_new(self, new: frozenset[str]) -> None:
        """Which papers and notes a kept search had not found before."""
        self._new = new
        self.row_changed()

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """What it is, whose and where; then the words; then a gap."""
        hit = self.hits[row]
        kind = hit.kind or ""
        how = "both" if len(hit.matched) > 1 else "".join(hit.matched)
        sign = self.part(COLOR_OF[kind]) if kind in COLOR_OF else self.part("accent")
        is_new = (f"note {hit.note}" if hit.note else f"paper {hit.paper}") in self._new
        room = max(0, width - 4 - HOW_WIDTH - len(NEW) * is_new)
        head = [
            Segment(" "),
            Segment(SIGN_OF.get(kind, "¶"), sign),
            Segment(" "),
            *([Segment(NEW, self.part("match"))] if is_new else []),
            *self._name_and_place(hit, room),
            Segment(f" {how:>{HOW_WIDTH - 1}}", self.part("accent" if how == "both" else "dim")),
        ]
        room = max(0, width - 4)
        snippet, marks = window((hit.snippet or hit.text).replace("\n", " "), hit.marks, room)
        text = marked(fit(snippet, room).rstrip(), marks, self.part("dim"), self.part("match"))
        return [head, [Segment("   "), *text], []]

    def _name_and_place(self, hit: "Hit", room: int) -> list[Segment]:
        """A paper by its title or section, a note by its kind and what it bears on; then where it stands."""
        page = f"p. {hit.page}" if hit.page else ""
        if hit.note:
            name = " ".join(filter(None, [hit.kind, hit.colour, " ".join(f"· {one}" for one in hit.agendas)]))
            place = " · ".join(filter(None, [hit.title, page])) or "no paper"
        elif self.is_flat and hit.section:
            name = hit.section
            place = " · ".join(filter(None, [hit.by or hit.title, page]))
        else:
            name = hit.title or "(no title)"
            place = " · ".join(filter(None, [hit.by, page]))
            if room - cell_len(name) - cell_len(place) > ROOM_FOR_SECTION:
                place = " · ".join(filter(None, [place, hit.section]))
        shown = fit(name, max(room - cell_len(place) - 2, room // 2)).rstrip()
        rest = max(0, room - cell_len(shown) - 2)
        return [Segment(shown, self.part("strong")), Segment("  " + fit(place, rest), self.part("dim"))]


def identity(hit: "Hit | None") -> tuple[object, ...] | None:
    """What makes two hits of different answers the same."""
    return None if hit is None else (hit.what, hit.note, hit.paper, hit.block, hit.text[:80])


def window(text: str, marks: "tuple[tuple[int, int], ...]", room: int) -> tuple[str, list[tuple[int, int]]]:
    """The part of a text around its first mark, and the marks in it."""
    if not marks or marks[0][1] <= room - room // 4:
        return text, list(marks)
    start = text.rfind(" ", 0, max(1, marks[0][0] - room // 3)) + 1
    shift = start - 1
    return "…" + text[start:], [(a - shift, b - shift) for a, b in marks if a >= start]
