"""How long the texts are that are here, from what was counted when each was read."""

from pathlib import Path

from kb.models.minutes import TextLength
from kb.storage.sqlite_file import read_only

_LENGTHS = (
    "SELECT paper, json_extract(report, '$.main_words'), json_extract(report, '$.pages') FROM documents"
    " WHERE current AND NOT card"
)


def text_lengths(texts: Path) -> dict[str, TextLength]:
    """The length of each paper's current text, by the paper; empty where there are no texts yet."""
    if not texts.exists():
        return {}
    connection = read_only(texts)
    try:
        rows = connection.execute(_LENGTHS).fetchall()
    finally:
        connection.close()
    return {paper: TextLength(words=words or 0, pages=pages or 0) for paper, words, pages in rows}
