"""How large a body may be, and how long it may take to arrive.

The body is read before the app sees the request, and only of who was let in: bytes are counted as they come, so that
neither a wrong Content-Length nor chunks without one bring more into memory than is allowed.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.options import ServerOptions
from assistant.http.problems import Problem
from assistant.http.security import refuse
from assistant.http.service import Gone


class Bodies:
    """Answers 413 to a body that is too large and 408 to one that does not arrive in time."""

    def __init__(self, app: ASGIApp, options: ServerOptions) -> None:
        self._app = app
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        try:
            body = await self._read(scope, receive)
        except Problem as problem:
            await refuse(problem, scope, receive, send)
        else:
            await self._app(scope, _again(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        """Raises Problem, and Gone where the client went away."""
        limit = self._limit(scope)
        if _declared(Headers(scope=scope)) > limit:
            raise _too_large(limit)
        try:
            async with asyncio.timeout(self._options.timeout):
                return await _whole(receive, limit)
        except TimeoutError as error:
            detail = f"The body did not arrive within {self._options.timeout:g} seconds. Send it again, faster."
            raise Problem(HTTPStatus.REQUEST_TIMEOUT, detail, headers={"Connection": "close"}) from error

    def _limit(self, scope: Scope) -> int:
        adding = self._options.writing and scope["method"] == "POST" and scope["path"] == "/v1/articles"
        return self._options.article_bytes if adding else self._options.body_bytes


def _has_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _declared(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdecimal() and len(length) < 20 else 0


async def _whole(receive: Receive, limit: int) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        more = message.get("more_body", False)
    return bytes(body)


def _too_large(limit: int) -> Problem:
    detail = f"The body has more than {limit:,} bytes. Send less at a time."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body once, then what the connection has to say."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay
