"""What a reader means by one argument: an arXiv id or URL in any form, a DOI, a URL, a file, a title."""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from kb.errors import UsageError
from kb.models.base import Value
from kb.sources.bibtex_entry import is_bibtex, place_in_bibtex

Kind = Literal["arxiv", "doi", "url", "file", "folder", "title"]

NEW_ID = r"\d{4}\.\d{4,5}"
OLD_ID = r"[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"(?P<id>{NEW_ID}|{OLD_ID})(?:v(?P<version>[1-9]\d*))?(?:\.pdf)?", re.IGNORECASE)
_PREFIX = re.compile(r"arxiv:\s*", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<rest>.+)", re.IGNORECASE)
_BARE_URL = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/\S*|www\.\S+", re.IGNORECASE)
_ARXIV_HOSTS = ("arxiv.org", "xxx.lanl.gov", "ar5iv.org", "ar5iv.labs.arxiv.org", "alphaxiv.org")
_ARXIV_PATHS = ("abs", "pdf", "html", "format", "src", "e-print", "ps")


class PaperSource(Value):
    """Where a paper is to come from: ``value`` is a plain id, DOI, URL, path or title, by ``kind``."""

    kind: Kind
    value: str
    version: int | None = None
    """The arXiv version that was named; None for the newest."""

    @property
    def versioned(self) -> str:
        """The value with its version, as arXiv's API takes it: ``1706.03741v4``."""
        return f"{self.value}v{self.version}" if self.version else self.value


def identify(text: str) -> PaperSource:
    """Say what one argument is; raises UsageError where it is nothing that can be looked for."""
    text = text.strip()
    if is_bibtex(text):
        return _in_bibtex(text)
    text = text.strip("<>").strip()
    found = _arxiv(text) if "/" not in text or not _exists(_local(text)) else None
    found = found or _path(text) or _doi(text) or _url(text) or _title(text)
    if found is None:
        raise UsageError(
            f"cannot tell what {text!r} is",
            "it is no file here, no arXiv id, no DOI, no URL, and too short for a title",
            "give a path, an id such as arxiv:1706.03741, a URL, or a title in quotes",
        )
    return found


def _in_bibtex(text: str) -> PaperSource:
    """What a BibTeX entry says of where its paper is."""
    place = place_in_bibtex(text)
    if place is None:
        raise UsageError(
            "the BibTeX entry does not say where its paper is", "it has no eprint, doi, url or title", "add one"
        )
    found = next((one for one in (_arxiv(place), _doi(place), _url(place)) if one), None)
    return found or PaperSource(kind="title", value=place)


def arxiv_source(text: str) -> PaperSource | None:
    """An arXiv id with or without its version; None where the text is not exactly one."""
    match = _ARXIV.fullmatch(text.strip())
    if match is None:
        return None
    version = match["version"]
    return PaperSource(kind="arxiv", value=_plain(match["id"]), version=int(version) if version else None)


def _plain(arxiv_id: str) -> str:
    """The id without the subject class that old ids were sometimes given: ``math.GT/0309136`` → ``math/0309136``."""
    archive, slash, number = arxiv_id.partition("/")
    return archive.split(".")[0].lower() + slash + number if slash else arxiv_id


def _arxiv(text: str) -> PaperSource | None:
    """An id, ``arXiv:`` and an id, or an address on arXiv or one of its mirrors."""
    prefixed = _PREFIX.match(text)
    named = text[prefixed.end() :] if prefixed else text
    if not prefixed and text.lower().endswith(".pdf") and _exists(Path(text)):
        return None
    found = arxiv_source(re.sub(r"\s*\[[^\]]*\]\s*$", "", named)) or _arxiv_address(text)
    if prefixed and found is None:
        raise _not_an_id(named)
    return found


def _arxiv_address(text: str) -> PaperSource | None:
    """The id in ``arxiv.org/abs/…``, ``/pdf/…``, ``/html/…`` and the like."""
    parts = _split(text if "://" in text else f"https://{text}")
    host = (parts.hostname or "").removeprefix("www.").removeprefix("export.")
    folder, _, rest = unquote(parts.path).strip("/").partition("/")
    if host not in _ARXIV_HOSTS or folder not in _ARXIV_PATHS:
        return None
    found = arxiv_source(rest)
    if found is None:
        raise _not_an_id(rest)
    return found


def _split(text: str) -> SplitResult:
    """The parts of an address; none where the text cannot be one."""
    try:
        return urlsplit(text)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _not_an_id(text: str) -> UsageError:
    """The error for something that claims to be an arXiv id."""
    return UsageError(
        f"{text!r} is not an arXiv id",
        "ids look like 1706.03741, 1706.03741v4 or quant-ph/0201082",
        "copy the id from the paper's page on arXiv",
    )


def _path(text: str) -> PaperSource | None:
    """A file or a folder; a path that does not exist is still a file, so that its absence is what is reported."""
    path = _local(unquote(_split(text).path) if text.startswith("file://") else text)
    if _exists(path):
        return PaperSource(kind="folder" if path.is_dir() else "file", value=str(path))
    looks_local = text.startswith(("/", "./", "../", "~", "file://"))
    looks_pdf = "://" not in text and text.lower().endswith(".pdf") and not _BARE_URL.fullmatch(text)
    return PaperSource(kind="file", value=str(path)) if looks_local or looks_pdf else None


def _local(text: str) -> Path:
    """A path with ``~`` read as a home folder, where there is such a one."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _exists(path: Path) -> bool:
    """Whether there is such a path; a text too long for one is not."""
    try:
        return bool(path.name) and path.exists()
    except (OSError, ValueError):
        return False


def _doi(text: str) -> PaperSource | None:
    """A DOI, bare, with ``doi:``, or as a doi.org address; arXiv's own DOIs are arXiv ids."""
    parts = _split(text)
    bare = unquote(parts.path).lstrip("/") if parts.hostname in ("doi.org", "dx.doi.org", "www.doi.org") else text
    match = _DOI.fullmatch(bare)
    if match is None:
        return None
    doi = match["doi"].rstrip(".,;)")
    own = _ARXIV_DOI.fullmatch(doi)
    return (arxiv_source(own["rest"]) if own else None) or PaperSource(kind="doi", value=doi.lower())


def _url(text: str) -> PaperSource | None:
    """A web address, with or without its scheme; only http and https are followed."""
    if _BARE_URL.fullmatch(text):
        text = f"https://{text}"
    parts = _split(text)
    if "://" not in text or not re.fullmatch(r"[a-z][a-z0-9+.-]*", parts.scheme):
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{text!r} cannot be fetched", "only http and https addresses can", "give a web address")
    return PaperSource(kind="url", value=text)


def _title(text: str) -> PaperSource | None:
    """Two or more words are taken for a title."""
    words = re.findall(r"\w+", text)
    return PaperSource(kind="title", value=" ".join(text.split())) if len(words) >= 2 and " " in text else None
