"""What a parser makes of a version: blocks in reading order, a section tree over them, and passages for retrieval."""

from enum import StrEnum

from kb.models.base import Value


class Box(Value):
    """A rectangle on a page: points from the top left of the page as displayed; pages count from 1."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class BlockKind(StrEnum):
    """The part that a block plays on its page."""

    TITLE = "title"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    HEADING = "heading"
    TEXT = "text"
    LIST_ITEM = "list-item"
    CAPTION = "caption"
    TABLE = "table"
    FORMULA = "formula"
    PICTURE = "picture"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    CODE = "code"


class Block(Value):
    """A paragraph, heading, caption, or the like, in reading order; running heads and page numbers are left out."""

    index: int
    kind: BlockKind
    text: str
    """For reading: hyphenation and ligatures mended, lines joined."""
    raw: str = ""
    """As extracted; empty where it equals ``text``."""
    page: int
    boxes: tuple[Box, ...] = ()
    section: int | None = None
    """Index of the section that it stands in."""
    level: int = 0
    """Depth of a heading, from 1; 0 for everything else."""
    head: str = ""
    """Bold words that open a paragraph as its own heading, below the section's; they stand in ``text`` too."""
    about: int | None = None
    """For a caption: index of the figure or table that it belongs to."""


class Section(Value):
    """A heading and all blocks up to the next heading of the same or a higher level."""

    index: int
    level: int
    title: str
    page: int
    first_block: int
    parent: int | None = None


class Passage(Value):
    """The retrieval unit: consecutive text of one section that fits the embedding model's window."""

    id: str
    """``{first 16 hex digits of the version's sha256}:{index}``."""
    index: int
    text: str
    section: int | None
    section_title: str = ""
    page: int
    boxes: tuple[Box, ...] = ()
    first_block: int
    last_block: int
    tokens: int
    searchable: bool = True
    """False for reference lists and tables of numbers, which would outrank the text that readers look for."""


class Reference(Value):
    """One entry of a bibliography, cut out of the text; fields are what could be recognised."""

    index: int
    text: str
    title: str = ""
    year: int | None = None
    arxiv_id: str | None = None
    doi: str | None = None


class ParsedMetadata(Value):
    """What the file says of itself on its first page and in its header; arXiv's own metadata wins over it."""

    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    year: int | None = None
    arxiv_id: str | None = None
    arxiv_version: str = ""
    doi: str | None = None


class ParseReport(Value):
    """How the parse went: which stage by which parser, how many pages, and what a reader should know."""

    stage: int
    """1: plain text blocks; 2: typed layout."""
    parser: str
    """Name and versions, such as ``pymupdf 2.0 layout/1``: a different string means that the text is stale."""
    pages: int
    main_words: int | None = None
    """Words of the main text, up to the references; None where they were not counted."""
    warnings: tuple[str, ...] = ()
    coverage: float | None = None
    """Share of the file's raw words that stand in some block; None where not measured."""
    left_out: tuple[str, ...] = ()
    """What was seen and not read, a phrase for each kind, such as ``40 words of menus``."""
    outline: str = "none"
    """Where the headings came from: ``embedded``, ``layout``, ``typography`` or ``none``."""
    outline_found: float | None = None
    """Share of the embedded outline whose headings stand in the text; None where there is no outline."""
    empty_pages: int = 0
    """Pages without text."""
    garbled_pages: int = 0
    """Pages of which many characters cannot be read."""
    recognised_pages: int = 0
    """Pages whose text was recognised from a picture."""


class ParsedDocument(Value):
    """Everything derived from one version; it can be deleted and made again."""

    sha256: str
    report: ParseReport
    metadata: ParsedMetadata = ParsedMetadata()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    references: tuple[Reference, ...] = ()
