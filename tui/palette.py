"""What the command palette finds: every action that works here, papers, and lists."""

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions import ACTIONS, Action, shown_keys
from tui.messages import OpenPaper
from tui.text.plain import plain

if TYPE_CHECKING:
    from tui.app import InsideView
    from tui.rows import Overview

MOST = 20
"""Papers that are shown at most."""


def view_of(provider: Provider) -> "InsideView":
    """The application, as its own class."""
    from tui.app import InsideView

    assert isinstance(provider.app, InsideView)
    return provider.app


class ActionCommands(Provider):
    """Actions of the registry that can be done where the reader is."""

    def _possible(self) -> list[Action]:
        here = {binding.binding.id for binding in self.screen.active_bindings.values()}
        return [action for action in ACTIONS if action.id in here and action.scope not in ("list", "text")]

    def _do(self, action: Action) -> None:
        for active in self.screen.active_bindings.values():
            if active.binding.id == action.id:
                self.app.call_later(self.app.run_action, active.binding.action, active.node)
                return

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action in self._possible():
            yield DiscoveryHit(Content(named(action)), partial(self._do, action), text=action.label, help=action.help)

    async def search(self, query: str) -> Hits:
        """Those whose name or help has what is typed."""
        matcher = self.matcher(query)
        for action in self._possible():
            score = matcher.match(f"{action.label} {action.help}")
            if score > 0:
                yield Hit(score, Content(named(action)), partial(self._do, action), text=action.label, help=action.help)


def named(action: Action) -> str:
    """The action's name with its keys."""
    return f"{action.label}  ({shown_keys(action.key)})"


class PaperCommands(Provider):
    """Papers by any words of their title, authors or year."""

    async def startup(self) -> None:
        """Read the library once for as long as the palette is open."""
        self._overview: Overview = await view_of(self).shelf.overview()

    async def search(self, query: str) -> Hits:
        """The first papers that have all words."""
        words = query.lower().split()
        found = [row for row in self._overview.papers if all(word in row.haystack for word in words)][:MOST]
        for row in found:
            if row.paper:
                title = f"{plain(row.title)}  {plain(row.authors)} {row.year or ''}"
                command = partial(self._open, row.paper)
                yield Hit(0.5, Content(title), command, text=title, help="Open in the reader")

    def _open(self, paper: str) -> None:
        self.app.post_message(OpenPaper(paper))
