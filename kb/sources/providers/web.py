"""The web: any public address that answers with a page or a PDF."""

import re
from collections.abc import Generator, Sequence
from pathlib import Path

from kb.errors import UsageError
from kb.models.paper import PaperDraft
from kb.models.progress import Progress
from kb.sources.addresses import direct_address, is_bare_address, page_target, split_address
from kb.sources.source import Arrived, Download, FetchContext, FetchItem, PaperSource, Sought, Steps


class WebSource:
    """Pages and PDFs by their address."""

    name = "web"
    rank = 9
    is_specific = False
    is_one_host = False
    describes = False

    def recognise(self, text: str) -> PaperSource | None:
        """A web address, with or without its scheme; only http and https are followed."""
        if is_bare_address(text):
            text = f"https://{text}"
        parts = split_address(text)
        if "://" not in text or not re.fullmatch(r"[a-z][a-z0-9+.-]*", parts.scheme):
            return None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{text!r} cannot be fetched", "only http and https addresses can", "give a web address")
        return PaperSource(kind=self.name, value=text)

    def item(self, found: PaperSource) -> str:
        """The address of the file itself."""
        return direct_address(found.value)

    def sought(self, item: str) -> Sought | None:
        """The paper with this address."""
        return Sought(PaperDraft(title="", url=item))

    def prepare(
        self, wanted: Sequence[FetchItem], context: FetchContext
    ) -> Generator[Progress | Arrived, None, list[Download]]:
        """Nothing is known of an address before it answers."""
        yield from ()
        return [Download(one.item, _fetch(one.item, context)) for one in wanted]

    def forget(self, folder: Path, item: str) -> None:
        """Remove what the address answered with."""
        page_target(folder, item).unlink(missing_ok=True)


SOURCE = WebSource()


def _fetch(url: str, context: FetchContext) -> Steps:
    """One page or PDF."""
    from kb.sources.web import fetch_web, form_of

    target = page_target(context.folder, url)
    yield from fetch_web(url, target, guard=context.guard, check_pdf=context.check_pdf, limits=context.limits)
    yield Arrived(item=url, path=target, kind=form_of(target), source=url)
