"""Work that several threads share: what they ask while a pass of it runs goes together into the next one.

Nobody waits for company: who finds a pass free runs one at once, with everything that waits, and the others are handed
their parts. What one gets must not depend on its company; that is for what is shared to see to.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import Generic, Protocol, Self, TypeVar

MOST = 32
"""Things in a pass, or one caller's, however many these are: nobody should wait long for others."""
PASSES = max(1, (os.cpu_count() or 1) // 2)
"""At the same time, each in one thread. Half the cores, as what is shared comes in two stages: encoding, searching."""


class Rows(Protocol):
    """Something that can be cut: an array or a list."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> Self: ...


Asked = TypeVar("Asked")
Given = TypeVar("Given", bound=Rows)
Observe = Callable[[int], None]
"""Is told how many things a pass had, by the thread that ran it."""


class _Order(Generic[Asked, Given]):
    """What one caller wants, and what has become of it."""

    def __init__(self, things: Sequence[Asked]) -> None:
        self.things = things
        self.given: Given | None = None
        self.failure: BaseException | None = None
        self.called = Event()
        """That this caller looks again. Each has a call of its own: of all who wait, few have to."""

    @property
    def done(self) -> bool:
        return self.given is not None or self.failure is not None

    def taken(self) -> Given:
        if self.failure is not None:
            raise self.failure
        assert self.given is not None
        return self.given


class Shared(Generic[Asked, Given]):
    """Does what `run` does, one row for each thing, in as few passes as who asks at the same time allows."""

    def __init__(self, run: Callable[[Sequence[Asked]], Given], *, passes: int = PASSES) -> None:
        self._run = run
        self._free = passes
        self._lock = Lock()
        self._waiting: deque[_Order[Asked, Given]] = deque()
        self._observers: tuple[Observe, ...] = ()

    def watch(self, observe: Observe) -> None:
        """From now on, it is told of every pass; it must be quick and not raise."""
        self._observers = (*self._observers, observe)

    def __call__(self, things: Sequence[Asked]) -> Given:
        """The rows of these things. Raises what `run` raises, for all whose things were in that pass."""
        order = _Order[Asked, Given](things)
        with self._lock:
            self._waiting.append(order)
        while not order.done:
            if orders := self._turn():
                self._pass(orders)
            else:
                order.called.wait()
                order.called.clear()
        return order.taken()

    def _turn(self) -> list[_Order[Asked, Given]]:
        """What this thread is to run now; nothing where others are at it."""
        with self._lock:
            if not self._free or not self._waiting:
                return []
            self._free -= 1
            orders = _next(self._waiting)
            self._call_next()
            return orders

    def _pass(self, orders: Sequence[_Order[Asked, Given]]) -> None:
        try:
            self._fill(orders)
        except BaseException as failure:  # raised by `taken`, in each thread whose things these were
            for order in orders:
                order.failure = failure
        finally:
            with self._lock:
                self._free += 1
                self._call_next()
            for order in orders:
                order.called.set()

    def _call_next(self) -> None:
        """Lets who waits longest run a pass, where one is free."""
        if self._free and self._waiting:
            self._waiting[0].called.set()

    def _fill(self, orders: Sequence[_Order[Asked, Given]]) -> None:
        things = [thing for order in orders for thing in order.things]
        given = self._run(things)
        start = 0
        for order in orders:
            order.given = given[start : start + len(order.things)]
            start += len(order.things)
        for observe in self._observers:
            observe(len(things))


def _next(waiting: deque[_Order[Asked, Given]]) -> list[_Order[Asked, Given]]:
    """Takes who came first, and whoever still fits with them."""
    orders = [waiting.popleft()]
    size = len(orders[0].things)
    while waiting and size + len(waiting[0].things) <= MOST:
        orders.append(waiting.popleft())
        size += len(orders[-1].things)
    return orders
