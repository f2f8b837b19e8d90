"""Asking: words at once, meaning as soon as the engine answers; stale answers are dropped, and nothing jumps about."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import getters, on
from textual.timer import Timer
from textual.widgets import Input

from tui.data import search_queries
from tui.data.search_queries import LIMIT, Like, SearchMode
from tui.messages import Answered
from tui.screens.base import ModeScreen
from tui.widgets.chips import Chips, without
from tui.widgets.detail import Detail
from tui.widgets.result_list import ResultList

if TYPE_CHECKING:
    from kb.models.search import Hit, ReadFilter, SearchResult

COMING = " by words, meaning is on its way"
PAUSE = 0.2
"""Seconds without a key before meaning is asked for."""


@dataclass(frozen=True)
class SearchSnapshot:
    """A search as it was left for another: what was asked, what was found, and where the reader stood."""

    query: str
    like: Like | None
    hits: "tuple[Hit, ...]"
    filters: "tuple[ReadFilter, ...]"
    cursor: int
    back: str
    """The place to go back to; the search itself where it is empty."""


class SearchAsking(ModeScreen):
    """The part of the search that asks, and shows what comes back."""

    query_box = getters.query_one("#query", Input)
    results = getters.query_one(ResultList)
    preview = getters.query_one(Detail)
    chips = getters.query_one(Chips)

    def __init__(self) -> None:
        super().__init__()
        self.manner = SearchMode()
        self.like: Like | None = None
        self.trail: list[SearchSnapshot] = []
        """Searches that escape goes back to, the last one first."""
        self.kept_name = ""
        """The kept search that is shown, until its hits are counted."""
        self._pause: Timer | None = None
        self._asked: int | None = None

    @property
    def text(self) -> str:
        """What is asked in words."""
        return self.query_box.value.strip()

    @on(Input.Changed, "#query")
    def ask(self) -> None:
        """Words now, meaning after a pause."""
        self.stop_asking()
        text = self.text
        if text:
            self.like = None
            self.trail.clear()
        if self.like is not None:
            self.ask_engine()
        elif not text:
            self.show_nothing_asked()
        else:
            if self.manner.how != "meaning":
                self.view.run_in_background(partial(self._ask_words, text, self.manner), "words", latest=True)
            if self.manner.how != "words":
                self._pause = self.set_timer(PAUSE, self.ask_engine)

    def stop_asking(self) -> None:
        """Whatever is on its way is not waited for any more."""
        if self._pause is not None:
            self._pause.stop()
        self._asked = None

    def set_query(self, text: str) -> None:
        """Ask something else, as if it had been typed."""
        self.query_box.value = text
        self.query_box.cursor_position = len(text)

    async def _ask_words(self, text: str, manner: SearchMode) -> None:
        def is_wanted() -> bool:
            return (text, manner) == (self.text, self.manner)

        result = await self.library.write(search_queries.by_words, text, manner, is_wanted)
        if result is not None and is_wanted():
            is_last = manner.how == "words" or self.view.engine is None
            self.show_result(result, keep=False, is_last=is_last)

    def ask_engine(self) -> None:
        """Ask for meaning; its answer comes later."""
        self.stop_asking()
        engine, how = self.view.engine, {"where": self.manner.where, "limit": LIMIT, "grouped": self.manner.grouped}
        if self.like is not None:
            if engine is None:
                self.say("More like this needs the engine, which is not running", "warning")
            else:
                self._asked = engine.submit("like", like=self.like.asked, **how)
        elif engine is not None and self.text:
            self._asked = engine.submit("search", query=self.text, mode=self.manner.how, typing=True, **how)

    def answered(self, answer: Answered) -> None:
        """Better hits arrived; those of an older question are dropped."""
        reply = answer.reply
        if reply.kind not in ("search", "like") or reply.id != self._asked:
            return
        if reply.error:
            self.notices.place = self.notices.place.replace(COMING, "")
            self.say(f"Meaning did not answer: {reply.error}", "warning")
        elif reply.final:
            from kb.models.search import SearchResult

            self.show_result(SearchResult.model_validate(reply.payload), keep=True, is_last=True)

    def more_like(self, like: Like, back: str = "") -> None:
        """Show what is like something; escape goes back to the search as it is now, or to the place it came from."""
        self.trail.append(
            SearchSnapshot(self.text, self.like, self.results.hits, self.chips.filters, self.results.cursor, back)
        )
        self.stop_asking()
        self.like = like
        with self.prevent(Input.Changed):
            self.query_box.value = ""
        self.chips.filters, self.chips.like = (), like.label
        self.show_hits((), keep=False)
        self.preview.write(f"# Looking for more like this\n\n{like.label}")
        self.ask_engine()

    def return_to(self, left: SearchSnapshot) -> None:
        """Everything as it was."""
        self.stop_asking()
        self.like = left.like
        with self.prevent(Input.Changed):
            self.set_query(left.query)
        self.chips.filters, self.chips.like = left.filters, left.like.label if left.like else ""
        if left.hits:
            self.show_hits(left.hits, keep=False)
            self.results.cursor = left.cursor
        else:
            self.ask()

    def show_result(self, result: "SearchResult", *, keep: bool, is_last: bool) -> None:
        """Show an answer; the ``last`` one to a kept search says what is new."""
        with self.app.batch_update():
            self.chips.filters = result.filters
            self.chips.like = self.like.label if self.like else ""
            self.show_hits(result.hits, keep=keep, more="" if is_last else COMING)
        notice = result.notice
        for each in result.filters:
            notice = notice.replace(f"{each.problem}.", "").strip() if each.problem else notice
        if notice and is_last:
            self.say(notice, "warning")
        if not result.hits:
            self.preview.write(f"Nothing has “{self.text or result.query[:200]}”.\n\n{self._advice(result)}")
        if is_last and self.kept_name:
            self.view.run_in_background(partial(self._count_new, self.kept_name, result.hits), "kept", latest=True)
            self.kept_name = ""

    def _advice(self, result: "SearchResult") -> str:
        if result.filters:
            return "Fewer words, or fewer filters, find more; f8 drops the last filter."
        return "Fewer words find more; F2 and F3 look elsewhere."

    async def _count_new(self, name: str, hits: "tuple[Hit, ...]") -> None:
        new = await self.library.write(search_queries.looked_at, name, hits)
        self.results.mark_new(new)
        self.say(f"{name}: {len(new) or 'nothing'} new since you last looked")

    def show_hits(self, hits: "tuple[Hit, ...]", *, keep: bool, more: str = "") -> None:
        """Fill the list, and say how many there are and whether ``more`` may come."""
        self.set_class(not hits, "-nothing")
        self.results.fill(hits, keep=keep, flat=not self.manner.grouped)
        count = f"{len(hits)} hit{'s' * (len(hits) != 1)}" if hits or self.text else ""
        self.notices.place = f"{count}{more}"

    def show_nothing_asked(self) -> None:
        """Say what can be done; nothing is asked."""
        self.chips.filters, self.chips.like = (), ""
        self.show_hits((), keep=False)
        self.view.run_in_background(self._show_hint, "hint", latest=True)

    async def _show_hint(self) -> None:
        recent = await self.library.write(search_queries.recent)
        if not self.text and self.like is None:
            self.preview.write(hint(recent))

    @on(Chips.Dropped)
    def drop(self, event: Chips.Dropped) -> None:
        """A chip was pressed."""
        if event.dropped is None:
            self.like = None
            self.ask()
        else:
            self.set_query(without(self.query_box.value, event.dropped))


HINT = """\
# Find an idea, not only a word

Type what you are looking for in your own words. Hits by words come while you type, hits by meaning a moment later.

"in quotes" must stand there just so, and -word stays out. Narrow it with words such as

  agenda:debate   kind:claim   author:christiano   year:2018..
  list:agisf      week:4       state:read          concept:rlhf

↓ and ↑ go through the hits, enter opens the paper at that line, and escape comes back here. F6 has the searches that \
you keep."""
SHOWN = 8


def hint(recent: tuple[str, ...]) -> str:
    """What can be done, and what was searched for last."""
    if not recent:
        return HINT
    return f"{HINT}\n\n# Searched for last; ↑ takes it up\n\n" + "\n".join(f"  {query}" for query in recent[:SHOWN])
