"""Reading passes in the record, and the predictions that were made in them."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from kb.errors import NotFoundError, UsageError
from kb.library import names
from kb.library.record import Record, now
from kb.library.recovery import kept_if_lost
from kb.library.schema import reading_passes
from kb.models.reading_pass import FORM_OF, Depth, ReadingPass, ReadingPrediction


class Passes:
    """How the reader has read."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(
        self, paper: str, depth: Depth, answers: Mapping[str, str], prediction: str = "", p: float = 0.5
    ) -> ReadingPass:
        """Write down a pass over a paper; raises UsageError for an answer that its form does not ask for."""
        if unknown := sorted(set(answers) - set(FORM_OF[depth])):
            known = ", ".join(FORM_OF[depth])
            raise UsageError(f"a {depth.value} pass does not ask for {', '.join(unknown)}", f"it asks for {known}")
        stamp = now()
        made = ReadingPass(
            id=names.pass_id(),
            paper=paper,
            depth=depth,
            answers=dict(answers),
            prediction=ReadingPrediction(text=prediction, p=p, made_at=stamp) if prediction else None,
            at=stamp,
        )
        row = made.model_dump(mode="json", exclude={"at", "paper", "prediction"})
        with kept_if_lost(self._record.home, made), self._record.write() as connection:
            connection.execute(
                reading_passes.insert().values(**row, paper_id=paper, prediction=_stored(made.prediction), at=made.at)
            )
        return made

    def get(self, pass_id: str) -> ReadingPass:
        """The pass with this id, or with the only id that starts so; raises NotFoundError."""
        found = self._load(reading_passes.c.id == pass_id)
        found = found or self._load(reading_passes.c.id.startswith(pass_id, autoescape=True))
        if len(found) != 1:
            what = "several passes start with" if found else "no reading pass has the id"
            raise NotFoundError(f"{what} {pass_id!r}", next="kb pass list")
        return found[0]

    def score(self, pass_id: str, came_true: bool) -> ReadingPass:
        """Say how a prediction came out; raises UsageError where none was made, or where it was scored before."""
        made = self.get(pass_id)
        if made.prediction is None:
            raise UsageError(f"no prediction was made in {made.id}", next="kb pass add PAPER --predict …")
        if made.prediction.came_true is not None:
            when = f"{made.prediction.scored_at:%Y-%m-%d}"
            raise UsageError(f"the prediction in {made.id} was scored on {when}", "a score is given once")
        scored = made.prediction.model_copy(update={"came_true": came_true, "scored_at": now()})
        with self._record.write() as connection:
            mine = reading_passes.c.id == made.id
            connection.execute(reading_passes.update().where(mine).values(prediction=_stored(scored)))
        return self.get(made.id)

    def all(self, paper: str | None = None) -> tuple[ReadingPass, ...]:
        """Passes over one paper, or over all, oldest first."""
        return self._load((reading_passes.c.paper_id == paper) if paper else sa.true())

    def _load(self, condition: Any) -> tuple[ReadingPass, ...]:
        query = reading_passes.select().where(condition).order_by(reading_passes.c.at, reading_passes.c.id)
        with self._record.read() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            ReadingPass.model_validate({**{k: v for k, v in row.items() if k != "paper_id"}, "paper": row["paper_id"]})
            for row in rows
        )


def _stored(prediction: ReadingPrediction | None) -> Any:
    return prediction.model_dump(mode="json") if prediction else sa.null()
