"""Reviews: what is due on the left, one card on the right; a belief is rated before the last rating is shown."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from tui.actions import bindings
from tui.commands import credences, review
from tui.messages import RecordChanged
from tui.render import review_cards
from tui.screens.base import ModeScreen
from tui.text.plain import plain
from tui.widgets.card_view import CardView
from tui.widgets.due_list import DueList
from tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kb.insight.review_faces import CardFace
    from tui.data.view_models import NoteListRow

GRADES = ("again", "hard", "good", "easy")
Side = Literal["asked", "answered", "compared"]


class ReviewScreen(ModeScreen):
    """Where beliefs and terms come back."""

    MODE = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    CSS_PATH = "../styles/review.tcss"

    due = getters.query_one(DueList)
    card = getters.query_one("#card", CardView)
    standing = getters.query_one("#standing", CardView)
    said = getters.query_one("#said", Input)

    def __init__(self) -> None:
        super().__init__()
        self._side: Side = "asked"
        self._shown: CardFace | None = None
        """The card on the right; while it is compared, it is due no more."""
        self._state: review.Due | None = None

    def compose_body(self) -> ComposeResult:
        """What is due and how it went so far; the card, and the line in which a belief is rated."""
        with Horizontal(id="review-body"):
            with Vertical(id="review-left"):
                yield DueList(id="due")
                yield CardView(id="standing")
            with Vertical(id="review-right"):
                yield CardView(id="card")
                with Horizontal(id="blind"):
                    yield Label("How probable")
                    yield Input(placeholder="70, or 60-80; the reason may follow", id="said", compact=True)

    def on_mount(self) -> None:
        """The cards follow the frame."""
        self.standing.can_focus = False
        self.due.focus()
        self._reload()

    def record_changed(self, change: RecordChanged) -> None:
        """Read the cards again, once they are looked at."""
        self.reload_when_shown(self._reload)

    def _reload(self) -> None:
        self.view.run_in_background(self._load, "review", latest=True)

    async def _load(self) -> None:
        state = self._state = await review.due(self.view)
        self.set_class(not state.faces and self._side != "compared", "-done")
        self.standing.fill(review_cards.standing(state, review_cards.SHOWN))
        self.due.fill(state.faces)
        self.notices.place = f"{len(state.faces)} due of {state.cards}"
        if self._side != "compared":
            self._show()

    @on(LineView.Moved, "#due")
    def follow(self) -> None:
        """Another card: its question, and nothing else yet."""
        chosen = self.due.chosen
        if self._side != "compared" and chosen is not None and chosen is not self._shown:
            self._show()

    def _show(self) -> None:
        """The question of the card under the cursor; or that there is none."""
        self._side, self._shown = "asked", self.due.chosen
        self.remove_class("-rating")
        self.refresh_bindings()
        if self._shown is not None:
            self.card.fill(review_cards.front(self._shown))
        elif self._state is not None:
            empty = review_cards.nothing_due(self._state.cards, self._state.next_due)
            self.card.fill(empty if self._state.cards else review_cards.NO_CARDS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grades only while an answer is shown; before that, the same keys go to other places."""
        if action in GRADES:
            return self._side == "answered"
        if action == "answer":
            return self._side == "asked" and self._shown is not None
        return True

    @on(LineView.Chosen, "#due")
    @on(LineView.Chosen, "#card")
    def go_on(self) -> None:
        """From the question to the answer, and from a comparison to the next card."""
        if self._side == "compared":
            self._next()
        else:
            self.action_answer()

    def _next(self) -> None:
        self._side = "asked"
        self.due.focus()
        self._reload()

    def action_answer(self) -> None:
        """Rate the belief, or show the answer."""
        face = self._shown
        if face is None or self._side != "asked":
            return
        if face.statement:
            self.add_class("-rating")
            self.said.value = ""
            self.said.focus()
            return
        self._side = "answered"
        self.card.fill(review_cards.answered(face))
        self.refresh_bindings()

    @on(Input.Submitted, "#said")
    def take_number(self) -> None:
        """The number, with the reason if one follows; only then is the last one shown."""
        from kb.errors import UsageError
        from kb.insight.review import rated

        try:
            low, high, why = rated(self.said.value)
        except UsageError as error:
            self.say(plain(f"{error.what}: {error.why}"), "warning")
            return
        if self._shown is not None:
            self.view.run_in_background(partial(self._rerate, self._shown, low, high, why), "write")

    async def _rerate(self, face: "CardFace", low: float, high: float, why: str) -> None:
        since, card = await review.rerate(self.view, face, low, high, why)
        self._side = "compared"
        self.remove_class("-rating")
        self.card.fill(review_cards.compared(face, since, card, low, high))
        self.card.focus()
        self.refresh_bindings()
        self.app.post_message(RecordChanged("beliefs"))

    def _grade(self, number: int) -> None:
        from kb.models.review import Grade

        if self._shown is not None and self._side == "answered":
            self._side = "asked"
            self.view.run_in_background(partial(review.grade, self.view, self._shown, Grade(number)), "write")

    def action_again(self) -> None:
        """Not remembered."""
        self._grade(1)

    def action_hard(self) -> None:
        """Remembered with effort."""
        self._grade(2)

    def action_good(self) -> None:
        """Remembered."""
        self._grade(3)

    def action_easy(self) -> None:
        """Known at once."""
        self._grade(4)

    def action_add(self) -> None:
        """Pick a note to come back to."""

        def taken(row: "NoteListRow") -> None:
            review.add_note(self.view, row.note)

        credences.pick_note(self.view, "Which note should come back to you?", taken)

    def action_open(self) -> None:
        """Open the paper at its words."""
        if self._shown is not None and self._shown.note is not None:
            self.view.run_in_background(
                partial(credences.open_note, self.view, self._shown.note, "review"), "open", latest=True
            )
        elif self._shown is not None:
            self.say("This is a link of an agenda: 5 shows it on its map", "warning")

    def action_remove(self) -> None:
        """Do not ask it any more."""
        if self._shown is not None:
            self._side = "asked"
            self.view.run_in_background(partial(review.remove, self.view, self._shown), "write")

    def action_standing(self) -> None:
        """Drift and calibration in full."""
        from tui.dialogs.sheet import Sheet

        if self._state is not None:
            lines = review_cards.standing(self._state)
            self.app.push_screen(Sheet("How your beliefs moved, and how they held up", list(lines)))

    def action_undo(self) -> None:
        """Take the last review back."""
        self._side = "asked"
        self.due.focus()
        self.view.run_in_background(partial(review.undo, self.view), "write")

    def action_next_pane(self) -> None:
        """From what is due to the card and back."""
        (self.card if self.due.has_focus else self.due).focus()

    async def action_back(self) -> None:
        """Back to the question; then to the library."""
        if self.has_class("-rating") or self._side != "asked":
            self.due.focus()
            self._next()
        else:
            await self.app.switch_mode("library")
