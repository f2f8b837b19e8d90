"""Looking at something else while reading on: the portal below the text, and pictures of pages and figures."""

from typing import TYPE_CHECKING, Any

from textual import getters

from tui.screens.reader.position import PlaceKeeping
from tui.text.beside import PICTURED, bodies, look
from tui.text.reflow import TextPosition
from tui.widgets.detail import Detail

if TYPE_CHECKING:
    from kb.models.text import Block
    from tui.messages import Answered

AROUND = 6.0
"""Points around a figure or formula that its picture shows too."""
DPI = 200
BORDERS = 3
"""Lines of the portal's frame, and an empty one."""


class Looking(PlaceKeeping):
    """The part of the reader that shows what is elsewhere in the paper."""

    portal = getters.query_one("#portal", Detail)

    def __init__(self) -> None:
        super().__init__()
        self._portal_at: TextPosition | None = None
        self._picture_asked = 0
        self._picture_title = ""

    def action_portal(self) -> None:
        """Show below what the cursor stands on points to or means; close it again with the same key."""
        if self._portal_at is not None:
            self.close_portal()
            return
        view = look(self.text.page, self.text.cursor) if self.text.page.texts else None
        if view is None:
            self.say("Nothing here points elsewhere, and the paper does not say what this word means", "warning")
            return
        self._portal_at = view.place
        self.portal.border_title = view.title
        self.portal.border_subtitle = "i closes · P picture · I goes there"
        self.portal.display = True
        self.portal.write(view.text)
        self.call_after_refresh(self._fit_portal)

    def _fit_portal(self) -> None:
        """As high as its text, once its width is known; at most a part of the page."""
        self.portal.styles.height = self.portal.row_count + BORDERS

    def close_portal(self) -> None:
        """Put the portal away."""
        self._portal_at = None
        self.portal.display = False

    def action_enter_portal(self) -> None:
        """Go to what the portal shows."""
        if self._portal_at is None:
            self.say("The portal is closed: i opens it on what is named under the cursor", "warning")
        else:
            place = self._portal_at
            self.close_portal()
            self.text.jump(place)

    def action_picture(self) -> None:
        """Ask for the picture of the figure, table or formula here, else of the page."""
        opened, engine = self.opened, self.view.engine
        if opened is None or not opened.blocks or opened.version is None:
            self.say("Open a paper first: 1 shows the library", "warning")
        elif opened.version.kind.value != "pdf":
            self.say("Only pages of a PDF have pictures; O opens the file outside", "warning")
        elif engine is None or self.view.engine_status.is_gone:
            self.say("The engine is not running, so there are no pictures; O opens the file outside", "warning")
        else:
            place = self._portal_at or self.text.cursor
            page, box, self._picture_title = self._cut(place.block)
            self._picture_asked = engine.submit("crop", version=opened.version.sha256, page=page, box=box, dpi=DPI)
            self.say(f"Making the picture of {self._picture_title}…")

    def _cut(self, at: int) -> "tuple[int, dict[str, float] | None, str]":
        """Page, box and name of what is pictured; without a box it is the whole page."""
        assert self.opened is not None
        blocks = self.opened.blocks
        block = blocks[at]
        parts = [blocks[body] for body in bodies(self.text.page, at)] if block.kind.value == "caption" else []
        if block.kind.value in PICTURED:
            parts = [block]
        parts = [part for part in parts if part.boxes and part.boxes[0].page == part.page]
        if not parts:
            return block.page, None, f"page {block.page}"
        name = block.text.split(":")[0][:30] if block.kind.value == "caption" else f"the {block.kind.value}"
        shown = [*parts, block] if block.kind.value == "caption" and block.page == parts[0].page else parts
        return parts[0].page, around(shown), name

    def answered(self, answer: "Answered") -> None:
        """A picture was made, or could not be."""
        reply = answer.reply
        if reply.kind == "crop" and reply.id == self._picture_asked and reply.payload.get("path"):
            self._picture_asked = 0
            self._show_picture(reply.payload)

    def _show_picture(self, payload: dict[str, Any]) -> None:
        from tui.dialogs.picture import PictureScreen

        self.say("")
        if self.app.screen is self:
            self.app.push_screen(PictureScreen(payload["path"], self._picture_title))


def around(blocks: "list[Block]") -> dict[str, float]:
    """The box around some blocks of one page, with a little room."""
    boxes = [box for block in blocks for box in block.boxes if box.page == blocks[0].page]
    return {
        "x0": max(0.0, min(box.x0 for box in boxes) - AROUND),
        "y0": max(0.0, min(box.y0 for box in boxes) - AROUND),
        "x1": max(box.x1 for box in boxes) + AROUND,
        "y1": max(box.y1 for box in boxes) + AROUND,
    }
