"""Inputs for the typed fields of a kind of note, made from the kind's own model."""

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Label, Select

if TYPE_CHECKING:
    from kb.models.note import Note


class NoteFields(Vertical):
    """One labelled input a field; the field that says the note comes first."""

    def __init__(self, kind: str, note: "Note | None") -> None:
        super().__init__()
        self._kind = kind
        self._start: dict[str, Any] = note.fields.model_dump() if note else {}
        self._kept: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Label and input for each field."""
        for name, annotation in fields_of(self._kind):
            with Horizontal(classes="field"):
                yield Label(name.replace("_", " ").capitalize())
                yield input_for(name, annotation, self._kept.get(name, self._start.get(name)))

    async def turn_into(self, kind: str) -> None:
        """Show another kind's fields; what the note says moves to the field that says it there."""
        said = self._said()
        self._kept |= {name: value for name, value in self.raw().items() if isinstance(value, str)}
        self._kind = kind
        first = next((name for name, _ in fields_of(kind)), None)
        if said and first:
            self._kept[first] = said
        await self.recompose()

    def _said(self) -> str:
        first = self.first
        return first.value if isinstance(first, Input) else ""

    @property
    def first(self) -> Widget | None:
        """The input that says the note; None for a kind that is said by its text."""
        from kb.models.note_kind import NoteKind, headline_field

        name = headline_field(NoteKind(self._kind))
        return self.query_one(f"#field-{name}") if name else None

    def raw(self) -> dict[str, Any]:
        """What stands in each input."""
        values: dict[str, Any] = {}
        for widget in self.query("Input, Select"):
            name = str(widget.id).removeprefix("field-")
            if isinstance(widget, Select):
                values[name] = "" if widget.is_blank() else widget.value
            elif isinstance(widget, Input):
                values[name] = widget.value
        return values

    @property
    def touched(self) -> bool:
        """Whether an input holds something else than at the start."""
        return any(
            value != ("" if (old := self._start.get(name)) is None else str(old)) for name, value in self.raw().items()
        )

    def values(self) -> dict[str, Any]:
        """The fields as the model takes them; an empty number is none."""
        numbers = {name for name, annotation in fields_of(self._kind) if is_number(annotation)}
        return {name: None if name in numbers and not value else value for name, value in self.raw().items()}


def fields_of(kind: str) -> list[tuple[str, Any]]:
    """A kind's fields with their types, the one that says the note first."""
    from kb.models.note import FIELDS_OF
    from kb.models.note_kind import NoteKind, headline_field

    headline = headline_field(NoteKind(kind))
    fields = [(name, field.annotation) for name, field in FIELDS_OF[NoteKind(kind)].model_fields.items()]
    return sorted(fields, key=lambda field: field[0] != headline)


def is_number(annotation: Any) -> bool:
    """Whether a field takes a number."""
    return float in get_args(annotation) or annotation is float


def input_for(name: str, annotation: Any, value: Any) -> Widget:
    """The input that fits a field's type."""
    text = "" if value is None else str(value)
    if get_origin(annotation) is Literal:
        options = [(option, option) for option in get_args(annotation) if option]
        chosen: Any = text or Select.NULL
        return Select(options, value=chosen, prompt="not said", id=f"field-{name}", compact=True)
    kind: Literal["number", "text"] = "number" if is_number(annotation) else "text"
    return Input(text, type=kind, id=f"field-{name}", select_on_focus=False, compact=True)
