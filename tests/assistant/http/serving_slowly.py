"""A desk whose answers take as long as one likes, and a socket in front of it: to see what becomes of work that nobody
waits for any more."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import uvicorn

from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.models import Answer, Question
from assistant.settings import Settings
from assistant.stages import Searched, Watch
from assistant.wiring import Desk
from index.models import SearchResult
from index.sharing import Observe

STEP = 0.02
LONG = 10.0


class SlowDesk(Desk):
    """Ends a stage every now and then and never answers; notes who is told to stop."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(workspace=folder, cache=folder)
        self.begun: list[str] = []
        self.stopped: list[str] = []
        self.at_work = Event()

    def watch_passes(self, observe: Observe) -> None:
        """There are none."""

    def ask(self, question: Question, *, watch: Watch | None = None) -> Answer:
        assert watch is not None
        self.begun.append(question.text)
        self.at_work.set()
        until = monotonic() + LONG
        try:
            while monotonic() < until:
                sleep(STEP)
                watch(Searched(question.text, SearchResult((), 1)))
        except Exception:
            self.stopped.append(question.text)
            raise
        raise AssertionError("nobody stopped the work")


@contextmanager
def served(desk: Desk, options: ServerOptions) -> Iterator[str]:
    """The address of a real server."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(desk, options), log_level="warning", lifespan="off"))
        thread = Thread(target=server.run, args=([bound],), daemon=True)
        thread.start()
        until = monotonic() + LONG
        while not server.started and monotonic() < until:
            sleep(STEP)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(LONG)


def soon(happened: object, *, within: float = 3.0) -> bool:
    """Whether something comes true before long."""
    until = monotonic() + within
    while monotonic() < until:
        if callable(happened) and happened():
            return True
        sleep(STEP)
    return False
