"""Who says so: every stored fact carries one of these, and filters and exports honour it."""

from enum import StrEnum


class Provenance(StrEnum):
    """The reader, a parser, a reproduction run, or an import from elsewhere."""

    ME = "me"
    PARSER = "parser"
    RUN = "run"
    IMPORT = "import"
