"""A saved web page becomes a document like any other: headings, paragraphs, formulas as TeX, footnotes, passages."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from kb.errors import ItemFailedError
from kb.models.text import ParsedDocument, ParsedMetadata, ParseReport, Reference
from kb.reading.passages import TokenSpans, cut
from kb.reading.webpage import article, blocks, footnotes, formulas, metadata

RULES = 1
"""Counts up whenever the same page would give another text."""
HTML_PARSER = f"trafilatura {version('trafilatura')} page/{RULES}"
"""Stands in the report of every page; a different string means that the text is stale."""
STAGE = 2
"""A page needs no second look: its markup is its layout."""
MAX_BYTES = 30 << 20
MAX_ELEMENTS = 100_000
ENOUGH = 40
"""A page with fewer words has no text of its own."""


def parse_html(path: Path, sha256: str, spans: TokenSpans, url: str = "") -> ParsedDocument:
    """Read a page; raises ItemFailedError where there is no text in it unless scripts are run, which they never are."""
    tree = _tree(path, url)
    about = metadata.metadata_of(tree)
    formulas.put_back_tex(tree)
    article.clean(tree)
    part = article.narrow(tree)
    main = tree if part is None else part
    notes = footnotes.take_footnotes(main)
    article.plain_tags(main)
    references = article.links_to_papers(main)
    expected = article.words(main)
    _check_size(main, url or str(path))
    body = _body(tree, url, marked=part is not None)
    found = list(blocks.pieces(body)) if body is not None else []
    count = sum(len(text.split()) for _, text, _ in found)
    if count < ENOUGH:
        raise _no_text(url or str(path), count)
    built, sections = blocks.build(about.title, found, notes)
    return ParsedDocument(
        sha256=sha256,
        report=_report(bool(sections), min(1.0, count / expected) if part is not None else None),
        metadata=about if about.title else ParsedMetadata(title=path.stem),
        blocks=built,
        sections=sections,
        passages=cut(built, sections, spans, sha256),
        references=tuple(_reference(index, *paper) for index, paper in enumerate(references)),
    )


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


def _body(tree: Any, url: str, *, marked: bool) -> Any:
    """The main text as trafilatura finds it; a part that the site marks is trusted to be all of it."""
    import copy

    from trafilatura import bare_extraction

    options: dict[str, Any] = {"include_comments": False, "include_formatting": True, "include_links": False}
    found: Any = bare_extraction(tree if marked else copy.deepcopy(tree), url=url or None, fast=marked, **options)
    if found is None and not marked:
        found = bare_extraction(tree, url=url or None, favor_recall=True, **options)
    return None if found is None else found.body


def _report(headings: bool, coverage: float | None) -> ParseReport:
    """How the page was read, and what a reader should know."""
    low = coverage is not None and coverage < 0.7
    warnings = ("parts of the page are left out; the page itself can be opened in a browser",) if low else ()
    return ParseReport(
        stage=STAGE,
        parser=HTML_PARSER,
        pages=1,
        warnings=warnings,
        coverage=None if coverage is None else round(coverage, 3),
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
