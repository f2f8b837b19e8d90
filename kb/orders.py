"""What to fetch for a reading list, for what failed before, and for single ids, addresses, DOIs, titles and BibTeX."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.desk import Desk
from kb.errors import ItemFailedError, NotFoundError
from kb.fetching import Order, arxiv_client, journal_of
from kb.models.paper import Paper, PaperDraft, PaperKind
from kb.models.reading_list import Entry
from kb.shelving import sync_lists
from kb.sources.fetch_queue import Wanted
from kb.sources.identify import Source, identify
from kb.sources.lists import chosen, find_list, in_edition
from kb.sources.ways import Way, direct_address, ways

if TYPE_CHECKING:
    from kb.sources.titles import TitleMatch


def list_order(
    desk: Desk, list_id: str, *, week: int | None = None, core: bool = False, edition: str | None = None
) -> Order:
    """Everything in a list; works that no arXiv id names are on the shelf at once, with or without a text.

    Raises NotFoundError for an unknown list, week or edition.
    """
    sync_lists(desk)
    reading_list = in_edition(find_list(desk.home, list_id), edition)
    order = Order()
    for entry in chosen(reading_list, week=week, core=core):
        if not entry.arxiv_id:
            desk.shelves.attach(reading_list.id, entry.id, desk.papers.add(entry_draft(entry)).id)
        for way in ways(entry):
            _want(order, way, reading_list.id, entry)
    return order


def _want(order: Order, way: Way, list_id: str, entry: Entry) -> None:
    if way.value not in order.entries:
        order.wanted.append(Wanted(way=way, list=list_id, entry=entry.id))
    order.entries.setdefault(way.value, []).append((list_id, entry.id))
    if way.kind != "arxiv":
        order.drafts[way.value] = entry_draft(entry)


def entry_draft(entry: Entry) -> PaperDraft:
    """What a list says of a work that is no arXiv paper."""
    return PaperDraft(
        title=entry.title, authors=entry.authors, year=entry.year, kind=PaperKind(entry.kind), url=entry.url
    )


def failed_order(desk: Desk) -> Order:
    """What failed, or was left over from a call that was stopped; raises NotFoundError where there is nothing."""
    journal = journal_of(desk)
    order = Order()
    for line in (*journal.failed(), *journal.unfinished()):
        kind = identify(line.item).kind
        way = Way(kind="arxiv" if kind == "arxiv" else "web", value=line.item)
        order.wanted.append(Wanted(way=way, list=line.list, entry=line.entry))
        if line.list and line.entry:
            order.entries[line.item] = [(line.list, line.entry)]
            _remember_draft(desk, order, line.item, line.list, line.entry)
    if not order.wanted:
        raise NotFoundError("nothing has failed, and nothing is left over", next="kb fetch --status")
    return order


def _remember_draft(desk: Desk, order: Order, item: str, list_id: str, entry_id: str) -> None:
    for entry in desk.shelves.entries(list_id):
        if entry.id == entry_id and entry.arxiv_id is None and item != entry.paper_arxiv_id:
            order.drafts[item] = entry_draft(entry)


def single_order(desk: Desk, sources: Sequence[Source], *, allow_private: bool = False) -> Order:
    """arXiv ids and addresses."""
    order = Order(allow_private=allow_private)
    for source in dict.fromkeys(sources):
        if source.kind == "arxiv":
            order.wanted.append(Wanted(way=Way(kind="arxiv", value=source.versioned)))
        else:
            order.wanted.append(Wanted(way=Way(kind="web", value=direct_address(source.value))))
    return order


def resolve(desk: Desk, text: str) -> Source | Paper:
    """What one argument leads to: a source that can be fetched, or a paper of which only the metadata can be had.

    Raises UsageError for nothing that can be looked for, NotFoundError for a title that is not surely one paper's.
    """
    from kb.sources.bibtex_entry import is_bibtex, place_in_bibtex

    if is_bibtex(text):
        place = place_in_bibtex(text)
        if place is None:
            raise ItemFailedError("the BibTeX entry says nothing of where the paper is", next="kb import bibtex FILE")
        return resolve(desk, place)
    source = identify(text)
    if source.kind == "doi":
        return _by_doi(desk, source.value)
    if source.kind == "title":
        return _by_title(desk, source.value)
    return source


def _by_doi(desk: Desk, doi: str) -> Source | Paper:
    from kb.sources.doi import look_up_doi
    from kb.sources.web import host_limiter

    draft = look_up_doi(doi, host_limiter("https://doi.org"))
    if draft.arxiv_id:
        return Source(kind="arxiv", value=draft.arxiv_id)
    return desk.papers.add(draft)


def candidates(desk: Desk, text: str) -> "tuple[TitleMatch, ...]":
    """Papers that a text may be the title of; none where it is no title."""
    from kb.sources.bibtex_entry import is_bibtex
    from kb.sources.titles import look_up_title

    if is_bibtex(text) or identify(text).kind != "title":
        return ()
    return look_up_title(arxiv_client(desk), text)


def _by_title(desk: Desk, title: str) -> Source:
    from kb.sources.titles import look_up_title, surely

    matches = look_up_title(arxiv_client(desk), title)
    match = surely(matches)
    if match and match.record.draft.arxiv_id:
        return Source(kind="arxiv", value=match.record.draft.arxiv_id)
    near = "; ".join(f"{one.record.versioned} {one.record.draft.title}" for one in matches[:3])
    raise NotFoundError(
        f"it is not sure which paper {title!r} is",
        f"the nearest are {near}" if near else "arXiv has none with these words in its title",
        f"kb add arxiv:{matches[0].record.draft.arxiv_id}" if matches else "give its address, or the PDF",
    )
