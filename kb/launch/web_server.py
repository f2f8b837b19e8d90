"""The screen in a browser on this machine: every page that is opened gets a screen of its own.

What arrives is looked at before it is let through: a page of another site could otherwise open the same address from
the reader's own browser, and type.
"""

import os
import shlex
import socket
import sys
from typing import Any
from urllib.parse import urlsplit

from kb.config import Home, open_home
from kb.errors import KbError, UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(home: Home, host: str, port: int) -> None:
    """Serve until it is interrupted; raises UsageError for an address that others could reach."""
    if host not in LOOPBACK:
        raise UsageError(
            f"{host} can be reached from outside", "whoever reaches the screen can read and write your library",
            "kb serve --host 127.0.0.1, and ssh -L 8000:127.0.0.1:8000 from another machine",
        )  # fmt: skip
    server = _server(home, host, port or free_port(host))
    try:
        server.serve()
    except OSError as error:
        raise UsageError(f"port {server.port} cannot be used: {error.strerror}", next="kb serve --port 0") from error


def free_port(host: str) -> int:
    """A port that nobody uses now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def allowed(host: str, origin: str | None, port: int) -> bool:
    """Whether a request was meant for this address, and comes from its own page where it says whence it comes."""
    asked = urlsplit(f"//{host}")
    own = asked.hostname in LOOPBACK and _port(asked) == port
    if origin is None:
        return own
    page = urlsplit(origin)
    return own and page.scheme == "http" and page.hostname in LOOPBACK and _port(page) == port


def _port(address: Any) -> int | None:
    try:
        return address.port or 80
    except ValueError:
        return None


def _server(home: Home, host: str, port: int) -> Any:
    try:
        from aiohttp import web
        from textual_serve.server import Server
    except ImportError as error:
        raise KbError(
            "the screen cannot be served", f"{error.name} is not installed", "pip install 'insideview[serve]'"
        ) from error

    @web.middleware
    async def guard(request: web.Request, handler: Any) -> web.StreamResponse:
        if not allowed(request.headers.get("Host", ""), request.headers.get("Origin"), port):
            raise web.HTTPForbidden(text="This screen is for its own page on this machine only.")
        answer: web.StreamResponse = await handler(request)
        return answer

    class Guarded(Server):
        """The server with its door watched."""

        async def _make_app(self) -> web.Application:
            app = await super()._make_app()
            app.middlewares.append(guard)
            return app

        async def on_startup(self, app: web.Application) -> None:
            """Say where it is."""
            sys.stderr.write(f"The screen is at {self.public_url} on this machine; ^c ends it\n")
            sys.stderr.flush()

        def initialize_logging(self) -> None:
            """Requests are nobody's business."""

    os.environ["KB_HOME"] = str(home.root)
    named = f"[{host}]" if ":" in host else host
    return Guarded(
        shlex.join([sys.executable, "-m", "kb.launch.web_server"]), host=host, port=port, title="Inside View",
        public_url=f"http://{named}:{port}",
    )  # fmt: skip


def main() -> None:
    """The screen itself, for one page of the browser; the server speaks to it over its standard streams."""
    from kb.launch.tui_launcher import open_screen

    open_screen(open_home(), None)


if __name__ == "__main__":
    main()
