"""The line at the top: which articles are asked, within what bounds, and whether they can be asked yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui import drawing

if TYPE_CHECKING:
    from assistant.wiring.desk import Standing
    from tui.state import Scope


class StatusLine(Static):
    """Begins as what is known before anything is opened."""

    def __init__(self) -> None:
        super().__init__(_line("opening the workspace…", "", only_conflicts=False), id="status")
        self._state = "opening the workspace…"
        self._scope = ""
        self._only_conflicts = False

    def opened(self, standing: Standing) -> None:
        articles = "1 article" if standing.articles == 1 else f"{standing.articles:,} articles"
        self.say(articles)

    def say(self, state: str) -> None:
        self._state = state
        self._draw()

    def bound(self, scope: Scope) -> None:
        """Shows the bounds."""
        from tui.scopes import described

        self._scope = described(scope)
        self._draw()

    def only_conflicts(self, only: bool) -> None:
        self._only_conflicts = only
        self._draw()

    def _draw(self) -> None:
        self.update(_line(self._state, self._scope, only_conflicts=self._only_conflicts), layout=False)


def _line(state: str, scope: str, *, only_conflicts: bool) -> Content:
    parts: list[str | tuple[str, str]] = [("Crosscheck", "bold $text-primary"), f"  {state}"]
    if scope:
        parts.append((f"  ▪ {drawing.safe(scope)}", "bold $text-warning"))
    if only_conflicts:
        parts.append(("  ≠ conflicts only (^g)", "bold $text-error"))
    return Content.assemble(*parts)
