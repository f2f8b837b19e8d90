"""The numbers in what every part of the program shares: what counts as nothing, and what is no probability."""

import importlib
import inspect
import pkgutil

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import kb.models
from kb.models.agenda import Agenda
from kb.models.credence import Credence
from kb.models.reading_pass import ReadingPrediction
from kb.models.review import ReviewData
from tests.insight.library import ME, agenda

MODELS = [
    kind
    for module in pkgutil.iter_modules(kb.models.__path__)
    for kind in vars(importlib.import_module(f"kb.models.{module.name}")).values()
    if inspect.isclass(kind) and issubclass(kind, BaseModel) and kind.__module__.endswith(f".{module.name}")
]
STARTS = {("Link", "strength"): 1.0, ("ReadingPrediction", "p"): 0.5}
"""What does not start from nothing: a link that nobody doubts, and a guess that leans to neither side."""


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_what_nobody_has_counted_is_nothing(kind: type[BaseModel]) -> None:
    numbers = {name: field.default for name, field in kind.model_fields.items() if type(field.default) in {int, float}}
    assert numbers == {name: STARTS.get((kind.__name__, name), 0) for name in numbers}


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Credence, "low"), (Credence, "high"), (ReadingPrediction, "p"), (ReviewData, "low"), (ReviewData, "high")],
)
def test_a_probability_lies_between_nothing_and_one(kind: type[BaseModel], name: str) -> None:
    field = kind.model_fields[name]
    of_field: TypeAdapter[float] = TypeAdapter(field.rebuild_annotation())
    assert [of_field.validate_python(held) for held in (0.0, 0.01, 0.99, 1.0)] == [0.0, 0.01, 0.99, 1.0]
    for wrong in (-0.01, 1.01):
        with pytest.raises(ValidationError):
            of_field.validate_python(wrong)


@pytest.mark.parametrize(("claims", "fits"), [(2, False), (3, True), (7, True), (8, False)])
def test_a_theory_of_change_has_three_to_seven_links(claims: int, fits: bool) -> None:
    chain = [f"claim-{number}" for number in range(claims)]
    if fits:
        assert len(agenda(claims=chain).theory_of_change) == claims
        return
    with pytest.raises(ValidationError):
        agenda(claims=chain)


@pytest.mark.parametrize("part", ["tags", "cruxes", "proponents", "critics", "papers"])
def test_an_agenda_lacks_none_of_its_parts_and_no_part_goes_without_a_source(part: str) -> None:
    with pytest.raises(ValidationError):
        agenda(**{part: []})
    with pytest.raises(ValidationError):
        Agenda.model_validate(agenda().model_dump() | {"problem": {"statement": "Judges are weak.", "sources": []}})
    assert agenda(problem={"statement": "J", "sources": ME}).problem.statement == "J"
