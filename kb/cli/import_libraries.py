"""``kb import zotero``, ``papis`` and ``readwise``: what other programs keep; first shown, then taken in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import import_
from kb.cli.options import Json, workspace

if TYPE_CHECKING:
    from kb.importers.foreign_work import ForeignWork, Unreadable
    from kb.importers.run_import import ImportResult

Apply = Annotated[bool, typer.Option("--apply", help="Do it; without this, only show what would be done.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the group ``import``."""
    import_.group.command("zotero")(zotero)
    import_.group.command("papis")(papis)
    import_.group.command("readwise")(readwise)


def zotero(
    file: Annotated[Path, typer.Argument(help="What Zotero exported: BetterBibTeX JSON, or Zotero RDF.")],
    files: Annotated[
        list[Path] | None, typer.Option("--files", help="A folder in which PDFs may be read, such as Zotero/storage.")
    ] = None,
    apply: Apply = False,
    as_json: Json = False,
) -> int:
    """Take in a Zotero library: works, PDFs, highlights and notes; what is here is joined, never replaced."""
    from kb.importers.files import Folders
    from kb.importers.zotero_json import read_zotero_json
    from kb.importers.zotero_rdf import read_zotero_rdf

    text = import_.text_in(file)
    folders = Folders(file.expanduser().absolute().parent, [*(files or ()), Path("~/Zotero/storage").expanduser()])
    read = read_zotero_rdf if text.lstrip().startswith("<") else read_zotero_json
    return _take(lambda: read(text, folders), f"kb import zotero {file} --apply", apply, as_json)


def papis(
    folder: Annotated[Path, typer.Argument(help="A papis library: a folder of folders with an info.yaml.")],
    apply: Apply = False,
    as_json: Json = False,
) -> int:
    """Take in a papis library: works, PDFs and notes; what is here is joined, never replaced."""
    from kb.importers.papis import read_papis

    return _take(lambda: read_papis(folder.expanduser()), f"kb import papis {folder} --apply", apply, as_json)


def readwise(
    file: Annotated[Path, typer.Argument(help="The CSV file that Readwise exports.")],
    apply: Apply = False,
    as_json: Json = False,
) -> int:
    """Take in highlights from Readwise; a title that is not here becomes a paper without a file."""
    from kb.importers.readwise import read_readwise

    text = import_.text_in(file)
    return _take(lambda: read_readwise(text), f"kb import readwise {file} --apply", apply, as_json)


def _take(read: "Callable[[], Iterator[ForeignWork | Unreadable]]", again: str, apply: bool, as_json: bool) -> int:
    from kb.cli.add_fetch import index_meaning
    from kb.cli.console import put_json
    from kb.errors import ExitCode
    from kb.importers.run_import import take_over

    done = []
    with workspace() as opened:
        for one in take_over(opened, read(), apply=apply):
            done.append(one)
            if apply and not as_json:
                _tell(one)
        if apply and any(one.files or one.marks or one.notes for one in done):
            index_meaning(opened)
    if as_json:
        put_json({"applied": apply, "items": [one.model_dump(mode="json") for one in done]})
    else:
        _sum_up(done, again, apply)
    if not done:
        return ExitCode.NOTHING_FOUND
    stuck = any(one.outcome in ("conflict", "skipped", "failed") or one.problems for one in done)
    return ExitCode.SOME_FAILED if stuck else ExitCode.OK


def _tell(one: "ImportResult") -> None:
    """One item in a line, and a line for each thing that went wrong with it."""
    from kb.cli.console import put

    what = f"merged by {one.by} with {one.paper or 'an item above'}" if one.outcome == "merged" else one.outcome
    counts = ((one.files, "PDF"), (one.marks, "mark"), (one.notes, "note"))
    brought = ", ".join(f"{count} {noun}{'s' if count != 1 else ''}" for count, noun in counts if count)
    more = "; ".join(part for part in (brought, f"{one.here} here already" if one.here else "") if part)
    put(f"{what}: {one.title or one.name}" + (f" ({more})" if more else ""))
    if one.kept:
        put(f"    kept as it is here: {', '.join(one.kept)}")
    for problem in one.problems:
        put(f"    {problem}")
    for left in one.left_out:
        put(f"    left out: {left}")
    if one.apart:
        put(f"    {one.apart}")
    if one.lists:
        put(f"    in the list{'s' if len(one.lists) != 1 else ''} {', '.join(one.lists)}")


def _sum_up(done: "list[ImportResult]", again: str, apply: bool) -> None:
    from collections import Counter

    from kb.cli.console import say

    counts = Counter(one.outcome for one in done)
    say(", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "there is nothing in it")
    for one in () if apply else done:
        _tell(one)
    if not apply and done:
        say(f"nothing was changed. Next: {again}")
