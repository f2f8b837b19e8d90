"""The base of every noun: immutable, strict about unknown fields, compared by value."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; an unknown field is an error, since it is usually a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid")
