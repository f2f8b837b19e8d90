"""The library as JSON-LD, read back by a JSON-LD processor that may not use the network."""

import json
from typing import Any

import pytest
from pyld import jsonld

from kb.config import Home
from kb.export.json import to_json
from kb.export.jsonld import discourse_graph
from kb.models.note import LinkKind
from kb.models.paper import PaperDraft
from tests.export.library import OVERSIGHT, Shelf, quote, studied

DGB = "https://discoursegraphs.com/schema/dg_base#"
DGC = "https://discoursegraphs.com/schema/dg_core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NASTY = '</script><b>"q"\\ \x1b[31m {"@id": "x"} \u202e'


@pytest.fixture(autouse=True)
def _no_loader() -> None:
    """A context that is not in the file would be asked for here."""

    def refuse(url: str, _options: object) -> Any:
        raise AssertionError(f"the reader asked for {url}")

    jsonld.set_document_loader(refuse)


def read(home_graph: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes of the document as a processor expands them, after a journey through text."""
    nodes: list[dict[str, Any]] = jsonld.expand(json.loads(to_json(home_graph)))
    return nodes


def typed(nodes: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Nodes of a type."""
    return [node for node in nodes if kind in node.get("@type", ())]


def value(node: dict[str, Any], name: str) -> Any:
    """The one value of a property."""
    [found] = node[name]
    return found.get("@value", found.get("@id"))


def test_claims_evidence_questions_and_sources_are_what_discourse_graphs_calls_them(home: Home) -> None:
    shelf, paper = studied(home)
    nodes = read(discourse_graph(shelf.record))
    title = "http://purl.org/dc/terms/title"
    assert {value(node, title) for node in typed(nodes, f"{DGC}Claim")} == {
        "A few hours of comparisons train an agent",
        "Comparisons scale badly",
    }
    assert len(typed(nodes, f"{DGC}Evidence")) == 2
    assert len(typed(nodes, f"{DGC}Question")) == 1
    [source] = typed(nodes, f"{DGC}SourceDocument")
    assert value(source, title) == paper.title
    evidence = typed(nodes, f"{DGC}Evidence")[0]
    assert value(evidence, f"{DGC}sourceDocument") == source["@id"]


def test_relations_have_both_ends_a_predicate_and_what_the_reader_thinks_of_them(home: Home) -> None:
    shelf, _ = studied(home)
    nodes = read(discourse_graph(shelf.record))
    ids = {node["@id"] for node in nodes}
    relations = typed(nodes, f"{DGB}RelationInstance")
    told = {
        (value(one, f"{RDF}predicate"), value(one, "urn:insideview:terms#strength"))
        for one in relations
        if "urn:insideview:terms#strength" in one
    }
    assert told == {(f"{DGC}supports", 0.8), (f"{DGC}opposes", 1.0)}
    for one in relations:
        assert {value(one, f"{DGB}source"), value(one, f"{DGB}destination")} <= ids


def test_every_note_and_link_survives_a_journey_through_triples(home: Home) -> None:
    shelf, paper = studied(home)
    claim = shelf.note("claim", paper, statement=NASTY, anchors=(quote(NASTY, 3),), agendas=(OVERSIGHT,))
    shelf.link(shelf.note("idea", direction="Mine"), claim, LinkKind.UNDERCUTS, 0.5, NASTY)
    shelf.rate(claim, 0.25, 0.5, NASTY)
    text = to_json(discourse_graph(shelf.record))
    assert "\x1b" not in text
    assert "\u202e" not in text
    document = json.loads(text)
    triples = jsonld.to_rdf(document, {"format": "application/n-quads"})
    back = jsonld.expand(jsonld.from_rdf(triples, {"format": "application/n-quads", "useNativeTypes": True}))
    mine = {node["@id"] for node in read(discourse_graph(shelf.record))}
    assert mine <= {node["@id"] for node in back}
    [found] = [node for node in back if node["@id"] == f"urn:insideview:note:{claim.id}"]
    assert "␛[31m" in value(found, "http://purl.org/dc/terms/title")
    assert len([node for node in mine if node.startswith("urn:insideview:link:")]) == 3


def test_addresses_that_are_none_are_left_out_and_names_cannot_leave_their_place(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper(PaperDraft(title="T", url="javascript:alert(1)"))
    shelf.note("idea", paper, direction="x", agendas=(OVERSIGHT.model_copy(update={"agenda": "a> b"}),))
    nodes = read(discourse_graph(shelf.record))
    assert all("http://schema.org/url" not in node for node in nodes)
    assert "urn:insideview:agenda:a%3E%20b" in {node["@id"] for node in nodes}
