"""What is true of every request: it has an id, it is counted and logged once, and it ends in a response.

What nobody foresaw ends here as a 500 that names nothing but the id; the log holds the rest.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
import uuid
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http import logs
from assistant.http.metrics import Metrics
from assistant.http.problems import UNFORESEEN, Problem
from assistant.http.security import refuse
from assistant.http.service import Gone

GONE = 499
"""In the log and the counters only: the client left, and nobody reads a response."""
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""An id that a proxy may bring along."""
_SHOWN = 200
"""Characters of an address in the log."""
_log = logging.getLogger("crosscheck.http")


@dataclass(slots=True)
class _Watched:
    """What is sent to the client, as it goes by."""

    send: Send
    request_id: str
    status: int = GONE

    @property
    def started(self) -> bool:
        return self.status != GONE

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)["x-request-id"] = self.request_id
        await self.send(message)


class Access:
    """The outermost but one: only headers are added around it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        watched = _Watched(send, _request_id(scope))
        scope.setdefault("state", {})["request_id"] = watched.request_id
        try:
            await self._answered(scope, receive, watched)
        finally:
            self._note(scope, watched, time.perf_counter() - begun)

    async def _answered(self, scope: Scope, receive: Receive, watched: _Watched) -> None:
        try:
            await self._app(scope, receive, watched)
        except Gone:
            if not watched.started:
                await Response(status_code=GONE)(scope, receive, watched)
        except asyncio.CancelledError:
            if watched.started:
                raise
            await refuse(_stopping(), scope, receive, watched)
        except Exception as error:
            _log.error("unforeseen", exc_info=error, extra={"request_id": watched.request_id})
            if watched.started:
                raise  # cuts the connection, so that nobody takes half a response for a whole one
            await refuse(_unforeseen(), scope, receive, watched)

    def _note(self, scope: Scope, watched: _Watched, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None)
        self._metrics.request(route=route, method=scope["method"], status=watched.status, seconds=seconds)
        client = scope.get("client")
        fields: dict[str, logs.Field] = {
            "client": client[0] if client else None,
            "method": scope["method"][:20],
            "path": scope["path"][:_SHOWN],
            "route": route,
            "status": watched.status,
            "ms": round(seconds * 1000, 1),
            "questions": scope["state"].get("questions"),
        }
        logs.request_ended(watched.request_id, fields)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _GIVEN.fullmatch(given) else uuid.uuid4().hex


def _unforeseen() -> Problem:
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, UNFORESEEN)


def _stopping() -> Problem:
    detail = "The server is stopping and could not finish this request. Ask again."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "5", "Connection": "close"})
