"""Fields of an imported entry that go out again as they came, unless the library knows better by now."""

import re

from kb.bibtex.read import VENUES, draft_of, venue_field
from kb.bibtex.scan import MONTHS, RawEntry
from kb.escape.latex import escape_latex
from kb.escape.plain import visible
from kb.models.paper import BibEntry, Paper, PaperDraft

OBEYED = re.compile(
    r"(?<!\\)(?:\\\\)*\\(?:input|include|open(?:in|out)|write\d*|read|immediate|special|csname|catcode|lccode|active|[egx]?def|let|loop"
    r"|(?:re)?newcommand|usepackage|directlua|luaexec|jobname|ShellEscape|lstinputlisting|(?:verbatim|import)\w*"
    r"|include\w+|pdf\w+|everypar|expandafter|afterassignment)(?![A-Za-z])|\^\^"
)
"""What would make TeX read or write files, or mean something else from then on."""
_CARRIED = {
    "title": ("title",),
    "authors": ("author", "editor"),
    "year": ("year", "date"),
    "arxiv_id": ("eprint", "archiveprefix", "eprinttype"),
    "doi": ("doi",),
    "url": ("url",),
}
"""By what a paper knows: the fields that say it."""
_IMPLIED = {"arxiv_id": ("archiveprefix", "url")}


def with_kept(paper: Paper, entry: BibEntry, own: dict[str, str]) -> dict[str, str]:
    """All fields of the entry in their order; where the library says otherwise by now, what it says stands there.

    An entry without a title, such as one from another program, only adds to what the paper says, and comes after it.
    """
    told = draft_of(RawEntry(type=entry.type, key=paper.key, fields=entry.fields, line=1))
    fields = {name: _source(value) for name, value in entry.fields.items()}
    for known, carriers in _carriers(entry).items():
        if _agree(paper, told, known):
            continue
        for name in carriers:
            fields.pop(name, None)
        names = (*carriers, *_IMPLIED.get(known, ()), *_venue(known, own))
        fields |= {name: own[name] for name in names if name in own}
    order = fields if "title" in entry.fields else (*own, *fields)
    return {name: fields[name] for name in order if name in fields}


def _carriers(entry: BibEntry) -> dict[str, tuple[str, ...]]:
    """By what a paper knows: the fields of this entry that say it. Editors stand for authors only where none are."""
    people = ("author",) if "author" in entry.fields else ("author", "editor")
    return {**_CARRIED, "authors": people, "venue": (venue_field(entry.fields) or "",)}


def united(mine: BibEntry, theirs: BibEntry) -> BibEntry:
    """An entry with the fields of another that it lacks, save those for what a paper knows itself."""
    own = {name for names in _CARRIED.values() for name in names} | set(VENUES)
    more = {name: value for name, value in theirs.fields.items() if name not in mine.fields and name not in own}
    return mine.model_copy(update={"fields": {**mine.fields, **more}})


def enclosed(name: str, value: str) -> str:
    """A value between braces; a month by its bare name, which a style writes out."""
    return value if name == "month" and value in MONTHS else f"{{{value}}}"


def _agree(paper: Paper, told: PaperDraft, known: str) -> bool:
    mine = getattr(paper, known)
    return not mine or mine == getattr(told, known)


def _venue(known: str, own: dict[str, str]) -> tuple[str, ...]:
    names = ("booktitle", "journal", "publisher", "howpublished")
    return tuple(name for name in names if name in own) if known == "venue" else ()


def _source(value: str) -> str:
    """LaTeX as it came, if it only sets type; what would do more is written so that it prints as itself."""
    return escape_latex(visible(value)) if OBEYED.search(value) else visible(value)
