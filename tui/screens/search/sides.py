"""A claim with what may speak for it beside what may speak against it; what convinces becomes evidence in one key."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from tui.actions import bindings
from tui.data.search_queries import Like
from tui.messages import Answered, FindSimilar, OpenPaper, RecordChanged
from tui.screens.base import ModeScreen
from tui.text.plain import plain
from tui.widgets.line_view import LineView
from tui.widgets.side_list import SideList

if TYPE_CHECKING:
    from kb.insight.keep_evidence import KeptEvidence, Stance
    from kb.models.search import Hit, Sides

LIMIT = 8
"""Passages of each side."""
NOTICE = "Suggestions, by their words and what they are near to: judge for yourself"
FOR, AGAINST = "May speak for it", "May speak against it"


class SidesScreen(ModeScreen):
    """Two columns where there is room, else one over the other; shown over the place where the claim was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sides")]
    CSS_PATH = "../../styles/sides.tcss"

    supporting = getters.query_one("#supporting", SideList)
    opposing = getters.query_one("#opposing", SideList)

    def __init__(self, claim: "KeptEvidence", mode: str) -> None:
        super().__init__()
        self.MODE = mode
        self.claim = claim
        self._asked: int | None = None

    def compose_body(self) -> ComposeResult:
        """The claim, then both sides."""
        yield Static(Text(plain(self.claim.statement)), id="sides-claim")
        with Container(id="sides"):
            for name, title in (("supporting", FOR), ("opposing", AGAINST)):
                with Vertical(classes="side"):
                    yield Static(f"{title}…", id=f"{name}-title", markup=False, classes="side-title")
                    yield SideList(id=name)

    def on_mount(self) -> None:
        """Ask for both sides; the list is there at once."""
        self.supporting.focus()
        self.notices.place = "looking…"
        if self.view.engine is not None:
            self._asked = self.view.engine.submit("sides", claim=self.claim.statement, limit=LIMIT)

    def on_unmount(self) -> None:
        """News of the record are for those that are still there."""
        if self in self.view.places:
            self.view.places.remove(self)

    def answered(self, answer: Answered) -> None:
        """Both sides arrived."""
        reply = answer.reply
        if reply.kind != "sides" or reply.id != self._asked:
            return
        self.notices.place = ""
        if reply.error:
            self.say(str(reply.error), "error")
        elif reply.final:
            from kb.models.search import Sides

            self._show(Sides.model_validate(reply.payload))

    def _show(self, sides: "Sides") -> None:
        for name, title, hits in (("supporting", FOR, sides.supporting), ("opposing", AGAINST, sides.opposing)):
            shown = f"{title}  {len(hits)}" if hits else f"{title}: nothing here says so"
            self.query_one(f"#{name}-title", Static).update(shown)
            self.query_one(f"#{name}", SideList).fill(hits)
        self.say(NOTICE)
        if not sides.supporting and sides.opposing:
            self.opposing.focus()

    @property
    def _side(self) -> SideList:
        return self.opposing if self.opposing.has_focus else self.supporting

    def action_support(self) -> None:
        """Keep the passage as evidence for the claim."""
        self._keep("supports")

    def action_oppose(self) -> None:
        """Keep the passage as evidence against the claim."""
        self._keep("opposes")

    def _keep(self, stance: "Stance") -> None:
        hit = self._side.chosen
        if hit is None:
            self.say("There is no passage to keep on this side", "warning")
        else:
            self.view.run_in_background(partial(self._save, self._side, hit, stance), "write")

    async def _save(self, side: SideList, hit: "Hit", stance: "Stance") -> None:
        from kb.insight.keep_evidence import keep_as_evidence

        claim = self.claim
        note = await self.library.write(
            lambda files: keep_as_evidence(files.record(), files.texts(), hit, claim, stance)
        )
        side.mark_kept()
        found = (
            "" if note.anchors[0].state.value == "exact" else f" Its words were found as {note.anchors[0].state.value}."
        )
        self.say(f"Kept as evidence that {stance} the claim; u takes it back.{found}")
        self.view.post_message(RecordChanged("notes", note.paper))

    @on(LineView.Chosen)
    def open_chosen(self) -> None:
        """Open the paper at the sentence."""
        hit = self._side.chosen
        if hit is not None and hit.paper is not None:
            quote = " ".join(hit.snippet.strip("… ").split()[:8])
            self.app.post_message(OpenPaper(hit.paper, hit.block or 0, quote, back=self.MODE))

    def action_like(self) -> None:
        """More like the passage."""
        hit = self._side.chosen
        if hit is not None:
            label = f"“{' '.join(hit.snippet.split())[:60]}…”"
            self.view.post_message(FindSimilar(Like(hit.id, label), self.MODE))

    def action_next_pane(self) -> None:
        """From one side to the other."""
        (self.supporting if self.opposing.has_focus else self.opposing).focus()

    def action_close(self) -> None:
        """Back to where the claim was chosen."""
        self.dismiss(None)
