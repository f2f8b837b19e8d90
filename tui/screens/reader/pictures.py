"""Pictures of what stands at a place of the paper: its figure, table or formula, else its page."""

from typing import TYPE_CHECKING, Any

from tui.screens.reader.host import NO_PAPER_OPEN
from tui.text.beside import PICTURED, bodies

if TYPE_CHECKING:
    from kb.models.text import Block
    from tui.engine_port import EngineReply
    from tui.screens.reader.host import ReaderHost
    from tui.text.reflow import TextPosition

MARGIN = 6.0
"""Points around a figure or formula that its picture shows too."""
DPI = 200


class Pictures:
    """Asks the engine for a picture, and shows it when it comes, unless the reader went elsewhere."""

    def __init__(self, reader: "ReaderHost") -> None:
        self._reader = reader
        self._request = 0
        self._title = ""

    def request(self, at: "TextPosition") -> None:
        """Ask for the picture of the figure, table or formula at a place, else of its page."""
        opened, view = self._reader.opened, self._reader.view
        if opened is None or not opened.blocks or opened.version is None:
            self._reader.say(NO_PAPER_OPEN, "warning")
        elif opened.version.kind.value != "pdf":
            self._reader.say("Only pages of a PDF have pictures; O opens the file outside", "warning")
        elif view.engine is None or view.engine_status.is_gone:
            self._reader.say("The engine is not running, so there are no pictures; O opens the file outside", "warning")
        else:
            page, box, self._title = self._region(opened.blocks, at.block)
            version = opened.version.sha256
            self._request = view.engine.submit("crop", version=version, page=page, box=box, dpi=DPI)
            self._reader.say(f"Making the picture of {self._title}…")

    def _region(self, blocks: "tuple[Block, ...]", at: int) -> "tuple[int, dict[str, float] | None, str]":
        """Page, box and name of what is pictured; without a box it is the whole page."""
        block = blocks[at]
        is_caption = block.kind.value == "caption"
        parts = [blocks[body] for body in bodies(self._reader.text.page, at)] if is_caption else []
        if block.kind.value in PICTURED:
            parts = [block]
        parts = [part for part in parts if part.boxes and part.boxes[0].page == part.page]
        if not parts:
            return block.page, None, f"page {block.page}"
        name = block.text.split(":")[0][:30] if is_caption else f"the {block.kind.value}"
        shown = [*parts, block] if is_caption and block.page == parts[0].page else parts
        return parts[0].page, bounding_box(shown), name

    def answered(self, reply: "EngineReply") -> None:
        """A picture was made, or could not be."""
        if reply.kind == "crop" and reply.id == self._request and reply.payload.get("path"):
            self._request = 0
            self._show(reply.payload)

    def _show(self, payload: dict[str, Any]) -> None:
        from tui.dialogs.picture import PictureScreen

        self._reader.say("")
        if self._reader.is_on_top:
            self._reader.view.push_screen(PictureScreen(payload["path"], self._title))


def bounding_box(blocks: "list[Block]") -> dict[str, float]:
    """The box around some blocks of one page, with a little room."""
    boxes = [box for block in blocks for box in block.boxes if box.page == blocks[0].page]
    return {
        "x0": max(0.0, min(box.x0 for box in boxes) - MARGIN),
        "y0": max(0.0, min(box.y0 for box in boxes) - MARGIN),
        "x1": max(box.x1 for box in boxes) + MARGIN,
        "y1": max(box.y1 for box in boxes) + MARGIN,
    }
