"""What the reader has searched for, newest first: a file of lines that grows at its end and is cut now and then."""

import json

from kb.config import Home
from kb.storage.whole_file import write_whole

FILE = "search_history.jsonl"
MOST = 500
"""Lines that are kept when the file is cut."""


def remember_query(home: Home, query: str) -> None:
    """Keep a query; an empty one, and the last one again, are not worth a line. No home is made for it."""
    query = " ".join(query.split())
    if not query or not home.root.is_dir() or recent_queries(home, 1) == (query,):
        return
    with (home.root / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(query, ensure_ascii=False) + "\n")
        if file.tell() > MOST * 100:
            file.flush()
            _cut(home)


def recent_queries(home: Home, limit: int = 50) -> tuple[str, ...]:
    """The last queries, each once, newest first; a line that cannot be read is passed over."""
    file = home.root / FILE
    if not file.exists():
        return ()
    lines = file.read_text("utf-8", errors="replace").splitlines()
    queries = (_read(line) for line in reversed(lines))
    return tuple(dict.fromkeys(query for query in queries if query))[:limit]


def _read(line: str) -> str:
    try:
        value = json.loads(line)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def _cut(home: Home) -> None:
    kept = reversed(recent_queries(home, MOST // 2))
    write_whole(home.root / FILE, "".join(json.dumps(query, ensure_ascii=False) + "\n" for query in kept))
