"""A server on a free port for tests that need a socket, and requests byte for byte as an attacker would write them."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.http.server import config
from assistant.wiring import Desk


@contextmanager
def listening(desk: Desk, options: ServerOptions) -> Iterator[int]:
    """Its port. Stopped at the end."""
    with running(create_app(desk, options), options) as (port, _):
        yield port


@contextmanager
def running(app: FastAPI, options: ServerOptions) -> Iterator[tuple[int, uvicorn.Server]]:
    """Its port, and what can stop it before the end."""
    server = uvicorn.Server(config(app, options))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1], server
        finally:
            server.should_exit = True
            thread.join(10)


@dataclass(frozen=True, slots=True)
class Got:
    """A response as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        parsed: dict[str, object] = json.loads(self.body)
        return parsed


def request(
    target: str = "/v1/query",
    body: bytes = b"",
    *,
    method: str = "POST",
    token: str | None = None,
    kind: str = "application/json",
    extra: Sequence[str] = (),
    length: int | None = None,
) -> bytes:
    """As a client would write it, with whatever is to be wrong with it."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost"]
    if token is not None:
        lines.append(f"Authorization: Bearer {token}")
    if body or length is not None:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, *extra, "", ""]).encode("latin-1") + body


def chunked(*chunks: bytes, target: str = "/v1/query", token: str | None = None) -> bytes:
    """The chunks as they are: with sizes, or with what pretends to be one."""
    head = request(target, token=token, extra=("Content-Type: application/json", "Transfer-Encoding: chunked"))
    return head + b"".join(chunks)


def send(port: int, *parts: bytes, pause: float = 0.0, patience: float = 10.0) -> Got:
    """Sends the parts one after the other, as far as the server takes them, and reads one response."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has answered already
        response = http.client.HTTPResponse(connection, method=_method(parts))
        response.begin()
        return Got(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


def _method(parts: Sequence[bytes]) -> str:
    return parts[0].partition(b" ")[0].decode("latin-1") if parts else "GET"
