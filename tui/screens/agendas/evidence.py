"""Both sides of one link of the chain, in two panes below the map, or inside the map where there is no room."""

from typing import TYPE_CHECKING

from tui.render.agenda_map import Target

if TYPE_CHECKING:
    from kb.insight.agenda_page import AgendaPage
    from kb.insight.agenda_view import LinkView
    from tui.screens.agendas.host import AgendasHost
    from tui.widgets.evidence_list import EvidenceList

WIDE = 140
"""Columns from which the two panes stand below the map unless they were put away."""


class EvidencePanes:
    """What speaks for a link, and what speaks against it."""

    def __init__(self, screen: "AgendasHost") -> None:
        self._screen = screen
        self.link: LinkView | None = None
        """The link that is shown."""
        self._wanted: bool | None = None
        """Whether the reader asked for the panes, or put them away; None while the width decides."""
        self._are_shown = False

    @property
    def _panes(self) -> "tuple[EvidenceList, EvidenceList]":
        return self._screen.supporting, self._screen.opposing

    @property
    def target(self) -> Target | None:
        """The item under the cursor, while one of the panes has the focus."""
        focused = next((pane for pane in self._panes if pane.has_focus), None)
        item = focused.chosen if focused is not None else None
        return Target("evidence", self.link, item) if item is not None else None

    @property
    def to_visit(self) -> "list[EvidenceList]":
        """The panes that are shown and have something in them."""
        return [pane for pane in self._panes if self._are_shown and not pane.is_empty]

    def show(self, page: "AgendaPage", link: "LinkView | None") -> None:
        """Another agenda, another link, or the same as it is now; without a link, its first one."""
        chain = page.view.chain
        link = next((one for one in chain if link is not None and one.claim.id == link.claim.id), chain[0])
        self.link = link
        supporting, opposing = self._panes
        supporting.fill(link.supporting, page)
        opposing.fill((*link.opposing, *link.neutral), page)
        supporting.border_title = f"For link {link.number}: {len(link.supporting)}"
        opposing.border_title = f"Against it: {len(link.opposing)}"

    def arrange(self) -> None:
        """Show the panes where there is room for them, or where the reader wants them; else evidence is in the map."""
        is_wide = self._screen.size.width >= WIDE
        self._are_shown = is_wide if self._wanted is None else self._wanted
        self._screen.set_class(self._are_shown, "-sides")
        agenda_map = self._screen.map
        if agenda_map.with_evidence == self._are_shown:
            agenda_map.with_evidence = not self._are_shown
            agenda_map.rows_changed()

    def toggle(self) -> None:
        """Show the panes, or put them away."""
        self._wanted = not self._are_shown
        self.arrange()
        if not self._wanted and not self._screen.agendas.has_focus:
            self._screen.map.focus()

    def focus(self) -> bool:
        """Go to the side that has something; False where the panes are not shown, or both are empty."""
        if not self.to_visit:
            return False
        self.to_visit[0].focus()
        return True
