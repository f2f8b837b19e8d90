"""A BibTeX entry pasted in place of an id: what it says of where the paper is."""

import re

_ENTRY = re.compile(r"\s*@\w+\s*[{(]")
_FIELD = re.compile(r"(?P<name>\w+)\s*=\s*(?P<value>[{\"]|[^\s,{}\"]+)")
_ARXIV = re.compile(r"arxiv\s*[:.]\s*((?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?)", re.IGNORECASE)


def is_bibtex(text: str) -> bool:
    """Whether text begins like a BibTeX entry."""
    return _ENTRY.match(text) is not None


def place_in_bibtex(text: str) -> str | None:
    """The arXiv id, DOI, address or title of the first entry, the surest first; None where it has none of them."""
    fields = bibtex_fields(text)
    eprint = fields.get("eprint", "")
    if eprint and "arxiv" in (fields.get("archiveprefix", "arxiv") + fields.get("eprinttype", "")).lower():
        return f"arxiv:{eprint}"
    anywhere = _ARXIV.search(
        " ".join(fields.get(name, "") for name in ("journal", "note", "howpublished", "url", "doi"))
    )
    if anywhere:
        return f"arxiv:{anywhere[1]}"
    doi = re.sub(r"^https?://(?:dx\.)?doi\.org/", "", fields.get("doi", ""))
    return (f"doi:{doi}" if doi else "") or fields.get("url") or fields.get("title") or None


def bibtex_fields(text: str) -> dict[str, str]:
    """The fields of the first entry by their names in small letters, without braces."""
    fields: dict[str, str] = {}
    position = text.find(",")
    while match := _FIELD.search(text, position):
        value, position = _value(text, match)
        fields.setdefault(match["name"].lower(), " ".join(re.sub(r"[{}]|\\(?=[&%_#$])", "", value).split()))
    return fields


def _value(text: str, match: re.Match[str]) -> tuple[str, int]:
    """A field's value and where it ends: braces nest, a quoted value ends at the next quote outside braces."""
    start = match.start("value")
    if text[start] not in '{"':
        return match["value"], match.end()
    depth = 0
    for position in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        closes_quote = text[start] == '"' and position > start and text[position] == '"' and depth == 0
        if closes_quote or (text[start] == "{" and depth == 0):
            return text[start + 1 : position], position + 1
    return text[start + 1 :], len(text)
