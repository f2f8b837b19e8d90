"""Hits of a search, two lines each: where, and the words in their surroundings."""

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from tui.kinds import SIGN_OF
from tui.widgets.cells import fit, marked
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.models.search import Hit


HOW_WIDTH = 8
"""Cells for what matched: words, meaning, or both."""
ROOMY = 24
"""Lines of the window from which hits stand apart."""


class ResultList(LineView):
    """Hits, best first; the cursor stays on its hit when better answers arrive."""

    IS_LIVE: ClassVar[bool] = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._hits: tuple[Hit, ...] = ()

    @property
    def row_count(self) -> int:
        """How many hits there are."""
        return len(self._hits)

    @property
    def row_height(self) -> int:
        """Two lines, and one between where there is room."""
        return 3 if self.size.height >= ROOMY else 2

    @property
    def chosen(self) -> "Hit | None":
        """The hit under the cursor."""
        return self._hits[self.cursor] if self.cursor < len(self._hits) else None

    def fill(self, hits: "tuple[Hit, ...]", *, keep: bool) -> None:
        """Show these hits; ``keep`` leaves the cursor on the hit that it stands on."""
        before = identity(self.chosen) if keep and self.chosen and self.cursor else None
        self._hits = hits
        self.rows_changed(next((at for at, hit in enumerate(hits) if before and identity(hit) == before), 0))

    def draw_row(self, row: int, width: int) -> list[list[Segment]]:
        """Title, section and page; then the words; then a gap."""
        hit = self._hits[row]
        sign = SIGN_OF.get(hit.kind or "", "¶")
        how = "both" if len(hit.matched) > 1 else "".join(hit.matched)
        place = " · ".join(filter(None, [hit.section, f"p. {hit.page}" if hit.page else ""]))
        room = max(0, width - 4 - HOW_WIDTH)
        title = fit(hit.title or "(no paper)", max(room - len(place) - 2, room * 2 // 5)).rstrip()
        head = [
            Segment(f" {sign} ", self.part("accent")),
            Segment(title, self.part("strong")),
            Segment("  " + fit(place, room - cell_len(title) - 2), self.part("dim")),
            Segment(f" {how:>{HOW_WIDTH - 1}}", self.part("accent" if how == "both" else "dim")),
        ]
        room += HOW_WIDTH
        snippet, marks = window((hit.snippet or hit.text).replace("\n", " "), hit.marks, room)
        text = marked(fit(snippet, room).rstrip(), marks, self.part("dim"), self.part("match"))
        return [head, [Segment("   "), *text], []]


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
