"""The open workspace of the chat: opened, and closed, by one thread that does nothing else; others wait for it.

Apart from the application so that the first screen need not wait, and so that no thread closes what another opened.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import TYPE_CHECKING

from tui.failures import Stopped

if TYPE_CHECKING:
    from assistant.wiring.desk import Desk

OpenDesk = Callable[[], "AbstractContextManager[Desk]"]
_GLANCE = 0.05
"""Seconds between two looks at whether anybody still waits."""


class Keeper:
    """A desk that may not be there yet. `keep` runs in a thread until `close`."""

    def __init__(self, open_desk: OpenDesk) -> None:
        self._open = open_desk
        self._settled, self._over = Event(), Event()
        self._desk: Desk | None = None
        self._error: Exception | None = None

    def keep(self, *, opened: Callable[[Desk], None]) -> None:
        """Opens the desk, says so, and holds it open. Raises what opening raises, after telling those who wait."""
        try:
            with self._open() as desk:
                opened(desk)
                self._desk = desk
                self._settled.set()
                self._over.wait()
        except Exception as error:
            self._error = error
            raise
        finally:
            self._settled.set()

    def desk(self, *, stopped: Callable[[], bool]) -> Desk:
        """Waits for the desk. Raises Stopped, or what opening raised."""
        while not self._settled.wait(_GLANCE):
            if stopped():
                raise Stopped
        if self._desk is None or self._over.is_set():
            raise self._error or Stopped
        return self._desk

    @property
    def failed(self) -> bool:
        return self._error is not None

    def close(self) -> None:
        """Lets the thread close the desk and end."""
        self._over.set()
