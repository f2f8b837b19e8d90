"""What forms share that are typed into: none is left over something unsaved without asking once."""

from typing import ClassVar

from textual import getters, on
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, Static, TextArea

from tui.text.plain import plain


class TypedForm(ModalScreen[ScreenResultType]):
    """A form with a line for warnings; the second try to leave drops what was typed."""

    SAVING: ClassVar[str] = "ctrl+s saves"
    warning = getters.query_one(".form-warning", Static)
    _warned = False
    _warned_of: tuple[str, ...] = ()
    """What the fields said when the warning was given."""

    def is_typed(self) -> bool:
        """Whether there is something that would be lost."""
        raise NotImplementedError

    def warn(self, text: str) -> None:
        """Say what is wrong, above the keys."""
        self._warned_of = self._field_texts()
        self.warning.update(plain(text))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def forget_warning(self) -> None:
        """What was wrong is being mended; news of what was typed before the warning mends nothing."""
        if self._field_texts() == self._warned_of:
            return
        self._warned = False
        self.warning.update("")

    def _field_texts(self) -> tuple[str, ...]:
        fields = self.query("Input, TextArea")
        return (*(one.value for one in fields.results(Input)), *(one.text for one in fields.results(TextArea)))

    def action_cancel(self) -> None:
        """Close; asks once where something was typed."""
        if not self.holds_back("escape"):
            self.dismiss(None)

    def holds_back(self, key: str) -> bool:
        """Whether something typed would be lost; says so once, and that the same key again drops it."""
        if self._warned or not self.is_typed():
            return False
        self._warned = True
        self.warn(f"Not saved. {self.SAVING}; {key} again drops what you typed")
        return True
