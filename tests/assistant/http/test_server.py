"""How a server ends what it cannot finish, and which modules may know that there is one."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.responses import Response

from assistant.http import logs, server
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.wiring import Desk
from index.errors import NothingPublished
from index.model_files import ModelError
from tests.assistant.http.serving import request, running, send
from tests.assistant.http.starting import until
from tests.test_imports import ROOT, imported, loaded_by, modules

FRONT = ("fastapi", "limits", "prometheus_client", "sse_starlette", "starlette", "uvicorn")


def test_what_takes_longer_than_a_stop_may_is_told_so(desk: Desk) -> None:
    options = ServerOptions(drain=1.0)
    app = create_app(desk, options)

    @app.get("/slow")
    async def slow() -> None:
        await asyncio.sleep(30)

    with running(app, options) as (port, made), ThreadPoolExecutor(1) as other:
        answer = other.submit(send, port, request("/slow", method="GET"))
        time.sleep(0.3)
        made.should_exit = True
        got = answer.result()
    assert got.status == 503
    assert got.headers["retry-after"]
    assert "is stopping" in str(got.json()["detail"])


def test_a_workspace_that_cannot_be_opened_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def broken() -> Iterator[Desk]:
        raise ModelError("The model is gone.")
        yield

    said: list[str] = []
    monkeypatch.setattr(logs, "configure", lambda file: None)
    with pytest.raises(ModelError, match=r"The model is gone\."):
        server.serve(ServerOptions(port=0), broken, say=said.append)
    assert said[0].startswith("Crosscheck listens on http://127.0.0.1:")


def test_a_first_ingest_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = iter((NothingPublished(Path("workspace")), NothingPublished(Path("workspace")), ModelError("Enough.")))

    @contextmanager
    def opening() -> Iterator[Desk]:
        raise next(tries)
        yield

    monkeypatch.setattr(logs, "configure", lambda file: None)
    monkeypatch.setattr(server, "_PATIENCE", 0.01)
    with pytest.raises(ModelError, match="Enough"):
        server.serve(ServerOptions(port=0), opening, say=lambda _: None)


def test_who_does_not_read_what_was_asked_for_is_not_waited_for(desk: Desk) -> None:
    options = ServerOptions(timeout=1.0)
    app = create_app(desk, options)

    @app.get("/large")
    async def large() -> Response:
        return Response(b"x" * 30_000_000)

    with running(app, options) as (port, made), socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request("/large", method="GET"))
        until(lambda: made.server_state.connections)
        until(lambda: not made.server_state.connections)


def test_only_the_http_front_imports_what_serves() -> None:
    allowed = {"assistant/commands/serve.py"}
    for path in modules():
        name = str(path.relative_to(ROOT))
        if name not in allowed and not name.startswith("assistant/http/"):
            assert not {one.split(".")[0] for one in imported(path)} & set(FRONT), name


@pytest.mark.parametrize("module", ["assistant.commands.serve", "assistant.commands.ask", "assistant.wiring.desk"])
def test_what_serves_is_loaded_only_when_it_is_wanted(module: str) -> None:
    assert loaded_by(f"import {module}").isdisjoint({*FRONT, "torch", "onnxruntime"})
