"""``kb import marks`` and ``kb export marks``: what people mark in PDFs."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli import export, import_
from kb.cli.options import Json, workspace

PaperName = Annotated[str, typer.Argument(metavar="PAPER", help="A paper.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the groups ``import`` and ``export``."""
    import_.group.command("marks")(take)
    export.group.command("marks")(write)


def take(
    paper: PaperName,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this, only show what would be done.")] = False,
    as_json: Json = False,
) -> int:
    """Take the marks in a paper's PDF in as highlights, with their comments; what is here already is left alone."""
    from kb.cli.console import put_json, put_table, say
    from kb.errors import ExitCode
    from kb.notes.pdf_annotations import take_marks

    with workspace() as opened:
        found = list(take_marks(opened, opened.papers.find(paper).id, apply=apply))
    if as_json:
        put_json({"applied": apply, "marks": [mark.model_dump(mode="json") for mark in found]})
    else:
        rows = [(mark.outcome, mark.page, mark.quote, mark.comment) for mark in found]
        put_table(("what", "page", "quote", "comment"), rows, right=(1,))
        if any(mark.outcome == "new" for mark in found):
            say(f"nothing was changed. Next: kb import marks {paper} --apply")
    return ExitCode.OK if found else ExitCode.NOTHING_FOUND


def write(
    paper: PaperName,
    to: Annotated[Path, typer.Option("--to", "-o", help="The copy to write.")],
    as_json: Json = False,
) -> int:
    """Write the quotes of your notes as highlights into a copy of the paper's PDF."""
    from kb.cli.console import put_json, say
    from kb.notes.pdf_annotations import write_marks

    with workspace() as opened:
        written = write_marks(opened, opened.papers.find(paper).id, to)
    if as_json:
        put_json({"file": str(to), **written.model_dump(mode="json")})
    else:
        missing = f"; {len(written.missing)} quotes are not on its pages" if written.missing else ""
        say(f"{written.written} marks are in {to}{missing}")
    return 0
