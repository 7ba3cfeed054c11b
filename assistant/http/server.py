"""A server around one app: it listens, loads models behind the open socket, and stops when it is told to.

What was accepted is finished before it ends. The workspace is held open by one thread, which also warms the models up.
"""

from __future__ import annotations

import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from math import ceil
from types import FrameType

import uvicorn
from fastapi import FastAPI

from assistant.errors import BadInput
from assistant.http import logs
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.http.protocol import HEADER_BYTES, protocol
from assistant.http.service import Service
from assistant.models import ask
from assistant.wiring import Desk
from index.errors import NothingPublished

OpenDesk = Callable[[], AbstractContextManager[Desk]]
_log = logging.getLogger("crosscheck.server")

_PATIENCE = 1.0
"""Seconds between looks whether a first ingest has published."""
_CLOSING = 5.0
"""Seconds that the workspace has to be closed in; ending without loses nothing."""


def serve(options: ServerOptions, open_desk: OpenDesk, *, say: Callable[[str], None]) -> None:
    """Returns when a signal has stopped it. Raises BadInput where it cannot listen, and what `open_desk` raises."""
    logs.configure(options.log_file)
    app = create_app(None, options)
    service: Service = app.state.service
    with _listening(options) as listener:
        say(f"Crosscheck listens on {_address(listener)}. Stop it with Ctrl+C.")
        server = _Server(config(app, options))
        loading = _Loading(service, open_desk, stop=server.stop)
        loading.start()
        server.run(sockets=[listener])
    loading.close()
    service.close(wait=service.accepted == 0)
    if loading.failure is not None:
        raise loading.failure


class _Loading(threading.Thread):
    """Opens the workspace, warms up, hands it to the service, and closes it when the server has stopped."""

    def __init__(self, service: Service, open_desk: OpenDesk, *, stop: Callable[[], None]) -> None:
        super().__init__(name="crosscheck-workspace", daemon=True)
        self._service = service
        self._open_desk = open_desk
        self._stop = stop
        self._closing = threading.Event()
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            while not self._closing.is_set():
                self._hold()
        except Exception as error:  # raised again by `serve`
            self.failure = error
            self._stop()

    def close(self) -> None:
        self._closing.set()
        self.join(_CLOSING)

    def _hold(self) -> None:
        try:
            with self._open_desk() as desk:
                warm_up(desk)
                self._service.use(desk)
                _log.info("ready", extra={"fields": {"generation": desk.standing().generation}})
                self._closing.wait()
        except NothingPublished:
            self._closing.wait(_PATIENCE)


def warm_up(desk: Desk) -> None:
    """One search and one reading, so that the first who asks does not wait for models to be opened."""
    question = ask("What has been announced?")
    desk.search(question)
    desk.ask(question)
    # What was loaded stays; looking through it for garbage again and again would only take time.
    gc.collect()
    gc.freeze()


class _Server(uvicorn.Server):
    """uvicorn's, but a signal that stopped it is not raised again: a stop that was asked for is no failure."""

    def stop(self) -> None:
        """From any thread."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        def stop(_: int, __: FrameType | None) -> None:
            self.force_exit = self.should_exit
            self.should_exit = True

        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def config(app: FastAPI, options: ServerOptions) -> uvicorn.Config:
    """uvicorn's settings; listening is done by a socket of our own."""
    return uvicorn.Config(
        app,
        http=protocol(patience=options.timeout, connections=options.connections),
        ws="none",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=ceil(options.drain),
        h11_max_incomplete_event_size=HEADER_BYTES,
    )


@contextmanager
def _listening(options: ServerOptions) -> Iterator[socket.socket]:
    """Raises BadInput."""
    try:
        found = socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        # "localhost" is both; most clients try the older first, and so does who reads the address and types it.
        family, kind, number, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        listener = socket.socket(family, kind, number)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        raise BadInput(
            f"Nothing can listen on {options.host!r}, port {options.port} ({error.strerror}). Give another --port, or "
            "stop what uses this one."
        ) from error
    with listener:
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
