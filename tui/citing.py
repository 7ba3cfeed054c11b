"""Which citation is the current one, and showing it: marked in the conversation, and inside its article in the sources.

The sources stand beside the conversation where there is room, else on a screen of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App

from tui import work
from tui.exchange_view import ExchangeView
from tui.opening import Opening
from tui.source_view import SourcesPane, SourcesScreen
from tui.threads import Threads
from tui.transcript import Transcript

if TYPE_CHECKING:
    from assistant.models import Citation
    from tui.excerpt import Excerpt

WIDE = 100
"""Columns from which the sources stand beside the conversation."""


class Citing:
    """The current citation of a chat."""

    def __init__(
        self, app: App[None], transcript: Transcript, sources: SourcesPane, *, threads: Threads, opening: Opening
    ) -> None:
        self._app = app
        self._transcript = transcript
        self._sources = sources
        self._threads = threads
        self._opening = opening
        self._view: ExchangeView | None = None

    @property
    def view(self) -> ExchangeView | None:
        """The exchange that the current citation belongs to, else the latest."""
        return self._view or self._transcript.last

    def cited(self, number: int | None = None) -> Citation | None:
        """A citation of that exchange; without a number, the current one."""
        view = self.view
        return view.citation(number or view.current) if view else None

    async def choose(self, view: ExchangeView, number: int | None) -> None:
        """Makes a citation the current one."""
        if self._view is not None and self._view is not view and self._view.is_mounted:
            self._view.mark(None)
        self._view = view
        view.mark(number)
        await self._pane.show(view.shown, view.key, number)
        cited = view.citation(number)
        if cited is not None and view.shown is not None:
            self._find(cited.article_id, cited, view.shown.answer.citations)

    async def first(self, view: ExchangeView) -> None:
        """Makes the first of an answer the current one."""
        await self.choose(view, next(iter(view.numbers), None))

    async def clicked(self, key: int, number: int) -> None:
        """Shows the source behind a number, wherever it stands."""
        view = self._transcript.view(key)
        if view is not None:
            await self.choose(view, number)
            self.open_sources()

    async def step(self, by: int) -> None:
        """Goes to the next citation, or to the one before; round and round."""
        view = self.view
        if view is None or not view.numbers:
            self._app.notify("There is no citation yet. Ask something first.")
            return
        at = view.numbers.index(view.current) if view.current in view.numbers else -1 if by > 0 else 0
        number = view.numbers[(at + by) % len(view.numbers)]
        await self.choose(view, number)
        self._transcript.bring_up_citation(view, number)

    async def clear(self) -> None:
        """Of a conversation that begins there is nothing to show."""
        self._view = None
        await self._sources.show(None, 0, None)

    def toggle_sources(self) -> None:
        """Hides the sources, or brings them back."""
        if self._is_wide:
            self._app.screen.toggle_class("-no-sources")
        else:
            self.open_sources()

    def open_sources(self) -> None:
        """Brings the sources up."""
        if self._is_wide:
            self._app.screen.remove_class("-no-sources")
        elif not isinstance(self._app.screen, SourcesScreen):
            self._app.push_screen(SourcesScreen())
            self._app.call_after_refresh(self._fill)

    async def _fill(self) -> None:
        view = self.view
        if view is not None:
            await (self.first(view) if view.current is None else self.choose(view, view.current))

    def show_article(self, article_id: str) -> None:
        """An article from its beginning, whether or not it is cited."""
        self.open_sources()
        self._find(article_id, None, ())

    def _find(self, article_id: str, citation: Citation | None, others: Sequence[Citation]) -> None:
        """Looks for an article in a thread, to be shown for a citation; the others in it are marked, too."""
        self._threads.find(
            lambda post, stopped: work.show(
                self._opening.keeper, article_id, citation, others, post=post, stopped=stopped
            )
        )

    def show(self, excerpt: Excerpt) -> None:
        """What was found."""
        self._pane.show_article(excerpt)

    @property
    def _is_wide(self) -> bool:
        return self._app.size.width >= WIDE

    @property
    def _pane(self) -> SourcesPane:
        """The one that is seen."""
        screen = self._app.screen
        return screen.query_one(SourcesPane) if isinstance(screen, SourcesScreen) else self._sources
