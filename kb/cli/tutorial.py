"""``kb tutorial`` and ``kb serve``: the screen with someone who shows the way, and the screen in a browser."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(tutorial)
    app.command()(serve)


def tutorial(
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what you did in it, and begin again.")] = False,
) -> int:
    """Ten minutes of reading on primers, in a library of its own; leave at any time and come back."""
    from kb.cli.console import has_screen, say
    from kb.config import open_home
    from kb.errors import UsageError
    from kb.launch.tui_launcher import open_screen
    from kb.onboarding.tutorial_home import forget, prepare, tutorial_home

    if not has_screen():
        raise UsageError("the tutorial needs a terminal", next="kb demo")
    home = tutorial_home(open_home())
    if fresh:
        forget(home)
    for event in prepare(home):
        if event.what == "done":
            say(f"ready: {event.title}")
    open_screen(home, None, tutorial=True)
    say("The tutorial keeps what you did: kb tutorial goes on, kb tutorial --fresh begins again. Yours: kb lists")
    return 0


def serve(
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Only this machine's own addresses are allowed.")] = "127.0.0.1",
) -> int:
    """Show the screen in a browser on this machine; nobody else can reach it."""
    from kb.config import open_home
    from kb.launch.web_server import serve as run

    run(open_home(), host, port)
    return 0
