"""What ``kb show`` says of one paper, as data and on paper."""

from typing import Any

from kb.cli.console import put, say, wrapped
from kb.ingest.fetch import journal_of
from kb.insight.citation_links import cited_by, cites
from kb.insight.citations import cited_in_library
from kb.insight.contents import contents
from kb.insight.parse_quality import problems, summary
from kb.models.paper import Paper, Version
from kb.models.text import ParseReport
from kb.sources.addresses import direct_address
from kb.workspace import Workspace

_FEW = 12


def as_json(workspace: Workspace, paper: Paper, *, with_text: bool = False) -> dict[str, Any]:
    """Everything known of the paper and of its current version's text."""
    versions = workspace.papers.versions(paper.id)
    current = workspace.papers.current(paper.id)
    text = _text_of(workspace, paper, current)
    cited = [reference["in_library"] for reference in text["references"]]
    value = {
        "paper": paper.id,
        **paper.model_dump(mode="json", exclude={"id"}),
        "versions": [version.model_dump(mode="json", exclude={"paper"}) for version in versions],
        "lists": [
            {"list": list_id, "entry": entry.id, "week": entry.week}
            for list_id, entry in workspace.reading_lists.lists_of(paper.id)
        ],
        "notes": [
            {"note": note.id, "kind": note.kind.value, "headline": note.headline}
            for note in workspace.notes.all(paper=paper.id)
        ],
        **text,
        "cites": [link.model_dump() for link in cites(workspace, paper, cited)],
        "cited_by": [link.model_dump() for link in cited_by(workspace, paper)],
    }
    if with_text:
        value["text"] = [
            block.model_dump(mode="json", include={"index", "kind", "text", "page", "level"})
            for block in (workspace.texts.blocks(current.sha256) if current else ())
        ]
    return value


def _why_no_text(workspace: Workspace, paper: Paper) -> str:
    """What the journal of fetching says of a paper without a file."""
    items = journal_of(workspace).items()
    for name in filter(None, (paper.arxiv_id, paper.url, direct_address(paper.url or ""))):
        line = items.get(name)
        if line:
            return line.failure.message if line.failure else line.message or line.state
    return "it was not fetched yet"


def _text_of(workspace: Workspace, paper: Paper, current: Version | None) -> dict[str, Any]:
    """Sections, references, passages and how the parse went; empty for a paper without a file."""
    if current is None:
        return {
            "sections": [],
            "references": [],
            "passages": 0,
            "parse": None,
            "no_text": _why_no_text(workspace, paper),
        }
    sections = workspace.texts.sections(current.sha256)
    references = workspace.texts.references(current.sha256)
    known = cited_in_library(references, workspace.papers.all())
    report = workspace.texts.report(current.sha256)
    return {
        "sections": [{"level": section.level, "title": section.title, "page": section.page} for section in sections],
        "contents": [
            {"level": line.level, "title": line.title, "page": line.page, "run_in": line.run_in}
            for line in contents(sections, workspace.texts.blocks(current.sha256))
        ],
        "references": [
            {**reference.model_dump(exclude={"index"}), "in_library": cited}
            for reference, cited in zip(references, known, strict=True)
        ],
        "passages": len(workspace.texts.passages(current.sha256)),
        "parse": report.model_dump(mode="json") | _verdict(report, paper) if report else None,
    }


def _verdict(report: ParseReport, paper: Paper) -> dict[str, Any]:
    """How the parse went in a line, and what is wrong with it."""
    found = [{"what": problem.what, "next": problem.next} for problem in problems(report, paper.key)]
    return {"summary": summary(report), "problems": found}


def print_overview(value: dict[str, Any]) -> None:
    """The paper on one page."""
    put(value["title"])
    put(wrapped(", ".join(value["authors"]) or "authors unknown", indent="  "))
    ids = [f"arXiv:{value['arxiv_id']}" if value["arxiv_id"] else "", value["doi"] or "", value["url"] or ""]
    facts = [str(value["year"] or ""), value["venue"], *ids, value["state"]]
    put("  " + " · ".join(fact for fact in facts if fact))
    put(f"  id {value['paper']} · key {value['key']}")
    if value["abstract"]:
        put()
        put(wrapped(value["abstract"], indent="  "))
    put()
    _print_parse(value)
    if value["sections"]:
        put()
        print_sections(value, limit=_FEW)
    if value["cites"] or value["cited_by"]:
        put()
        print_citations(value)
    for note in value["notes"]:
        put(f"  {note['kind']:<10} {note['note']}  {note['headline'][:80]}")


def _print_parse(value: dict[str, Any]) -> None:
    parse = value["parse"]
    if parse is None:
        put(wrapped(f"no text of it is here: {value['no_text']}", indent="  "))
        if value["url"]:
            put(f"  it can be opened at {value['url']}")
        return
    known = sum(1 for reference in value["references"] if reference["in_library"])
    put(
        f"  {parse['pages']} pages · {len(value['sections'])} sections · {value['passages']} passages · "
        f"{len(value['references'])} references ({known} in the library)"
    )
    put(f"  {parse['summary']}")
    for problem in parse["problems"]:
        put(wrapped(f"! {problem['what']}. Next: {problem['next']}", indent="  "))
    for warning in parse["warnings"] if not parse["problems"] else ():
        put(wrapped(f"note: {warning}", indent="  "))


def print_citations(value: dict[str, Any]) -> None:
    """What in the library the paper cites, and what cites it; which of those were read."""
    for name, links in (("cites", value["cites"]), ("cited by", value["cited_by"])):
        read = sum(link["read"] for link in links)
        if links:
            put(f"  {name} {len(links)} of the library's papers{f', {read} of them read' if read else ''}")
        for link in links[:_FEW]:
            put(f"    {link['key']:<28} {link['title'][:70]}{' (read)' if link['read'] else ''}")
        if len(links) > _FEW:
            put(f"    and {len(links) - _FEW} more: kb show {value['key']} --json")


def print_sections(value: dict[str, Any], limit: int | None = None) -> None:
    """The section tree with pages, heads of paragraphs below; with a limit, only the first of its highest level."""
    lines = value.get("contents", ())
    shown = [line for line in lines if limit is None or (line["level"] <= 1 and not line["run_in"])][:limit]
    for line in shown or lines[:limit]:
        mark = "– " if line["run_in"] else ""
        put(f"  {'  ' * (line['level'] - 1)}{mark}{line['title']}  ·  p. {line['page']}")
    if not lines:
        say("no sections were found. Next: kb show PAPER --text")


def print_references(value: dict[str, Any]) -> None:
    """The bibliography; a star stands before what is in the library."""
    for number, reference in enumerate(value["references"], 1):
        put(wrapped(f"{'*' if reference['in_library'] else ' '} {number}. {reference['text']}", indent="  "))
    if not value["references"]:
        say("no references were found. Next: kb show PAPER --text")


def print_text(value: dict[str, Any]) -> None:
    """The whole text, headings marked as in Markdown."""
    for block in value["text"]:
        if block["kind"] == "heading":
            put(f"\n{'#' * max(1, block['level'])} {block['text']}\n")
        elif block["kind"] == "title":
            put(f"# {block['text']}\n")
        else:
            put(f"{wrapped(block['text'])}\n")
    if not value["text"]:
        say("no text of it is here. Next: kb fetch or kb add its PDF")
