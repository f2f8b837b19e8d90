"""Agendas in one line, completed from those that are known."""

from typing import TYPE_CHECKING

from textual.suggester import Suggester
from textual.widgets import Input

if TYPE_CHECKING:
    from kb.models.note import AgendaBearing


class AgendaInput(Input):
    """``name, name:supports, name:undermines``; the right arrow takes over a suggestion."""

    def __init__(self, agendas: "tuple[AgendaBearing, ...]") -> None:
        self.known: tuple[str, ...] = ()
        shown = ", ".join(written(one) for one in agendas)
        super().__init__(
            shown,
            id="agendas",
            placeholder="name, name:supports, name:undermines",
            select_on_focus=False,
            compact=True,
            suggester=AgendaSuggester(self),
        )

    def bearings(self) -> "tuple[AgendaBearing, ...]":
        """What is typed; raises ValueError for a bearing that there is not."""
        from kb.models.note import AgendaBearing, Bearing

        found = []
        for part in self.value.split(","):
            name, _, bearing = part.strip().partition(":")
            if name.strip():
                found.append(AgendaBearing(agenda=name.strip(), bearing=Bearing(bearing.strip() or "neutral")))
        return tuple(found)


def written(one: "AgendaBearing") -> str:
    """An agenda as it is typed."""
    return one.agenda if one.bearing.value == "neutral" else f"{one.agenda}:{one.bearing.value}"


class AgendaSuggester(Suggester):
    """Completes the last name, or the bearing behind its colon."""

    def __init__(self, box: AgendaInput) -> None:
        super().__init__(use_cache=False)
        self._box = box

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with the first agenda that begins so."""
        typed = value.rpartition(",")[2].lstrip()
        if not typed:
            return None
        name, colon, _ = typed.partition(":")
        choices = [f"{name}:{one}" for one in ("supports", "undermines", "neutral")] if colon else self._box.known
        found = next((one for one in choices if one.startswith(typed) and one != typed), None)
        return None if found is None else value[: len(value) - len(typed)] + found
