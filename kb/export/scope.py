"""What a summary is of: a paper, a list or a week of it, an agenda, or a period; and what the library holds on it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.models.summary import Summary
    from kb.workspace import Workspace


class NamedPeriod(StrEnum):
    """Days that have a name."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Scope:
    """What was asked for; exactly one of paper, list, agenda and period must be there."""

    paper: str | None = None
    in_list: str | None = None
    week: int | None = None
    agenda: str | None = None
    since: str | None = None
    until: str | None = None
    period: NamedPeriod | None = None

    @property
    def is_period(self) -> bool:
        """Whether days were named."""
        return any(value is not None for value in (self.since, self.until, self.period))


def gathered_for(opened: "Workspace", scope: Scope) -> "Summary":
    """What the library holds on it; raises UsageError for none or several scopes, and NotFoundError for nothing."""
    from kb.errors import UsageError
    from kb.export.gather import gather_list, gather_paper
    from kb.ingest.list_sync import sync_lists
    from kb.sources.lists import find_list

    asked = [scope.paper is not None, scope.in_list is not None, scope.agenda is not None, scope.is_period]
    if sum(asked) != 1:
        raise UsageError(
            "a summary is of one paper, one list, one agenda or one period", next="kb export summary PAPER"
        )
    if scope.paper:
        return gather_paper(opened.record, opened.papers.find(scope.paper).id)
    if scope.in_list:
        sync_lists(opened)
        return gather_list(opened.record, find_list(opened.home, scope.in_list).id, scope.week)
    return _of_agenda(opened, scope.agenda) if scope.agenda else _of_period(opened, scope)


def _of_agenda(opened: "Workspace", agenda: str) -> "Summary":
    from kb.agendas.group import agenda_group
    from kb.export.gather import gather_agenda
    from kb.sources.maps import load_agendas

    group = agenda_group(opened.home, opened.record, agenda)
    mapped = {one.id: one.reproductions for one in load_agendas(opened.home).agendas}
    return gather_agenda(opened.record, group.id, group.title, group.names, mapped.get(group.id, ()))


def _of_period(opened: "Workspace", scope: Scope) -> "Summary":
    from datetime import datetime

    from kb.export.gather import gather_period
    from kb.export.period import period_of

    name = scope.period.value if scope.period else None
    return gather_period(opened.record, period_of(scope.since, scope.until, name, datetime.now().astimezone().date()))
