"""A Zotero library as its own RDF: works, the journals that they are part of, attachments, and notes as memos."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.importers.files import Folders
from kb.importers.foreign_work import ForeignWork, Unreadable, collection_path, written
from kb.importers.html_text import plain_title, text_of_html
from kb.importers.zotero_item import NOT_WORKS, draft_of_item

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}
_ABOUT = f"{{{_SPACES['rdf']}}}about"
_RESOURCE = f"{{{_SPACES['rdf']}}}resource"
_FIELDS = {
    "dc:date": "date",
    "dcterms:abstract": "abstractNote",
    "bib:pages": "pages",
    "prism:volume": "volume",
    "prism:number": "issue",
    "prism:edition": "edition",
    "z:language": "language",
    "z:shortTitle": "shortTitle",
    "z:archiveLocation": "archiveID",
    "dc:description": "extra",
    "dc:publisher/foaf:Organization/foaf:name": "publisher",
    "dc:rights": "rights",
    "dcterms:alternative": "journalAbbreviation",
}


def read_zotero_rdf(text: str, folders: Folders) -> Iterator[ForeignWork | Unreadable]:
    """The works of an export; raises UsageError for a file that is none, or that asks for what is outside of it."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(text.encode())
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise UsageError("the file is no Zotero RDF", str(error).splitlines()[0], _HOW) from error
    named = {name: node for node in root if (name := node.get(_ABOUT))}
    collections = _collections(root)
    parts = {ref for node in root for ref in _refs(node, "dcterms:isPartOf")}
    for number, node in enumerate(root, 1):
        kind = _text(node, "z:itemType")
        if node.get(_ABOUT) in parts or kind in NOT_WORKS or not _is_work(node):
            continue
        yield _work(node, kind, number, named, folders).model_copy(
            update={"collections": collections.get(node.get(_ABOUT) or "", ())}
        )


_HOW = "in Zotero: Export Library…, format Zotero RDF, with its files"


def _collections(root: "Element") -> dict[str, tuple[str, ...]]:
    """The collections that each item is in, by the item's name, as paths of their titles."""
    nodes = {node.get(_ABOUT) or "": node for node in root.findall("z:Collection", _SPACES)}
    around = {ref: name for name, node in nodes.items() for ref in _refs(node, "dcterms:hasPart") if ref in nodes}
    titles = {name: _text(node, "dc:title") or "a collection" for name, node in nodes.items()}
    found: dict[str, tuple[str, ...]] = {}
    for name, node in nodes.items():
        for ref in _refs(node, "dcterms:hasPart"):
            if ref not in nodes:
                found[ref] = (*found.get(ref, ()), collection_path(name, titles, around))
    return found


def _is_work(node: "Element") -> bool:
    """Not a collection, a memo, an attachment, or a user's own item without a kind."""
    name = node.tag.rpartition("}")[2]
    return name not in {"Collection", "Memo", "Attachment", "UserItem", "Journal"} or bool(_text(node, "z:itemType"))


def _work(
    node: "Element", kind: str, number: int, named: "dict[str, Element]", folders: Folders
) -> ForeignWork | Unreadable:
    title = plain_title(_text(node, "dc:title"))
    if not title:
        return Unreadable(name=node.get(_ABOUT) or f"item {number}", why="it has no title")
    fields = _fields(node, named)
    found = [folders.pdf(path) for path in _paths(node, named)]
    memos = (named[ref] for ref in _refs(node, "dcterms:isReferencedBy") if ref in named)
    key = _text(node, "z:citationKey")
    return ForeignWork(
        name=key or title,
        key=key,
        draft=draft_of_item(kind, fields, _people(node), _tags(node), title),
        files=tuple(one for one in found if not isinstance(one, str)),
        problems=tuple(one for one in found if isinstance(one, str)),
        notes=tuple(filter(None, (text_of_html(_text(memo, "rdf:value")) for memo in memos))),
    )


def _fields(node: "Element", named: "dict[str, Element]") -> dict[str, str]:
    """Zotero's own fields, some of which stand with the journal or the book that the work is part of."""
    fields: dict[str, str] = {}
    whole = [named[ref] for ref in _refs(node, "dcterms:isPartOf") if ref in named]
    whole += [child for parent in node.findall("dcterms:isPartOf", _SPACES) for child in parent]
    for part in (node, *whole):
        for path, name in _FIELDS.items():
            if told := _text(part, path):
                fields.setdefault(name, told)
        for said in (one.text or "" for one in part.findall("dc:identifier", _SPACES)):
            for prefix, name in (("DOI ", "DOI"), ("ISSN ", "ISSN"), ("ISBN ", "ISBN")):
                if said.startswith(prefix):
                    fields.setdefault(name, said.removeprefix(prefix).strip())
    fields["url"] = _text(node, "dc:identifier/dcterms:URI/rdf:value")
    fields["publicationTitle"] = next(filter(None, (_text(part, "dc:title") for part in whole)), "")
    return fields


def _people(node: "Element") -> tuple[str, ...]:
    people = node.findall("bib:authors/rdf:Seq/rdf:li/foaf:Person", _SPACES)
    people = people or node.findall("bib:editors/rdf:Seq/rdf:li/foaf:Person", _SPACES)
    names = (
        (_text(one, "foaf:givenName") or _text(one, "foaf:givenname"), _text(one, "foaf:surname")) for one in people
    )
    return written(" ".join(filter(None, name)) for name in names)


def _tags(node: "Element") -> tuple[str, ...]:
    automatic = node.findall("dc:subject/z:AutomaticTag/rdf:value", _SPACES)
    return written(one.text for one in (*node.findall("dc:subject", _SPACES), *automatic))


def _paths(node: "Element", named: "dict[str, Element]") -> Iterator[str]:
    for ref in _refs(node, "link:link"):
        attachment = named.get(ref)
        if attachment is None or _text(attachment, "link:type") not in ("application/pdf", ""):
            continue
        yield from (*_refs(attachment, "rdf:resource"), *_refs(attachment, "z:path"))
        yield from written([_text(attachment, "z:path")])


def _refs(node: "Element", path: str) -> list[str]:
    return [ref for one in node.findall(path, _SPACES) if (ref := one.get(_RESOURCE))]


def _text(node: "Element", path: str) -> str:
    return (node.findtext(path, default="", namespaces=_SPACES) or "").strip()
