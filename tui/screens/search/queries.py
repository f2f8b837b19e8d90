"""Asking: words at once, meaning as soon as the engine answers; answers to what is asked no more are dropped."""

from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Input

from tui.data import search_queries
from tui.data.search_queries import LABELS, LIMIT, Like, SearchMode

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.engine_port import EngineReply
    from tui.screens.search.host import SearchHost

PENDING = " by words, meaning is on its way"
"""What stands behind the count of hits while better ones may come."""
PAUSE = 0.2
"""Seconds without a key before meaning is asked for."""


class QueryRunner:
    """Asks for what the query says, in the words and the way that the reader chose, or for more like something."""

    def __init__(self, screen: "SearchHost") -> None:
        self._screen = screen
        self.mode = SearchMode()
        self.like: Like | None = None
        """What more like it is shown of; None while the query's words count."""
        self._timer: Timer | None = None
        self._request: int | None = None

    @property
    def text(self) -> str:
        """What is asked in words."""
        return self._screen.query_box.value.strip()

    def set_text(self, text: str) -> None:
        """Ask something else, as if it had been typed."""
        self._screen.query_box.value = text
        self._screen.query_box.cursor_position = len(text)

    def set_text_silently(self, text: str) -> None:
        """Show a query without asking it."""
        with self._screen.query_box.prevent(Input.Changed):
            self.set_text(text)

    def set_mode(self, mode: SearchMode) -> None:
        """Where and how is searched from now on, and say so at the query."""
        self.mode = mode
        self._screen.query_box.border_title = f"Find in {LABELS[mode.where]}"
        self._screen.query_box.border_subtitle = mode.in_words

    def run(self) -> None:
        """Words now, meaning after a pause."""
        self.cancel()
        text = self.text
        if text:
            self.like = None
        if self.like is not None:
            self.ask_engine()
        elif not text:
            self._screen.show_nothing_asked()
        else:
            if self.mode.how != "meaning":
                self._screen.view.run_in_background(partial(self._by_words, text, self.mode), "words", latest=True)
            if self.mode.how != "words":
                self._timer = self._screen.set_timer(PAUSE, self.ask_engine)

    def cancel(self) -> None:
        """Whatever is on its way is not waited for any more."""
        if self._timer is not None:
            self._timer.stop()
        self._request = None

    async def _by_words(self, text: str, mode: SearchMode) -> None:
        def is_wanted() -> bool:
            return (text, mode) == (self.text, self.mode)

        result = await self._screen.view.library.write(search_queries.by_words, text, mode, is_wanted)
        if result is not None and is_wanted():
            is_last = mode.how == "words" or self._screen.view.engine is None
            self._screen.show_result(result, keep=False, is_last=is_last)

    def ask_engine(self) -> None:
        """Ask for meaning; its answer comes later."""
        self.cancel()
        engine, mode = self._screen.view.engine, self.mode
        scope = {"where": mode.where, "limit": LIMIT, "grouped": mode.grouped}
        if self.like is not None:
            if engine is None:
                self._screen.say("More like this needs the engine, which is not running", "warning")
            else:
                self._request = engine.submit("like", like=self.like.asked, **scope)
        elif engine is not None and self.text:
            self._request = engine.submit("search", query=self.text, mode=mode.how, typing=True, **scope)

    def answered(self, reply: "EngineReply") -> None:
        """Better hits arrived; those of an older question are dropped."""
        if reply.kind not in ("search", "like") or reply.id != self._request:
            return
        if reply.error:
            self._screen.notices.place = self._screen.notices.place.replace(PENDING, "")
            self._screen.say(f"Meaning did not answer: {reply.error}", "warning")
        elif reply.final:
            from kb.models.search import SearchResult

            self._screen.show_result(SearchResult.model_validate(reply.payload), keep=True, is_last=True)
