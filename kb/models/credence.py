"""Credences: how probable the reader holds a statement to be, why, and what moved them; only ever added to."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, model_validator

from kb.models.base import Value
from kb.models.provenance import Provenance


class SubjectKind(StrEnum):
    """What a credence is about."""

    AGENDA = "agenda"
    """The whole agenda: that its theory of change would work."""
    CLAIM = "claim"
    """One link of an agenda's chain."""
    NOTE = "note"
    """A claim that the reader noted."""


class Subject(Value):
    """Something that can be believed more or less."""

    kind: SubjectKind
    id: str
    statement: str
    """Its words at the time, since a claim may be edited later."""


class Trigger(Value):
    """What moved the reader: a note, a paper, a run of a reproduction, or nothing that has a name."""

    kind: str = Field(default="", pattern="^(|note|paper|run)$")
    ref: str = ""

    @model_validator(mode="after")
    def _kind_and_ref_go_together(self) -> "Trigger":
        """A trigger names something, or it is none."""
        if bool(self.kind) != bool(self.ref):
            raise ValueError("a trigger has both a kind and a reference, or neither")
        return self


class Credence(Value):
    """One entry of the log."""

    subject: Subject
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    """Equal to ``low`` for a single number."""
    reason: str = ""
    trigger: Trigger = Trigger()
    provenance: Provenance = Provenance.ME
    at: datetime

    @model_validator(mode="after")
    def _low_is_not_above_high(self) -> "Credence":
        """A range goes upwards."""
        if self.low > self.high:
            raise ValueError("a range begins with its lower end")
        return self

    @property
    def p(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """How far apart the ends are."""
        return self.high - self.low

    @property
    def words(self) -> str:
        """As the reader writes it: ``70 %`` or ``60–80 %``."""
        low, high = (f"{end * 100:.3g}" for end in (self.low, self.high))
        return f"{low} %" if low == high else f"{low}–{high} %"
