"""What the parts of the agendas may ask of the screen that owns them; none of them imports the screen, or another."""

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.geometry import Size

    from tui.host import Host
    from tui.screens.agendas.selection import Selection
    from tui.widgets.agenda_list import AgendaList
    from tui.widgets.agenda_map import AgendaMapView
    from tui.widgets.evidence_list import EvidenceList
    from tui.widgets.notices import Severity


class AgendasHost(Protocol):
    """The agendas, as their parts see them."""

    @property
    def view(self) -> "Host":
        """The application."""

    @property
    def selection(self) -> "Selection | None":
        """What a key acts on; None until there are agendas."""

    @property
    def size(self) -> "Size":
        """Columns and lines of the screen."""

    @property
    def agendas(self) -> "AgendaList":
        """The agendas, on the left."""

    @property
    def map(self) -> "AgendaMapView":
        """The map of the one that is shown."""

    @property
    def supporting(self) -> "EvidenceList":
        """The pane of what speaks for a link."""

    @property
    def opposing(self) -> "EvidenceList":
        """The pane of what speaks against it."""

    def say(self, text: str, severity: "Severity" = "information") -> None:
        """One line at the foot of the agendas, also while another screen is shown."""

    def set_class(self, add: bool, name: str, /) -> Any:
        """Give the screen a class of its style sheet, or take it away."""
