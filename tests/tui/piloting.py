"""One screen in an application of its own, driven by a pilot: what a user presses, and what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

Result = TypeVar("Result")
NOTHING = object()
"""What a screen ended with that has not ended."""
SIZES = ((80, 24), (40, 12), (140, 45))


class Stage(App[None], Generic[Result]):
    """Holds the screen, and what it ended with."""

    def __init__(self, screen: Screen[Result]) -> None:
        super().__init__()
        self.shown = screen
        self.ended: object = NOTHING

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._end)

    def _end(self, result: Result | None) -> None:
        self.ended = result


Steps = Callable[[Pilot[None]], Awaitable[None]]


def played(screen: Screen[Result], *keys: str, size: tuple[int, int] = (80, 24), steps: Steps | None = None) -> object:
    """What the screen ends with after these keys, or these steps."""

    async def play() -> object:
        app = Stage(screen)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            if steps:
                await steps(pilot)
            await pilot.pause()
            return app.ended

    return asyncio.run(play())


def text_of(screen: Screen[Result]) -> str:
    """Everything that the screen's plain texts say, and that is not hidden."""
    return "\n".join(str(one.render()) for one in screen.query(Static) if one.display)


def read(screen: Screen[Result], *keys: str, size: tuple[int, int] = (80, 24)) -> str:
    """What it says after these keys."""
    said: list[str] = []

    async def look(_: Pilot[None]) -> None:
        said.append(text_of(screen))

    played(screen, *keys, size=size, steps=look)
    return said[0]
