"""The core behind the routes: a bounded queue in front of a few threads.

Each request's work is one function on one thread; the models behind it share a pool of the processor's cores, so what
waits together is read together. Who is gone is not worked for: work that has not begun never does, and work that has
begun is told to stop at its next stage.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Event
from typing import TypeVar

from fastapi import Request

from assistant.http.options import ServerOptions
from assistant.http.problems import Problem
from assistant.wiring import Desk

Done = TypeVar("Done")

_LOOK = 0.25
"""Seconds between looks whether the client is still there."""


class Gone(Exception):
    """The client went away; nobody reads what this request would give."""


class Stop:
    """Tells work that it is no longer wanted. Any thread may ask."""

    def __init__(self) -> None:
        self._event = Event()

    def now(self) -> None:
        self._event.set()

    def check(self) -> None:
        """Raises Gone where nobody waits any more."""
        if self._event.is_set():
            raise Gone


class Service:
    """The open workspace and the threads that ask it. Made once for each app."""

    def __init__(self, desk: Desk, options: ServerOptions) -> None:
        self.desk = desk
        self.options = options
        self._threads = ThreadPoolExecutor(options.workers, thread_name_prefix="crosscheck")
        self._accepted = 0

    @property
    def accepted(self) -> int:
        """Requests at work or waiting."""
        return self._accepted

    async def run(self, request: Request, work: Callable[[Stop], Done]) -> Done:
        """Does the work on a thread and gives what it returns; what it raises is raised here.

        Raises Problem where the queue is full (503) or time is up (504), and Gone where the client went away.
        """
        self._admit()
        stop = Stop()
        future = asyncio.get_running_loop().run_in_executor(self._threads, _unless_stopped, work, stop)
        future.add_done_callback(self._finished)
        try:
            async with asyncio.timeout(self.options.timeout):
                await _done_or_gone(request, future)
                return future.result()
        except TimeoutError as error:
            seconds = f"{self.options.timeout:g}"
            detail = f"The answer took longer than {seconds} seconds. Ask again, or ask for fewer passages."
            raise Problem(HTTPStatus.GATEWAY_TIMEOUT, detail, headers={"Retry-After": "5"}) from error
        finally:
            if not future.done():
                stop.now()
                future.cancel()

    def _admit(self) -> None:
        """Raises Problem where too many wait already."""
        if self._accepted >= self.options.workers + self.options.waiting:
            detail = "Too many requests are waiting. Try again in a few seconds."
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "2"})
        self._accepted += 1

    def _finished(self, future: asyncio.Future[object]) -> None:
        self._accepted -= 1
        if not future.cancelled():
            future.exception()  # taken note of: whoever waited may be gone

    def close(self) -> None:
        """Waits for what is at work."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _unless_stopped(work: Callable[[Stop], Done], stop: Stop) -> Done:
    stop.check()
    return work(stop)


async def _done_or_gone(request: Request, future: asyncio.Future[Done]) -> None:
    """Raises Gone where the client leaves first."""
    while not future.done():
        await asyncio.wait([future], timeout=_LOOK)
        if not future.done() and await request.is_disconnected():
            raise Gone


def service_of(request: Request) -> Service:
    """The app's own; for `Depends`."""
    service: Service = request.app.state.service
    return service
