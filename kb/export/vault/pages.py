"""What a vault says: a page for each paper, agenda and concept, and one for each note on no paper."""

from collections.abc import Iterable, Mapping

from kb.bibtex.names import listed_authors
from kb.escape.markdown import markdown_inline, markdown_text
from kb.export.vault.links import LinkTo
from kb.export.vault.note_text import note_region
from kb.export.vault.regions import Name
from kb.library.names import plain
from kb.models.base import Value
from kb.models.note import Link, Note
from kb.models.note_kind import KINDS
from kb.models.paper import Paper
from kb.models.summary import SummaryQuote


class PageRegion(Value):
    """A region that a page holds, and the heading that a new one is put under."""

    name: Name
    heading: str = ""
    content: str


class VaultPage(Value):
    """One file of the vault as it would be made anew."""

    name: Name
    path: str
    """Where a new file is put, without its suffix; one that is already there stays where it is."""
    properties: dict[str, object]
    regions: tuple[PageRegion, ...]


class Material(Value):
    """Everything of the library that a vault shows."""

    papers: dict[str, Paper]
    notes: tuple[Note, ...]
    """Oldest first."""
    links: tuple[Link, ...]
    quotes: dict[str, tuple[SummaryQuote, ...]]
    """Placed quotes by note id."""


def pages(material: Material, link_to: LinkTo) -> list[VaultPage]:
    """All pages; ``link_to`` knows where the vault keeps each of them."""
    linked = _by_note(material.links)
    known = {note.id: note for note in material.notes}

    def region(note: Note) -> PageRegion:
        content = note_region(note, material.quotes.get(note.id, ()), linked.get(note.id, ()), known, link_to)
        return PageRegion(name=("note", note.id), heading=KINDS[note.kind].heading, content=content)

    by_paper: dict[str | None, list[Note]] = {}
    for note in material.notes:
        by_paper.setdefault(note.paper if note.paper in material.papers else None, []).append(note)
    made = [_paper_page(paper, map(region, by_paper.get(paper.id, ()))) for paper in material.papers.values()]
    made += [_thought_page(note, region(note)) for note in by_paper.get(None, ())]
    made += _index_pages("agenda", _agendas(material.notes), link_to)
    return made + _index_pages("concept", _concepts(material.notes), link_to)


def _by_note(links: Iterable[Link]) -> Mapping[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.source, []).append(link)
        found.setdefault(link.target, []).append(link)
    return found


def _paper_page(paper: Paper, notes: Iterable[PageRegion]) -> VaultPage:
    name = ("paper", paper.id)
    properties = {
        "title": paper.title,
        "aliases": [paper.key, paper.title],
        "authors": paper.authors,
        "year": paper.year,
        "citekey": paper.key,
        "arxiv": paper.arxiv_id,
        "doi": paper.doi,
        "url": paper.url,
        "tags": ["paper"],
    }
    head = PageRegion(name=name, content=_head(paper))
    return VaultPage(name=name, path=f"papers/{file_name(paper.key)}", properties=properties, regions=(head, *notes))


def _head(paper: Paper) -> str:
    year = f" ({paper.year})" if paper.year else ""
    facts = [f"{listed_authors(paper.authors)}{year}".strip(), paper.venue, paper.state.value]
    lines = [f"# {markdown_inline(paper.title)}", "", markdown_text(". ".join(fact for fact in facts if fact) + ".")]
    return "\n".join([*lines, *(["", f"> {markdown_text(paper.abstract)}"] if paper.abstract else [])])


def _thought_page(note: Note, region: PageRegion) -> VaultPage:
    words = file_name(note.headline)[:40].strip("-")
    return VaultPage(
        name=("thought", note.id),
        path=f"notes/{words}-{note.id}" if words else f"notes/{note.id}",
        properties={"tags": [note.kind.value]},
        regions=(region.model_copy(update={"heading": ""}),),
    )


def _agendas(notes: Iterable[Note]) -> dict[str, list[tuple[Note, str]]]:
    found: dict[str, list[tuple[Note, str]]] = {}
    for note in notes:
        for bearing in note.agendas:
            found.setdefault(bearing.agenda, []).append((note, bearing.bearing.value))
    return found


def _concepts(notes: Iterable[Note]) -> dict[str, list[tuple[Note, str]]]:
    found: dict[str, list[tuple[Note, str]]] = {}
    for note in notes:
        for concept in note.concepts:
            found.setdefault(concept, []).append((note, ""))
    return found


def _index_pages(kind: str, found: dict[str, list[tuple[Note, str]]], link_to: LinkTo) -> list[VaultPage]:
    """Pages that list the notes on something."""
    made = []
    for identifier, notes in sorted(found.items()):
        lines = [
            f"- {note.kind.value}{f' ({how})' if how else ''}: {link_to(('note', note.id), note.headline)}"
            for note, how in notes
        ]
        name = (kind, identifier)
        content = "\n".join([f"# {markdown_inline(identifier.replace('-', ' '))}", "", *lines])
        region = PageRegion(name=name, content=content)
        path = f"{kind}s/{file_name(identifier)}"
        made.append(VaultPage(name=name, path=path, properties={"tags": [kind]}, regions=(region,)))
    return made


def file_name(text: str) -> str:
    """A name that every file system takes."""
    return plain(text) or "untitled"
