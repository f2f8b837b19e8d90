"""A box that narrows a list while its reader types; what is wrong with what was typed stands below it."""

from typing import TYPE_CHECKING, Protocol

from rich.text import Text

from tui.data.paper_filter import FiltersOf, PaperFilter
from tui.render.colors import color
from tui.text.plain import plain

if TYPE_CHECKING:
    from textual.widgets import Input, Static

    from kb.search.library_filters import LibraryFilters
    from tui.data.library_client import LibraryClient
    from tui.host import Host


class Narrowed(Protocol):
    """A list that can be narrowed."""

    @property
    def asked(self) -> PaperFilter:
        """What it is narrowed by."""

    @property
    def filters(self) -> "LibraryFilters | None":
        """What its filters look at, once it was read."""

    @filters.setter
    def filters(self, filters: "LibraryFilters") -> None: ...

    def narrow(self, text: str, *, typing: bool = False) -> None:
        """Narrow it to what the text says; what is only begun is not wrong while the reader is ``typing``."""


class NarrowedScreen(Protocol):
    """What the box needs of the screen that it is a part of."""

    @property
    def library(self) -> "LibraryClient":
        """The way to the library."""

    @property
    def view(self) -> "Host":
        """The application."""

    @property
    def filter_box(self) -> "Input":
        """Where the filter is typed."""

    @property
    def filter_problem(self) -> "Static":
        """Where it stands what is wrong."""

    @property
    def narrowed(self) -> Narrowed:
        """The list."""


class FilterBox:
    """A part of a screen. What filters look at is read when the box is first opened, not before."""

    def __init__(self, screen: NarrowedScreen, read: FiltersOf) -> None:
        self._screen = screen
        self._filters_of = read
        self._is_asked = False
        """Whether what filters look at was asked for."""

    def open(self) -> None:
        """Show the box, ready to type in."""
        self._ask()
        self._screen.filter_box.display = True
        self._screen.filter_box.focus()

    def fill(self, text: str) -> None:
        """Show the box with a filter that was picked."""
        self._screen.filter_box.display = True
        self._screen.filter_box.value = text

    def hide(self) -> None:
        """Empty the box and put it away."""
        self._screen.filter_box.value = ""
        self._screen.filter_box.display = self._screen.filter_problem.display = False

    def narrow(self, *, typing: bool) -> None:
        """Show what the box lets through, and what is wrong with it."""
        self._screen.narrowed.narrow(self._screen.filter_box.value, typing=typing)
        self.show_problem()
        if self._screen.narrowed.asked.waits:
            self._ask()

    def show_problem(self) -> None:
        """Say beside the box what is wrong with it, for as long as it is."""
        problem, line = self._screen.narrowed.asked.problem, self._screen.filter_problem
        line.update(Text(plain(problem), color(line.app, "error")))
        line.display = bool(problem)

    async def ready(self) -> "LibraryFilters":
        """What filters look at, read where it was not yet."""
        if self._screen.narrowed.filters is None:
            await self._read()
        assert self._screen.narrowed.filters is not None
        return self._screen.narrowed.filters

    async def read_again(self) -> None:
        """Read it anew after the record has changed, where anybody looks at it."""
        if self._is_asked:
            self._screen.narrowed.filters = await self._screen.library.read(self._filters_of)

    def _ask(self) -> None:
        if not self._is_asked:
            self._is_asked = True
            self._screen.view.run_in_background(self._read, "filters", latest=True)

    async def _read(self) -> None:
        self._is_asked = True
        self._screen.narrowed.filters = await self._screen.library.read(self._filters_of)
        if self._screen.narrowed.asked.waits:
            self.narrow(typing=self._screen.filter_box.has_focus)
