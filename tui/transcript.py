"""The conversation on the left. It holds the latest exchanges alone: a long day stays as light as a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.exchange_view import ExchangeView

if TYPE_CHECKING:
    from tui.state import Exchange

HELD = 50
"""Exchanges on the screen; earlier ones are in the file that keeps the conversation."""


class Transcript(VerticalScroll):
    """Exchanges below each other, the latest last."""

    def __init__(self, begin: Content, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(Static(begin, id="begin"), id=id)
        self.earlier = 0
        self._only_conflicts = False

    @property
    def views(self) -> list[ExchangeView]:
        return list(self.query_children(ExchangeView))

    @property
    def last(self) -> ExchangeView | None:
        views = self.views
        return views[-1] if views else None

    @property
    def exchanges(self) -> list[Exchange]:
        """Those that are over and were answered."""
        return [view.exchange for view in self.views if view.exchange is not None]

    def view(self, key: int) -> ExchangeView | None:
        return next((one for one in self.views if one.key == key), None)

    async def begin_with(self, *views: ExchangeView) -> None:
        """Adds exchanges, and drops what is more than is held."""
        await self.mount_all(views)
        surplus = self.views[:-HELD]
        for one in surplus:
            await one.remove()
        self.say_earlier(self.earlier + len(surplus))

    def say_earlier(self, earlier: int) -> None:
        """Says that something is no longer shown, and where it is."""
        self.earlier = earlier
        begin = self.query_one("#begin", Static)
        begin.display = not self.views or bool(earlier)
        if earlier:
            them = "1 earlier question is" if earlier == 1 else f"{earlier:,} earlier questions are"
            begin.update(
                Content.styled(f"{them} no longer shown here but kept: /save writes them all.", "$foreground-muted")
            )

    async def clear(self, begin: Content) -> None:
        """Begins anew."""
        await self.query(ExchangeView).remove()
        self.earlier = 0
        start = self.query_one("#begin", Static)
        start.display = True
        start.update(begin)

    def toggle_conflicts(self) -> bool:
        """Shows only what contradicts what, or everything again; returns which."""
        self._only_conflicts = not self._only_conflicts
        for view in self.views:
            view.alone(conflicts=self._only_conflicts)
        return self._only_conflicts

    def bring_up_citation(self, view: ExchangeView, number: int) -> None:
        """Scrolls to where a citation stands first, with a little of what is around it."""
        line = view.virtual_region.y + view.line_of(number)
        if not self.scroll_y + 1 <= line <= self.scroll_y + self.size.height - 2:
            self.scroll_to(y=max(0, line - self.size.height // 2), animate=False)

    def bring_up(self, view: ExchangeView) -> None:
        """Shows an exchange from its question on."""
        self.call_after_refresh(self.scroll_to_widget, view, animate=False, top=True)
