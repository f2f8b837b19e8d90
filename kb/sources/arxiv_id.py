"""arXiv's ids: new and old, with and without a version."""

import re

from kb.sources.source import PaperSource

ARXIV = "arxiv"
NEW_ID = r"\d{4}\.\d{4,5}"
OLD_ID = r"[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"(?P<id>{NEW_ID}|{OLD_ID})(?:v(?P<version>[1-9]\d*))?(?:\.pdf)?", re.IGNORECASE)


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
