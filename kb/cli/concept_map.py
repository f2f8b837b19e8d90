"""What the commands on concepts are asked of: the concepts, the works that they name, and what the reader knows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.insight.cited_works import CitedWorks
    from kb.insight.concepts import Concepts
    from kb.workspace import Workspace


def opened_concepts(opened: "Workspace") -> "tuple[Concepts, CitedWorks, dict[str, str]]":
    """The concepts, the catalogue, and what is known."""
    from kb.cli.agenda import insight
    from kb.insight.concepts import Concepts
    from kb.library.known_concepts import KnownConcepts
    from kb.sources.maps import load_concepts

    catalogue = insight(opened).standing.catalogue
    concepts = Concepts(load_concepts(opened.home))
    return concepts, catalogue, concepts.known(KnownConcepts(opened.record).standing(), catalogue)
