"""What the command palette finds: every action that works here, papers, lists, agendas and notes."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions import ACTIONS, Action, shown_keys
from tui.data import library_overview
from tui.data.paper_filter import has_all
from tui.messages import OpenPaper
from tui.render.note_kinds import SIGN_OF
from tui.text.plain import plain

if TYPE_CHECKING:
    from kb.insight.insight import Insight
    from kb.library.note_list import NoteRow
    from tui.host import Host

LABEL, HELP, NAME, LETTERS = 1.0, 0.7, 0.5, 0.1
"""How well a thing fits: all words in its label, in what is said of it, or in its name; or their letters alone."""
MOST = 20
"""Things of one kind that are shown at most."""


def view_of(provider: Provider) -> "Host":
    """The application, as far as a command needs to know it."""
    return cast("Host", provider.app)


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
        """Those whose name or help has what is typed; last, those that have only its letters in their name."""
        matcher, words = self.matcher(query), query.lower().split()
        for action in self._possible():
            score = score_of(action, words) or (LETTERS if matcher.match(action.label) else 0)
            if score > 0:
                yield Hit(score, Content(named(action)), partial(self._do, action), text=action.label, help=action.help)


def score_of(action: Action, words: list[str]) -> float:
    """How well an action fits the words, by where they stand."""
    if has_all(action.label.lower(), words):
        return LABEL
    return HELP if has_all(f"{action.label} {action.help}".lower(), words) else 0


def named(action: Action) -> str:
    """The action's name with its keys."""
    return f"{action.label}  ({shown_keys(action.key)})"


class Named(Provider):
    """Things of the library by any words of their names; they are read once for as long as the palette is open."""

    HELP: ClassVar[str]

    async def startup(self) -> None:
        """Read them away from the screen."""
        self._things = await self.read()

    async def read(self) -> "list[Thing]":
        """What can be gone to."""
        raise NotImplementedError

    async def go(self, key: str) -> None:
        """Show it."""
        raise NotImplementedError

    async def search(self, query: str) -> Hits:
        """The first that have all words."""
        words = query.lower().split()
        found = [thing for thing in self._things if has_all(thing.search_text, words)][:MOST]
        for thing in found:
            title = plain(thing.title)
            yield Hit(NAME, Content(title), partial(self.go, thing.key), text=title, help=self.HELP)


class Thing(NamedTuple):
    """Something by its name: what it is gone to by, what is shown, and what is searched in lower case."""

    key: str
    title: str
    search_text: str


class PaperCommands(Named):
    """Papers by any words of their title, authors, year or state."""

    HELP = "Paper: open in the reader"

    async def read(self) -> list[Thing]:
        """Those that are in the library."""
        overview = await view_of(self).library.read(library_overview.overview)
        return [
            Thing(row.paper, f"{row.title}  {row.authors} {row.year or ''}", row.search_text)
            for row in overview.papers
            if row.paper
        ]

    async def go(self, key: str) -> None:
        """Open it."""
        self.app.post_message(OpenPaper(key))


class ListCommands(Named):
    """Reading lists, and their weeks."""

    HELP = "List: show its papers"

    async def read(self) -> list[Thing]:
        """Every line of the list tree, weeks with the name of their list."""
        overview, named = await view_of(self).library.read(library_overview.overview), ""
        things = []
        for at, row in enumerate(overview.lists):
            named = row.title if row.depth == 0 else named
            title = row.title if row.depth == 0 else f"{named}: {row.title}"
            things.append(Thing(str(at), title, title.lower()))
        return things

    async def go(self, key: str) -> None:
        """Show it in the library."""
        from tui.screens.library import LibraryScreen

        await view_of(self).switch_mode("library")
        place = view_of(self).place
        if isinstance(place, LibraryScreen):
            place.lists.cursor = int(key)


class AgendaCommands(Named):
    """Agendas by their titles."""

    HELP = "Agenda: show its map"

    async def read(self) -> list[Thing]:
        """Those that come with the program, and the reader's own."""
        agendas = await view_of(self).library.insight(lambda maps: tuple(maps.agenda_index.agendas.values()))
        return [Thing(one.id, one.title, f"{one.title} {one.id}".lower()) for one in agendas]

    async def go(self, key: str) -> None:
        """Show its map."""
        from tui.screens.agendas.screen import AgendasScreen

        await view_of(self).switch_mode("agendas")
        place = view_of(self).place
        if isinstance(place, AgendasScreen):
            place.agendas.stand_on(key)


class NoteCommands(Named):
    """Notes by what they say."""

    HELP = "Note: go to where its words stand"

    async def read(self) -> list[Thing]:
        """All that are not in the trash, as light rows."""
        rows = await view_of(self).library.insight(note_rows)
        return [
            Thing(row.id, f"{SIGN_OF[row.kind.value]} {row.headline}", f"{row.headline} {row.kind.value}".lower())
            for row in rows
        ]

    async def go(self, key: str) -> None:
        """Open its paper there, or its form where it has none."""
        from tui.commands.credences import open_note

        view = view_of(self)
        view.run_in_background(
            partial(open_note, view, key, view.place.MODE if view.place else "library"), "open", latest=True
        )


def note_rows(maps: "Insight") -> "tuple[NoteRow, ...]":
    """Every note in one line."""
    from kb.library.note_list import NoteListing, matching

    return NoteListing(maps.record).rows(matching())
