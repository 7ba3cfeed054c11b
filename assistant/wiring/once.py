"""What several threads share: a part made when it is first wanted, and a model that answers one at a time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")
Given = TypeVar("Given")


class Once(Generic[Made]):
    """Makes a part when it is first wanted; whoever wants it meanwhile waits. What fails is tried again next time."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: list[Made] = []

    def __call__(self) -> Made:
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]


def one_at_a_time(call: Callable[[Given], Made]) -> Callable[[Given], Made]:
    """For what several threads must not call at once."""
    lock = Lock()

    def locked(given: Given) -> Made:
        with lock:
            return call(given)

    return locked
