"""Exports of other programs, shaped as those programs write them."""

import json
from pathlib import Path
from typing import Any

from tests.support.pdfs import paper

COMPARISONS = "Learning from Human Comparisons"


def zotero_json(*items: Any) -> str:
    """A BetterBibTeX JSON export."""
    config = {"id": "36a3b0b5-bad0-4a04-b79b-441c7cef77db", "label": "BetterBibTeX JSON", "options": {}}
    head = {"config": config, "version": {"zotero": "7.0.15", "bbt": "7.0.22"}, "collections": {}}
    return json.dumps({**head, "items": list(items)})


def zotero_item(pdf: str = "", **more: Any) -> dict[str, Any]:
    """One item with an attachment, an annotation in it, and a note."""
    attachment = {
        "itemType": "attachment",
        "key": "Q7GVKR4S",
        "title": "Full Text PDF",
        "contentType": "application/pdf",
        "path": pdf,
        "annotations": [
            {
                "itemType": "annotation",
                "key": "A2",
                "annotationType": "highlight",
                "annotationText": "The reward model is trained on comparisons",
                "annotationComment": "is that enough?",
                "annotationColor": "#ffd400",
                "annotationPageLabel": "301",
                "annotationSortIndex": "00000|000901|00224",
                "annotationPosition": '{"pageIndex":0,"rects":[[110.0,600.1,502.2,612.9]]}',
            },
            {
                "itemType": "annotation",
                "key": "A1",
                "annotationType": "note",
                "annotationComment": "Compare with debate",
                "annotationSortIndex": "00000|000100|00010",
            },
            {"itemType": "annotation", "key": "A3", "annotationType": "image", "annotationSortIndex": "00001|0|0"},
        ],
    }
    item = {
        "itemID": 41,
        "itemKey": "ZH5VKR2B",
        "itemType": "journalArticle",
        "citationKey": "lovelaceLearningHuman2017",
        "title": COMPARISONS,
        "creators": [
            {"creatorType": "author", "firstName": "Ada", "lastName": "Lovelace"},
            {"creatorType": "author", "firstName": "Alan", "lastName": "Turing"},
            {"creatorType": "editor", "name": "The Editors"},
        ],
        "date": "2017-06-12",
        "publicationTitle": "Journal of Comparisons",
        "volume": "30",
        "issue": "2",
        "pages": "4299-4307",
        "DOI": "10.1000/Comparisons.17",
        "url": "https://doi.org/10.1000/comparisons.17",
        "abstractNote": "We learn from comparisons.",
        "language": "en",
        "tags": [{"tag": "preferences"}, {"tag": "RLHF", "type": 1}],
        "attachments": [attachment],
        "notes": [{"itemType": "note", "note": "<div><p>A <b>good</b> one.</p><ul><li>read §3</li></ul></div>"}],
        "relations": {},
    }
    return {**item, **more}


def zotero_rdf(pdf: str = "files/12/comparisons.pdf", more: str = "") -> str:
    """A Zotero RDF export."""
    return f"""<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
    <bib:Article rdf:about="https://doi.org/10.1000/comparisons.17">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
        <bib:authors>
            <rdf:Seq>
                <rdf:li><foaf:Person><foaf:surname>Lovelace</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
                <rdf:li><foaf:Person><foaf:surname>Turing</foaf:surname><foaf:givenName>Alan</foaf:givenName></foaf:Person></rdf:li>
            </rdf:Seq>
        </bib:authors>
        <dcterms:isReferencedBy rdf:resource="#item_13"/>
        <link:link rdf:resource="#item_12"/>
        <dc:subject>preferences</dc:subject>
        <dc:subject><z:AutomaticTag><rdf:value>RLHF</rdf:value></z:AutomaticTag></dc:subject>
        <dc:title>{COMPARISONS}</dc:title>
        <dcterms:abstract>We learn from comparisons.</dcterms:abstract>
        <dc:date>June 12, 2017</dc:date>
        <z:language>en</z:language>
        <dc:identifier><dcterms:URI><rdf:value>https://example.org/comparisons</rdf:value></dcterms:URI></dc:identifier>
        <bib:pages>4299-4307</bib:pages>
    </bib:Article>
    <bib:Journal rdf:about="urn:issn:1234-5678">
        <prism:volume>30</prism:volume>
        <dc:title>Journal of Comparisons</dc:title>
        <dc:identifier>DOI 10.1000/Comparisons.17</dc:identifier>
        <prism:number>2</prism:number>
        <dc:identifier>ISSN 1234-5678</dc:identifier>
    </bib:Journal>
    <bib:Memo rdf:about="#item_13"><rdf:value>&lt;p&gt;A &lt;b&gt;good&lt;/b&gt; one.&lt;/p&gt;</rdf:value></bib:Memo>
    <z:Attachment rdf:about="#item_12">
        <z:itemType>attachment</z:itemType>
        <rdf:resource rdf:resource="{pdf}"/>
        <dc:title>Full Text PDF</dc:title>
        <z:linkMode>1</z:linkMode>
        <link:type>application/pdf</link:type>
    </z:Attachment>
    <z:Collection rdf:about="#collection_3"><dc:title>Alignment</dc:title>
        <dcterms:hasPart rdf:resource="https://doi.org/10.1000/comparisons.17"/>
    </z:Collection>
    {more}
</rdf:RDF>
"""


def papis_document(folder: Path, **more: Any) -> Path:
    """A papis document's folder, with its PDF and its notes."""
    folder.mkdir(parents=True)
    paper(folder / "lovelace-comparisons.pdf")
    (folder / "notes.md").write_text("# Reading\n\nGood on noise.", "utf-8")
    info = f"""abstract: We learn from comparisons.
author: Lovelace, Ada and Turing, Alan
author_list:
- affiliation: []
  family: Lovelace
  given: Ada
- affiliation: []
  family: Turing
  given: Alan
citations: []
doc_url: https://doi.org/10.1000/comparisons.17
doi: 10.1000/Comparisons.17
files:
- lovelace-comparisons.pdf
issue: '2'
journal: Journal of Comparisons
notes: notes.md
pages: 4299--4307
papis_id: 8bf8e0c3f2f4c4d2
publisher: Comparers
ref: LovelaceComparisons2017
tags: preferences rlhf
time-added: 2024-03-01-10:11:12
title: {COMPARISONS}
type: article
url: https://example.org/comparisons
volume: '30'
year: 2017
"""
    (folder / "info.yaml").write_text(info + "".join(f"{name}: {value}\n" for name, value in more.items()), "utf-8")
    return folder


READWISE_COLUMNS = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,"
    "Document tags\r\n"
)
READWISE = READWISE_COLUMNS + (
    f'"The reward model is trained on comparisons",{COMPARISONS},"Ada Lovelace, Alan Turing",,"is that enough?",yellow,'
    '"noise, reward",page,1,2024-03-01 10:11:12+00:00,"rlhf"\r\n'
    f'"People ""make""\r\ncomparisons",{COMPARISONS},"Ada Lovelace, Alan Turing",,,,,location,345,,\r\n'
    '"A post is marked","A post that nobody has here","Ann Ash",B00X,,,,order,3,2024-03-01 10:11:12+00:00,\r\n'
)
