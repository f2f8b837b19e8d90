"""An agenda as YAML, for an editor, and back again."""

import yaml
from pydantic import ValidationError

from kb.errors import UsageError
from kb.models.agenda import Agenda

_FIELDS = "see reading_lists/README.md for the fields"

TEMPLATE = """\
id: {id}
title: {title}
tags: [{id}]
problem:
  statement: What goes wrong if nobody works on this.
  sources: [{{cite: me, where: my own view}}]
theory_of_change:   # three to seven links; if one is false, those after it lose their support
- {{id: {id}-1, statement: First link., sources: [{{cite: me, where: my own view}}]}}
- {{id: {id}-2, statement: Second link., sources: [{{cite: me, where: my own view}}]}}
- {{id: {id}-3, statement: Third link., sources: [{{cite: me, where: my own view}}]}}
cruxes:
- id: {id}-crux
  question: What open question would decide it?
  bears_on: [{id}-1]
  sources: [{{cite: me, where: my own view}}]
proponents:
- {{who: me, view: Why I would work on it., sources: [{{cite: me, where: my own view}}]}}
critics:
- {{who: me, view: The best argument against it that I know., sources: [{{cite: me, where: my own view}}]}}
papers: ["1805.00899"]   # arXiv ids, or ids of list entries, in reading order
reproductions: []
"""
"""What a new agenda begins with."""


def as_yaml(agenda: Agenda) -> str:
    """The agenda as text that a person can edit."""
    written: str = yaml.safe_dump(agenda.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=110)
    return written


def from_yaml(text: str, agenda_id: str) -> Agenda:
    """The agenda that a text stands for; raises UsageError that names the field that is wrong."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError("the agenda is not valid YAML", " ".join(str(error).split()), _FIELDS) from error
    if not isinstance(data, dict):
        raise UsageError("the agenda has no fields at its top", next=_FIELDS)
    if data.setdefault("id", agenda_id) != agenda_id:
        raise UsageError(
            f"the id of an agenda is fixed: {agenda_id}",
            f"the text says {data['id']!r}",
            f"kb agenda fork {agenda_id} NEW_ID",
        )
    try:
        return Agenda.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        why = first["msg"].removeprefix("Value error, ")
        raise UsageError(f"the agenda's {where or 'fields'} does not fit", why, _FIELDS) from error
