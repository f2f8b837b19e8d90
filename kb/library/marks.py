"""Numbers that the record keeps by name: how far something derived from it, or taken into it, has come."""

import sqlalchemy as sa

from kb.library.record import Record
from kb.library.schema import marks


def mark(record: Record, name: str) -> int | None:
    """The number under a name; None where there is none yet."""
    with record.read() as connection:
        value: int | None = connection.execute(sa.select(marks.c.value).where(marks.c.name == name)).scalar()
        return value


def set_mark(record: Record, name: str, value: int) -> None:
    """Keep a number under a name."""
    with record.write() as connection:
        connection.execute(marks.delete().where(marks.c.name == name))
        connection.execute(marks.insert().values(name=name, value=value))
