"""A reading summary as a PDF, set by the same library that reads PDFs, so that it needs no other program."""

import tempfile
from pathlib import Path

from kb.export.html import html_content, html_of
from kb.models.summary import Summary
from kb.reading.compose import compose_page

STYLE = """
body { font-family: serif; font-size: 10.2pt; line-height: 1.38; color: #1d1f23; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 5pt 0; }
h2 { font-size: 13.5pt; line-height: 1.25; margin: 17pt 0 5pt 0; }
h3 { font-size: 11pt; margin: 11pt 0 3pt 0; color: #6b4e12; }
h4, h5, h6 { font-size: 10.2pt; margin: 9pt 0 2pt 0; }
p { margin: 0 0 5pt 0; }
ul, ol { margin: 0 0 5pt 0; }
li { margin: 0 0 3pt 0; }
a { color: #23527c; text-decoration: none; }
blockquote { margin: 3pt 12pt 7pt 8pt; padding: 0 0 0 8pt; border-left: 1.5pt solid #c8a24a; color: #33353a; }
blockquote p { margin: 0 0 2pt 0; }
.where { font-size: 8.6pt; color: #6a6c72; }
.picture { text-align: center; margin: 6pt 0 2pt 0; }
.caption { font-size: 8.8pt; color: #4a4c52; margin: 0 24pt 9pt 24pt; }
code, pre { font-family: monospace; }
code { font-size: 9pt; }
pre { white-space: pre-wrap; font-size: 7.6pt; line-height: 1.3; margin: 4pt 0 8pt 0; }
pre { padding: 6pt; background-color: #f4f1ea; }
td, th { padding: 2pt 5pt 2pt 5pt; font-size: 9pt; border: 0.5pt solid #c9c5bb; }
"""
_MOST = (340.0, 250.0)
"""Points that a picture may be wide and high."""


def render_pdf(summary: Summary, own_templates: Path | None = None) -> bytes:
    """The summary as a PDF with an outline and page numbers."""
    return pdf_of(summary.title, html_content(summary, own_templates, _MOST))


def pdf_of_markdown(title: str, markdown: str) -> bytes:
    """A Markdown document as a PDF."""
    return pdf_of(title, html_of(markdown))


def pdf_of(title: str, content: str, *, wide: bool = False) -> bytes:
    """HTML that is already escaped as a PDF, on pages laid across if it is wide; raises ItemFailedError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "summary.pdf"
        compose_page(f"<body>{content}</body>", path, title=title, style=STYLE, wide=wide)
        return path.read_bytes()
