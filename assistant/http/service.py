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

from assistant.http.auditing import Audits
from assistant.http.options import ServerOptions
from assistant.http.problems import Problem
from assistant.wiring import Desk

Done = TypeVar("Done")

_LOOK = 0.25
"""Seconds between looks whether the client is still there."""

_WRITING = 16
"""Changes of the workspace at work or waiting; past that, 503."""


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
    """The open workspace and the threads that ask it. Made once for each app; a server gives it the workspace later,
    when that is opened.
    """

    def __init__(self, desk: Desk | None, options: ServerOptions) -> None:
        self.options = options
        self._opened: tuple[Desk, Audits] | None = None
        self._observers: list[Callable[[int], None]] = []
        if desk is not None:
            self.use(desk)
        self._threads = ThreadPoolExecutor(options.workers, thread_name_prefix="crosscheck")
        self._accepted = 0
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="crosscheck-writer")
        self._writing = 0

    def use(self, desk: Desk) -> None:
        """From now on, this is asked. Any thread may call it."""
        for observe in self._observers:
            desk.watch_passes(observe)
        self._opened = desk, Audits(desk.settings)

    def watch_passes(self, observe: Callable[[int], None]) -> None:
        """Is told how many questions went through the encoder together, of whatever desk is asked. Called before any
        request is.
        """
        self._observers.append(observe)
        if self._opened is not None:
            self._opened[0].watch_passes(observe)

    @property
    def ready(self) -> bool:
        """Whether there is a workspace to ask."""
        return self._opened is not None

    @property
    def desk(self) -> Desk:
        """Raises Problem (503) while it is being opened."""
        return self._open()[0]

    @property
    def audits(self) -> Audits:
        """Raises Problem (503), as `desk` does."""
        return self._open()[1]

    def _open(self) -> tuple[Desk, Audits]:
        if self._opened is None:
            detail = "Index and models are being loaded. Try again in a few seconds."
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "2"})
        return self._opened

    @property
    def accepted(self) -> int:
        """Requests at work or waiting."""
        return self._accepted

    async def room(self) -> None:
        """Waits until one more would be accepted, for work that is in no hurry; `run` it before anything else."""
        while self._accepted >= self.options.workers + self.options.waiting:
            await asyncio.sleep(_LOOK)

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

    async def write(self, work: Callable[[], Done]) -> Done:
        """Does what changes the workspace, one after the other; what was begun is finished, whoever waits for it.

        Raises Problem where too many wait already (503), and whatever the work raises.
        """
        if self._writing >= _WRITING:
            detail = "Too many changes are waiting. Try again in a few seconds."
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "5"})
        self._writing += 1
        future = asyncio.get_running_loop().run_in_executor(self._writer, work)
        future.add_done_callback(self._written)
        return await asyncio.shield(future)

    def _written(self, future: asyncio.Future[Done]) -> None:
        self._writing -= 1
        if not future.cancelled():
            future.exception()

    def _admit(self) -> None:
        """Raises Problem where too many wait already."""
        if self._accepted >= self.options.workers + self.options.waiting:
            detail = "Too many requests are waiting. Try again in a few seconds."
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "2"})
        self._accepted += 1

    def _finished(self, future: asyncio.Future[Done]) -> None:
        self._accepted -= 1
        if not future.cancelled():
            future.exception()  # taken note of: whoever waited may be gone

    def close(self, *, wait: bool = True) -> None:
        """Waits for what is at work, but for an audit, which goes on where it was another time."""
        if self._opened is not None:
            self._opened[1].close()
        self._threads.shutdown(wait=wait, cancel_futures=True)
        self._writer.shutdown(wait=wait)


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
