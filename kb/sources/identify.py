"""What a reader means by one argument: an id or address of a source, a DOI, a file, a title."""

import re
from pathlib import Path
from urllib.parse import unquote

from kb.errors import UsageError
from kb.sources.addresses import is_bare_address, split_address
from kb.sources.bibtex_entry import is_bibtex, place_in_bibtex
from kb.sources.registry import recognised
from kb.sources.source import PaperSource

_DOI = re.compile(r"(?:doi:\s*)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_DOI_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org")


def identify(text: str) -> PaperSource:
    """Say what one argument is; raises UsageError where it is nothing that can be looked for."""
    text = text.strip()
    if is_bibtex(text):
        return _in_bibtex(text)
    text = text.strip("<>").strip()
    found = None if _is_here(text) else recognised(text, specific=True)
    found = found or _path(text) or _doi(text) or recognised(text, specific=False) or _title(text)
    if found is None:
        raise UsageError(
            f"cannot tell what {text!r} is",
            "it is no file here, no arXiv id, no DOI, no URL, and too short for a title",
            "give a path, an id such as arxiv:1706.03741, a URL, or a title in quotes",
        )
    return found


def _is_here(text: str) -> bool:
    """Whether a text that could be an id is a path that exists: with a folder in it, or the name of a PDF."""
    return ("/" in text or text.lower().endswith(".pdf")) and _exists(_local(text))


def _in_bibtex(text: str) -> PaperSource:
    """What a BibTeX entry says of where its paper is."""
    place = place_in_bibtex(text)
    if place is None:
        raise UsageError(
            "the BibTeX entry does not say where its paper is", "it has no eprint, doi, url or title", "add one"
        )
    found = recognised(place, specific=True) or _doi(place) or recognised(place, specific=False)
    return found or PaperSource(kind="title", value=place)


def _path(text: str) -> PaperSource | None:
    """A file or a folder; a path that does not exist is still a file, so that its absence is what is reported."""
    path = _local(unquote(split_address(text).path) if text.startswith("file://") else text)
    if _exists(path):
        return PaperSource(kind="folder" if path.is_dir() else "file", value=str(path))
    looks_local = text.startswith(("/", "./", "../", "~", "file://"))
    looks_pdf = "://" not in text and text.lower().endswith(".pdf") and not is_bare_address(text)
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
    """A DOI, bare, with ``doi:``, or as a doi.org address."""
    parts = split_address(text)
    bare = unquote(parts.path).lstrip("/") if parts.hostname in _DOI_HOSTS else text
    match = _DOI.fullmatch(bare)
    return PaperSource(kind="doi", value=match["doi"].rstrip(".,;)").lower()) if match else None


def _title(text: str) -> PaperSource | None:
    """Two or more words are taken for a title."""
    words = re.findall(r"\w+", text)
    return PaperSource(kind="title", value=" ".join(text.split())) if len(words) >= 2 and " " in text else None
