"""Which articles count for the questions to come: set by a command or on the screen of filters, and said at the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import App

from tui.status_line import StatusLine

if TYPE_CHECKING:
    from tui.state import Scope

Known = Callable[[], Sequence[str]]
"""The publishers of the workspace, as far as they are known by now."""


class Bounding:
    """The scope of a chat. Nothing is imported for it until it is wanted."""

    def __init__(self, app: App[None], status: StatusLine, *, scope: Scope | None, publishers: Known) -> None:
        self._app = app
        self._status = status
        self._scope = scope
        self._publishers = publishers

    @property
    def scope(self) -> Scope:
        """Which articles count."""
        if self._scope is None:
            from tui.state import Scope

            self._scope = Scope()
        return self._scope

    def begin(self) -> None:
        """Says at the top what was given from the start."""
        if self._scope is not None:
            self._status.bound(self._scope)

    def bound(self, scope: Scope) -> None:
        """Sets which articles count from now on, unless no article can."""
        from tui.scopes import unknown_publisher

        if wrong := unknown_publisher(scope.publishers, self._publishers()):
            self._app.notify(wrong, severity="error", markup=False)
            return
        self._scope = scope
        self._status.bound(scope)

    def choose(self, first: str) -> None:
        """Lets somebody choose on a screen, where the field `first` has the focus."""
        from tui.filters import FiltersScreen

        screen = FiltersScreen(self.scope, publishers=self._publishers(), first=first)
        self._app.push_screen(screen, lambda scope: None if scope is None else self.bound(scope))
