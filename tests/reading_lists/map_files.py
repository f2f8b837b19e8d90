"""The maps around the reading lists, read from the package as the program reads them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import reading_lists
from kb.models.agenda import AgendaMap
from kb.models.concept import ConceptMap
from kb.sources.agenda_files import packaged_agendas
from kb.sources.concept_files import packaged_concepts

FOLDER = Path(reading_lists.__file__).parent

REPRODUCTIONS = frozenset(
    [
        "adversarial-examples",
        "goal-misgeneralisation",
        "rm-overoptimisation",
        "rlkl-bayes",
        "debate-digits",
        "grokking-modular-addition",
        "induction-heads",
        "superposition",
        "decision-transformer-luck",
        "cot-parity",
        "badnets-trojan",
        "myopia-precaching",
        "edge-of-stability",
        "preference-learning",
        "power-seeking",
        "calibration",
        "ood-msp",
        "causal-incentives",
        "control-as-inference",
        "bp-and-mean-field",
        "saliency-sanity",
        "lr-sweep",
        "deep-ensembles",
        "scaling-law",
        "iterated-amplification",
        "double-descent",
        "off-switch-game",
    ]
)
"""Ids of the reproductions that the maps may name."""


def read(path: Path) -> Any:
    """One YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def agendas() -> AgendaMap:
    """The agendas that come with the program."""
    return packaged_agendas()


@cache
def concepts() -> ConceptMap:
    """The concepts that come with the program."""
    return packaged_concepts()


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """Every entry of every list."""
    return tuple(entry for path in sorted(FOLDER.glob("lists/*.yaml")) for entry in read(path)["entries"])


@cache
def listed() -> frozenset[str]:
    """Ids of entries and arXiv ids of papers that stand on some list."""
    keys = ("id", "arxiv_id", "paper_arxiv_id")
    return frozenset(entry[key] for entry in entries() for key in keys if entry.get(key))
