"""``kb demo``: the main job on the sample that comes with the program, in a throw-away home."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command()(demo)


def demo(
    keep: Annotated[Path | None, typer.Option(help="Keep the demo's home in this new folder.")] = None,
    screen: Annotated[bool, typer.Option(help="Open the screen at the end, on a terminal.")] = True,
) -> int:
    """Do the whole loop on five primers, step by step; nothing is fetched, and your own library is left alone."""
    import tempfile

    if keep is not None:
        from kb.errors import UsageError

        if keep.exists() and any(keep.iterdir()):
            raise UsageError(f"{keep} is not empty", next="kb demo --keep NEW_FOLDER")
        return _run(keep, screen)
    with tempfile.TemporaryDirectory(prefix="kb-demo-") as folder:
        return _run(Path(folder) / "home", screen)


def _run(root: Path, screen: bool) -> int:
    import time

    from kb.cli.console import has_screen, put
    from kb.config import Home
    from kb.onboarding import demo as sample

    start = time.perf_counter()
    home = Home(root.absolute())
    put(f"Inside View, on its own primers. Everything happens in {home.root}.\n")
    for number, step in enumerate(sample.run(home), 1):
        put(f"{number}. {step.title}  ({step.seconds:.1f} s)")
        for line in step.lines:
            put(f"   {line}".rstrip())
        put()
    put(f"Done in {time.perf_counter() - start:.1f} s. Next: kb fetch spine-10h --week 1, then kb")
    if screen and has_screen():
        _open_screen(home)
    return 0


def _open_screen(home: "object") -> None:
    from kb.cli.console import put
    from kb.launch.tui_launcher import open_screen

    put("\nOpening the screen on the demo's home; q quits.")
    open_screen(home, None)  # type: ignore[arg-type]
