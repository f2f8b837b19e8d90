"""What to fetch for a reading list, for what failed before, and for single ids, addresses, DOIs, titles and BibTeX."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.errors import ItemFailedError, NotFoundError
from kb.ingest.fetch import FetchRequest, arxiv_client, journal_of
from kb.ingest.list_sync import sync_lists
from kb.models.paper import Paper, PaperDraft, PaperKind
from kb.models.reading_list import Entry
from kb.sources.access import ways
from kb.sources.identify import identify
from kb.sources.lists import chosen, find_list, in_edition
from kb.sources.registry import source_named, way_to
from kb.sources.source import AccessMethod, FetchItem, PaperSource
from kb.workspace import Workspace

if TYPE_CHECKING:
    from kb.sources.titles import TitleMatch


def list_order(
    workspace: Workspace, list_id: str, *, week: int | None = None, core: bool = False, edition: str | None = None
) -> FetchRequest:
    """Everything in a list; works that no arXiv id names are on the shelf at once, with or without a text.

    Raises NotFoundError for an unknown list, week or edition.
    """
    sync_lists(workspace)
    reading_list = in_edition(find_list(workspace.home, list_id), edition)
    order = FetchRequest()
    for entry in chosen(reading_list, week=week, core=core):
        if not entry.arxiv_id and not entry.primer:
            workspace.reading_lists.attach(reading_list.id, entry.id, workspace.papers.add(entry_draft(entry)).id)
        for way in ways(entry):
            _want(order, way, reading_list.id, entry)
    return order


def _want(order: FetchRequest, way: AccessMethod, list_id: str, entry: Entry) -> None:
    if way.value not in order.entries:
        order.wanted.append(FetchItem(way=way, list=list_id, entry=entry.id))
    order.entries.setdefault(way.value, []).append((list_id, entry.id))
    if not source_named(way.kind).describes:
        order.drafts[way.value] = entry_draft(entry)


def entry_draft(entry: Entry) -> PaperDraft:
    """What a list says of a work that is no arXiv paper."""
    return PaperDraft(
        title=entry.title, authors=entry.authors, year=entry.year, kind=PaperKind(entry.kind), url=entry.url
    )


def failed_order(workspace: Workspace) -> FetchRequest:
    """What failed, or was left over from a call that was stopped; raises NotFoundError where there is nothing."""
    journal = journal_of(workspace)
    order = FetchRequest()
    for line in (*journal.failed(), *journal.unfinished()):
        way = way_to(identify(line.item))
        order.wanted.append(FetchItem(way=way, list=line.list, entry=line.entry))
        if line.list and line.entry:
            order.entries[line.item] = [(line.list, line.entry)]
        if line.list and line.entry and not source_named(way.kind).describes:
            _remember_draft(workspace, order, line.item, line.list, line.entry)
    if not order.wanted:
        raise NotFoundError("nothing has failed, and nothing is left over", next="kb fetch --status")
    return order


def _remember_draft(workspace: Workspace, order: FetchRequest, item: str, list_id: str, entry_id: str) -> None:
    for entry in workspace.reading_lists.entries(list_id):
        if entry.id == entry_id and entry.arxiv_id is None and item != entry.paper_arxiv_id:
            order.drafts[item] = entry_draft(entry)


def single_order(workspace: Workspace, sources: Sequence[PaperSource], *, allow_private: bool = False) -> FetchRequest:
    """Ids and addresses of any source."""
    wanted = [FetchItem(way=way_to(source)) for source in dict.fromkeys(sources)]
    return FetchRequest(wanted=wanted, allow_private=allow_private)


def resolve(workspace: Workspace, text: str) -> PaperSource | Paper:
    """What one argument leads to: a source that can be fetched, or a paper of which only the metadata can be had.

    Raises UsageError for nothing that can be looked for, NotFoundError for a title that is not surely one paper's.
    """
    from kb.sources.bibtex_entry import is_bibtex, place_in_bibtex

    if is_bibtex(text):
        place = place_in_bibtex(text)
        if place is None:
            raise ItemFailedError("the BibTeX entry says nothing of where the paper is", next="kb import bibtex FILE")
        return resolve(workspace, place)
    source = identify(text)
    if source.kind == "doi":
        return _by_doi(workspace, source.value)
    if source.kind == "title":
        return _by_title(workspace, source.value)
    return source


def _by_doi(workspace: Workspace, doi: str) -> PaperSource | Paper:
    from kb.sources.doi import look_up_doi
    from kb.sources.web import host_limiter

    draft = look_up_doi(doi, host_limiter("https://doi.org"))
    if draft.arxiv_id:
        return identify(f"arxiv:{draft.arxiv_id}")
    return workspace.papers.add(draft)


def candidates(workspace: Workspace, text: str) -> "tuple[TitleMatch, ...]":
    """Papers that a text may be the title of; none where it is no title."""
    from kb.sources.bibtex_entry import is_bibtex
    from kb.sources.titles import look_up_title

    if is_bibtex(text) or identify(text).kind != "title":
        return ()
    return look_up_title(arxiv_client(workspace), text)


def _by_title(workspace: Workspace, title: str) -> PaperSource:
    from kb.sources.titles import look_up_title, surely

    matches = look_up_title(arxiv_client(workspace), title)
    match = surely(matches)
    if match and match.record.draft.arxiv_id:
        return identify(f"arxiv:{match.record.draft.arxiv_id}")
    near = "; ".join(f"{one.record.versioned} {one.record.draft.title}" for one in matches[:3])
    raise NotFoundError(
        f"it is not sure which paper {title!r} is",
        f"the nearest are {near}" if near else "arXiv has none with these words in its title",
        f"kb add arxiv:{matches[0].record.draft.arxiv_id}" if matches else "give its address, or the PDF",
    )
