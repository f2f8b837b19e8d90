"""Passages that may speak for a claim, or against it: who says it, where, and the sentence."""

from typing import TYPE_CHECKING

from rich.segment import Segment

from tui.text.plain import plain
from tui.text.wrap import wrap
from tui.widgets.cells import fit, marked
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.models.search import Hit

MOST_LINES, FEWEST_LINES = 5, 3
"""Lines of a sentence that are shown, where there is room and where there is little."""
ROOMY = 22
KEPT = "✓ "


class SideList(LineView):
    """One side; what was kept as evidence has a tick."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._hits: tuple[Hit, ...] = ()
        self._kept: set[int] = set()

    @property
    def row_count(self) -> int:
        """How many passages there are."""
        return len(self._hits)

    @property
    def row_height(self) -> int:
        """Where it is from, the sentence, and a gap."""
        return 2 + (MOST_LINES if self.size.height >= ROOMY else FEWEST_LINES)

    @property
    def chosen(self) -> "Hit | None":
        """The passage under the cursor."""
        return self._hits[self.cursor] if self.cursor < len(self._hits) else None

    def fill(self, hits: "tuple[Hit, ...]") -> None:
        """Show these passages."""
        self._hits = hits
        self._kept.clear()
        self.rows_changed(0)

    def mark_kept(self) -> None:
        """The passage under the cursor is evidence now."""
        self._kept.add(self.cursor)
        self.row_changed()

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """A line that says whose it is, and the sentence folded under it."""
        hit = self._hits[row]
        page = f"p. {hit.page}" if hit.page else ""
        tick = KEPT if row in self._kept else ""
        place = " · ".join(filter(None, [page, hit.section or hit.title]))
        who = fit(hit.by or hit.title, max(0, width - len(tick) - 2)).rstrip()
        rest = fit(place, max(0, width - len(tick) - len(who) - 4)).rstrip()
        head = [
            Segment(" "),
            Segment(tick, self.part("match")),
            Segment(who, self.part("strong")),
            Segment(f"  {rest}", self.part("dim")),
        ]
        return [head, *self._sentence(hit, max(10, width - 2)), []]

    def _sentence(self, hit: "Hit", room: int) -> list[list[Segment]]:
        text = plain(hit.snippet.replace("\n", " "))
        pieces = wrap(text, room, room)
        shown = pieces[: self.row_height - 2]
        lines = []
        for number, (start, end) in enumerate(shown):
            inside = [(max(0, a - start), min(end, b) - start) for a, b in hit.marks if a < end and b > start]
            piece = text[start:end]
            if number == len(shown) - 1 and len(pieces) > len(shown):
                piece = fit(piece.rstrip() + "…", room).rstrip()
            lines.append([Segment(" "), *marked(piece, inside, self.part("plain"), self.part("match"))])
        lines += [[] for _ in range(self.row_height - 2 - len(lines))]
        return lines
