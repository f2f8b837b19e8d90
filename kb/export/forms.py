"""How what leaves the library may be written; light enough to be read by every start of the command line."""

from enum import StrEnum


class Format(StrEnum):
    """How a summary is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    LATEX = "latex"
    TEXT = "text"
    JSON = "json"


class PageFormat(StrEnum):
    """How a report is written."""

    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    LATEX = "latex"
    TEXT = "text"


class TableFormat(StrEnum):
    """How a table is written."""

    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"
    LATEX = "latex"
    PDF = "pdf"
    JSON = "json"
