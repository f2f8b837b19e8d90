"""Feeds as arXiv's API writes them in 2026: the same elements in the same order as the recorded ones."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
"""


@dataclass
class Listed:
    """One paper that the stand-in knows, at its newest version."""

    arxiv_id: str
    version: int = 1
    title: str = "A paper"
    authors: list[str] = field(default_factory=lambda: ["Ada Example"])
    abstract: str = "An abstract."
    published: str = "2021-03-04T05:06:07Z"
    updated: str = "2021-03-04T05:06:07Z"
    comment: str = ""
    doi: str = ""
    journal: str = ""
    pdf_link: bool = True
    """False for an entry that comes without a link to its PDF."""


def feed(query: str, entries: list[tuple[Listed, int]], *, start: int, page: int, total: int) -> bytes:
    """One page of answers."""
    body = "".join(_entry(paper, version) for paper, version in entries)
    return f"""{HEAD}  <id>https://arxiv.org/api/standin</id>
  <title>arXiv Query: {escape(query)}</title>
  <updated>2026-04-12T22:09:26Z</updated>
  <link href={quoteattr("https://arxiv.org/api/query?" + query)} type="application/atom+xml"/>
  <opensearch:itemsPerPage>{page}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{body}</feed>
""".encode()


def refusal(bad_id: str) -> bytes:
    """The body of an HTTP 400 for an id of the wrong form."""
    where = f"https://arxiv.org/api/errors#incorrect_id_format_for_{escape(bad_id)}"
    return f"""{HEAD}  <id>https://arxiv.org/</id>
  <title>arXiv Search Results</title>
  <updated>2026-04-12T22:59:06Z</updated>
  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>
  <opensearch:totalResults>1</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  <entry>
    <id>{where}</id>
    <title>Error</title>
    <updated>2026-04-12T22:59:06Z</updated>
    <link href={quoteattr(where)} rel="alternate" type="text/html"/>
    <summary>incorrect id format for {escape(bad_id)}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
</feed>
""".encode()


def _entry(paper: Listed, version: int) -> str:
    """One entry."""
    at = f"{paper.arxiv_id}v{version}"
    pdf = f'    <link href="https://arxiv.org/pdf/{at}" rel="related" type="application/pdf" title="pdf"/>\n'
    authors = "".join(f"    <author>\n      <name>{escape(name)}</name>\n    </author>\n" for name in paper.authors)
    comment = f"    <arxiv:comment>{escape(paper.comment)}</arxiv:comment>\n" if paper.comment else ""
    journal = f"    <arxiv:journal_ref>{escape(paper.journal)}</arxiv:journal_ref>\n" if paper.journal else ""
    doi = f"    <arxiv:doi>{escape(paper.doi)}</arxiv:doi>\n" if paper.doi else ""
    return f"""  <entry>
    <id>http://arxiv.org/abs/{at}</id>
    <title>{escape(paper.title)}</title>
    <updated>{paper.updated}</updated>
    <link href="https://arxiv.org/abs/{at}" rel="alternate" type="text/html"/>
{pdf if paper.pdf_link else ""}    <summary>{escape(paper.abstract)}</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <published>{paper.published}</published>
{comment}    <arxiv:primary_category term="cs.LG"/>
{journal}{authors}{doi}  </entry>
"""
