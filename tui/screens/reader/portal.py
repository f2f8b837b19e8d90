"""The portal: what the cursor stands on points to or means, shown below the text while the reader stays there."""

from typing import TYPE_CHECKING

from tui.text.beside import look

if TYPE_CHECKING:
    from tui.screens.reader.host import ReaderHost
    from tui.text.reflow import TextPosition

BORDERS = 3
"""Lines of the portal's frame, and an empty one."""


class Portal:
    """A pane on another place of the same paper."""

    def __init__(self, reader: "ReaderHost") -> None:
        self._reader = reader
        self.target: TextPosition | None = None
        """The place that is shown; None while the portal is closed."""

    @property
    def is_open(self) -> bool:
        """Whether a place is shown."""
        return self.target is not None

    def toggle(self) -> None:
        """Show below what the cursor stands on points to or means; close it again with the same key."""
        if self.is_open:
            self.close()
            return
        text = self._reader.text
        view = look(text.page, text.cursor) if text.page.texts else None
        if view is None:
            self._reader.say(
                "Nothing here points elsewhere, and the paper does not say what this word means", "warning"
            )
            return
        self.target = view.place
        pane = self._reader.portal_pane
        pane.border_title = view.title
        pane.border_subtitle = "i closes · P picture · I goes there"
        pane.display = True
        pane.write(view.text)
        self._reader.call_after_refresh(self._fit_height)

    def _fit_height(self) -> None:
        """As high as its text, once its width is known; at most a part of the page."""
        self._reader.portal_pane.styles.height = self._reader.portal_pane.row_count + BORDERS

    def close(self) -> None:
        """Put the portal away."""
        self.target = None
        self._reader.portal_pane.display = False

    def enter(self) -> None:
        """Go to what the portal shows."""
        target = self.target
        if target is None:
            self._reader.say("The portal is closed: i opens it on what is named under the cursor", "warning")
        else:
            self.close()
            self._reader.text.jump(target)
