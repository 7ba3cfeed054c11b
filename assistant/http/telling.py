"""What the page's script is told while an answer comes about: what is being done, in words, and the outcome last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from assistant.http.service import Stop
from assistant.stages import Read, Searched, Stage

Outcome = TypeVar("Outcome")
Watch = Callable[[Stop, Stage], None]
"""Called on the thread that works, with what may end the work."""

_FIRST = "Searching the articles…"


def unwatched(stop: Stop, _: Stage) -> None:
    """Ends work that nobody waits for; tells nothing."""
    stop.check()


async def told(work: Callable[[Watch], Awaitable[Outcome]]) -> AsyncIterator[str | Outcome]:
    """Words for each stage as it begins, then what the work gives; ends the work where nobody listens any more.

    Raises what the work raises.
    """
    words: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def watch(stop: Stop, stage: Stage) -> None:
        stop.check()
        loop.call_soon_threadsafe(words.put_nowait, _next(stage))

    working = asyncio.ensure_future(work(watch))
    working.add_done_callback(lambda _: words.put_nowait(None))
    try:
        yield _FIRST
        while (word := await words.get()) is not None:
            yield word
        yield working.result()
    finally:
        working.cancel()


def _next(stage: Stage) -> str:
    """What comes after a stage."""
    if isinstance(stage, Searched):
        return f"Reading {len(stage.result.hits)} passages…"
    return "Comparing what they say…" if isinstance(stage, Read) else "Writing the answer down…"
