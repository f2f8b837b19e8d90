"""How each entry of a reading list can be had: from one of the sources, or only in a browser, and then why."""

from kb.errors import UsageError
from kb.models.paper import PaperKind
from kb.models.reading_list import Entry
from kb.sources.addresses import host_of
from kb.sources.identify import identify
from kb.sources.providers.browser import only_in_browser
from kb.sources.providers.primer import way_to_primer
from kb.sources.registry import way_to
from kb.sources.source import AccessMethod

_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "ted.com", "slideslive.com")
_TRANSCRIPT_HOSTS = ("forum.effectivealtruism.org", "alignmentforum.org", "lesswrong.com")
_SPOKEN = (PaperKind.TALK, PaperKind.VIDEO, PaperKind.PODCAST)


def ways(entry: Entry) -> tuple[AccessMethod, ...]:
    """Everything that belongs to an entry: the work itself, and the paper behind it where there is one."""
    own = [way_to(identify(f"arxiv:{entry.arxiv_id}"))] if entry.arxiv_id else _by_address(entry)
    behind = entry.paper_arxiv_id
    if behind and behind not in {way.value for way in own}:
        own.append(way_to(identify(f"arxiv:{behind}")).model_copy(update={"behind": True}))
    return tuple(own)


def _by_address(entry: Entry) -> list[AccessMethod]:
    """The way that an entry's address leads, or its primer."""
    if entry.primer:
        return [way_to_primer(entry.primer)]
    if not entry.url:
        return []
    host = host_of(entry.url)
    if host in _VIDEO_HOSTS or (entry.kind in _SPOKEN and host not in _TRANSCRIPT_HOSTS):
        return [only_in_browser(entry.url, f"a {entry.kind.value} is watched or heard; it has no text here")]
    if entry.kind is PaperKind.EXERCISE:
        return [only_in_browser(entry.url, "an exercise is done where it stands; it has no text here")]
    try:
        return [way_to(identify(entry.url))]
    except UsageError as error:
        return [only_in_browser(entry.url, error.why or error.what)]
