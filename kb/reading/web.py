"""A saved web page becomes a document like any other: headings, paragraphs, formulas as TeX, footnotes, passages."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from kb.errors import ItemFailedError
from kb.models.text import ParsedDocument, ParsedMetadata, ParseReport, Reference
from kb.reading.passages import TokenSpans, cut
from kb.reading.webpage import article, blocks, footnotes, formulas, metadata, visible

RULES = 2
"""Counts up whenever the same page would give another text."""
HTML_PARSER = f"trafilatura {version('trafilatura')} page/{RULES}"
"""Stands in the report of every page; a different string means that the text is stale."""
STAGE = 2
"""A page needs no second look: its markup is its layout."""
MAX_BYTES = 30 << 20
MAX_ELEMENTS = 100_000
COMPLETE = 0.97
"""Share of a page's words below which a reader is told that some are missing."""
ENOUGH = 40
"""A page with fewer words has no text of its own."""


def parse_html(path: Path, sha256: str, spans: TokenSpans, url: str = "") -> ParsedDocument:
    """Read a page; raises ItemFailedError where there is no text in it unless scripts are run, which they never are."""
    tree = _tree(path, url)
    about = metadata.metadata_of(tree, url)
    formulas.put_back_tex(tree)
    article.clean(tree)
    main = article.find(tree, url)
    menus = article.without_navigation(main)
    notes = footnotes.take_footnotes(main)
    article.plain_tags(main)
    article.flatten(main)
    references = article.links_to_papers(main)
    expected = _letters(main.text_content())
    _check_size(main, url or str(path))
    found = list(visible.pieces(main))
    count, kept = (sum(measure(text) for _, text, _ in found) for measure in (_words, _letters))
    if count < ENOUGH:
        raise _no_text(url or str(path), count)
    built, sections = blocks.build(about.title, found, notes)
    return ParsedDocument(
        sha256=sha256,
        report=_report(bool(sections), min(1.0, kept / max(expected, 1)), menus),
        metadata=about if about.title else ParsedMetadata(title=path.stem),
        blocks=built,
        sections=sections,
        passages=cut(built, sections, spans, sha256),
        references=tuple(_reference(index, *paper) for index, paper in enumerate(references)),
    )


def _words(text: str) -> int:
    return len(text.split())


def _letters(text: str) -> int:
    """Letters and signs without the space between them, which markup and reader set differently."""
    return len("".join(text.split()))


def _check_size(main: Any, what: str) -> None:
    """A page of so many pieces would take minutes, and is no article."""
    if sum(1 for _ in main.iter()) > MAX_ELEMENTS:
        raise ItemFailedError(
            f"{what} is too complex to be read", f"over {MAX_ELEMENTS} elements", "open it in a browser"
        )


def _tree(path: Path, url: str) -> Any:
    """The page's elements; no entity is expanded and nothing is loaded."""
    import lxml.html
    from lxml.etree import LxmlError

    try:
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            raise ItemFailedError(f"{url or path} is too large to be read", f"over {MAX_BYTES >> 20} MiB", "")
        parser = lxml.html.HTMLParser(encoding=_encoding(data), no_network=True, huge_tree=False, remove_comments=True)
        return lxml.html.document_fromstring(data, parser=parser)
    except (LxmlError, ValueError) as error:
        raise ItemFailedError(f"{url or path} is no web page", str(error), "open it in a browser") from error
    except OSError as error:
        raise ItemFailedError(f"{path} cannot be read", error.strerror or str(error), "check its rights") from error


def _encoding(data: bytes) -> str | None:
    """UTF-8 wherever the bytes are; else whatever the page says of itself."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _report(headings: bool, coverage: float, menus: int) -> ParseReport:
    """How the page was read, and what a reader should know."""
    share = f"{coverage:.0%} of the words of the page were read; the page itself can be opened in a browser"
    return ParseReport(
        stage=STAGE,
        parser=HTML_PARSER,
        pages=1,
        warnings=(share,) if coverage < COMPLETE else (),
        coverage=round(coverage, 3),
        left_out=(f"{menus} words of menus and tables of contents",) if menus else (),
        outline="embedded" if headings else "none",
    )


def _reference(index: int, text: str, arxiv_id: str, doi: str) -> Reference:
    """A paper that the page links to."""
    return Reference(index=index, text=text or arxiv_id or doi, arxiv_id=arxiv_id or None, doi=doi or None)


def _no_text(what: str, count: int) -> ItemFailedError:
    """The error for a page that is made by scripts, or that shows a login."""
    return ItemFailedError(
        f"{what} has no text that can be read here ({count} words)",
        "a script makes it in the browser, or it is behind a login; scripts are never run",
        "open it in a browser; print it to a PDF and kb add that, if you want its text",
    )
