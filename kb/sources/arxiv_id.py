"""arXiv's ids: new and old, with and without a version."""

import re
from urllib.parse import unquote

from kb.errors import UsageError
from kb.sources.addresses import host_of, split_address
from kb.sources.source import PaperSource

ARXIV = "arxiv"
NEW_ID = r"\d{4}\.\d{4,5}"
OLD_ID = r"[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"(?P<id>{NEW_ID}|{OLD_ID})(?:v(?P<version>[1-9]\d*))?(?:\.pdf)?", re.IGNORECASE)
_PREFIX = re.compile(r"arxiv:\s*", re.IGNORECASE)
_DOI = re.compile(r"(?:(?:doi:\s*)|(?:https?://(?:dx\.|www\.)?doi\.org/))?10\.48550/arxiv\.(?P<rest>.+)", re.IGNORECASE)
"""DOIs that arXiv itself registers: each is an id."""
_HOSTS = ("arxiv.org", "xxx.lanl.gov", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org")
_FOLDERS = ("abs", "pdf", "html", "format", "src", "e-print", "ps")


def named_on_arxiv(text: str) -> PaperSource | None:
    """An id, ``arXiv:`` and an id, or an address on arXiv or one of its mirrors; arXiv's own DOIs.

    Raises UsageError for what claims to be an id and is none.
    """
    prefixed = _PREFIX.match(text)
    named = text[prefixed.end() :] if prefixed else text
    found = arxiv_source(re.sub(r"\s*\[[^\]]*\]\s*$", "", named)) or _in_address(text) or _in_doi(text)
    if prefixed and found is None:
        raise _not_an_id(named)
    return found


def arxiv_source(text: str) -> PaperSource | None:
    """An arXiv id with or without its version; None where the text is not exactly one."""
    match = _ARXIV.fullmatch(text.strip())
    if match is None:
        return None
    version = match["version"]
    return PaperSource(kind=ARXIV, value=_plain(match["id"]), version=int(version) if version else None)


def arxiv_id_of(source: PaperSource) -> str | None:
    """The arXiv id that a source names; None for every other kind."""
    return source.value if source.kind == ARXIV else None


def _plain(arxiv_id: str) -> str:
    """The id without the subject class that old ids were sometimes given: ``math.GT/0309136`` → ``math/0309136``."""
    archive, slash, number = arxiv_id.partition("/")
    return archive.split(".")[0].lower() + slash + number if slash else arxiv_id


def _in_address(text: str) -> PaperSource | None:
    """The id in ``arxiv.org/abs/…``, ``/pdf/…``, ``/html/…`` and the like."""
    parts = split_address(text if "://" in text else f"https://{text}")
    folder, _, rest = unquote(parts.path).strip("/").partition("/")
    if host_of(text).removeprefix("export.") not in _HOSTS or folder not in _FOLDERS:
        return None
    found = arxiv_source(rest)
    if found is None:
        raise _not_an_id(rest)
    return found


def _in_doi(text: str) -> PaperSource | None:
    match = _DOI.fullmatch(unquote(text).strip())
    return arxiv_source(match["rest"].rstrip(".,;)")) if match else None


def _not_an_id(text: str) -> UsageError:
    """The error for something that claims to be an arXiv id."""
    return UsageError(
        f"{text!r} is not an arXiv id",
        "ids look like 1706.03741, 1706.03741v4 or quant-ph/0201082",
        "copy the id from the paper's page on arXiv",
    )
