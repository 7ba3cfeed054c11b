"""What an ingest reports to while the chat waits for it: how far it is, as values, not too often.

Whoever is reported to may stop the work by raising; what was reported as written stays written. Knows no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from tui import ingest_words

if TYPE_CHECKING:
    from index.models import Summary
    from index.sync import Events

Ingest = Callable[[Sequence[Path], "Events"], "Summary"]
"""Brings a workspace in line with files. Raises sentences, as `wiring.ingest` does."""

_OFTEN = 0.1
"""Seconds between two reports at least."""


class Stopped(Exception):
    """The user does not want it to go on."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is."""

    what: str
    done: int
    total: int


class Reporter:
    """Tells how far an ingest is, not too often, and ends it once `stop` is set. Called in the thread that works."""

    def __init__(self, tell: Callable[[Step], object], stop: Event | None = None) -> None:
        self._tell = tell
        self._stop = stop or Event()
        self._what, self._told = "", 0.0
        self._planned = self._written = 0

    def reading(self, done: int, total: int) -> None:
        self._say(Step(ingest_words.READING, done, total))

    def planned(self, articles: int) -> None:
        self._planned = articles
        self._say(Step(ingest_words.EMBEDDING, 0, articles))

    def encoding(self, articles: int, done: int, total: int) -> None:
        self._say(Step(ingest_words.EMBEDDING, self._written + articles * done // max(total, 1), self._planned))

    def written(self, articles: int, passages: int) -> None:
        self._written += articles
        self._say(Step(ingest_words.EMBEDDING, self._written, self._planned))

    def _say(self, step: Step) -> None:
        if self._stop.is_set():
            raise Stopped
        if step.what != self._what or step.done == step.total or monotonic() - self._told > _OFTEN:
            self._what, self._told = step.what, monotonic()
            self._tell(step)
