"""Agendas, and concepts, in one line each, completed from those that are known."""

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
            suggester=NameSuggester(self),
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

    def unknown(self) -> list[str]:
        """Names that nothing is called by; none where what is known was not read yet."""
        named = [part.partition(":")[0].strip() for part in self.value.split(",")]
        return [name for name in named if name and self.known and name not in self.known]


class ConceptInput(Input):
    """``variational-inference, kl-divergence``."""

    def __init__(self, concepts: tuple[str, ...]) -> None:
        self.known: tuple[str, ...] = ()
        super().__init__(
            ", ".join(concepts),
            id="concepts",
            placeholder="what it is about, such as kl-divergence",
            select_on_focus=False,
            compact=True,
            suggester=NameSuggester(self),
        )

    def names(self) -> tuple[str, ...]:
        """What is typed."""
        return tuple(part.strip() for part in self.value.split(",") if part.strip())

    def unknown(self) -> list[str]:
        """Names that no concept has; none where the concepts were not read yet."""
        return [name for name in self.names() if self.known and name not in self.known]


def written(one: "AgendaBearing") -> str:
    """An agenda as it is typed."""
    return one.agenda if one.bearing.value == "neutral" else f"{one.agenda}:{one.bearing.value}"


class NameSuggester(Suggester):
    """Completes the last name, or the bearing behind its colon."""

    def __init__(self, box: AgendaInput | ConceptInput) -> None:
        super().__init__(use_cache=False)
        self._box = box

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with the first name that begins so."""
        typed = value.rpartition(",")[2].lstrip()
        if not typed:
            return None
        name, colon, _ = typed.partition(":")
        choices = [f"{name}:{one}" for one in ("supports", "undermines", "neutral")] if colon else self._box.known
        found = next((one for one in choices if one.startswith(typed) and one != typed), None)
        return None if found is None else value[: len(value) - len(typed)] + found
