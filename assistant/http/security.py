"""Who may ask, and what a browser may do with what it is sent: plain ASGI middlewares, each of which can end a request.

None of them reads a body, and none wraps a stream, so that event streams and disconnects pass through as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http import problems
from assistant.http.problems import Problem
from assistant.http.tokens import COOKIE, Tokens

PROBES = frozenset({"/healthz", "/readyz"})
"""For whoever watches the service: without a token and without a limit."""
OPEN = PROBES | {"/login"}
"""What does without a token: the probes, and where the page takes one."""
OPEN_UNDER = "/static/"
"""Style and script of the page, the same for everybody."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""On every response; a route may set one of them itself."""


class SecurityHeaders:
    """Adds `HEADERS` where the route has not set them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


class Hosts:
    """Refuses requests that call the service by a name that is not one of its own."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._hosts and _host(Headers(scope=scope)) not in self._hosts:
            detail = "This service is not called by that name. Use the address it printed when it started."
            await refuse(Problem(HTTPStatus.MISDIRECTED_REQUEST, detail), scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _host(headers: Headers) -> str:
    """Without the port; an IPv6 address without its brackets."""
    host = headers.get("host", "").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


class Cors(CORSMiddleware):
    """Starlette's, with problem details where it refuses."""

    def preflight_response(self, request_headers: Headers) -> Response:
        answered = super().preflight_response(request_headers)
        if answered.status_code < HTTPStatus.BAD_REQUEST:
            return answered
        problem = Problem(HTTPStatus.BAD_REQUEST, "Pages of that origin may not make this request.")
        return JSONResponse(
            problems.details(problem, None).model_dump(exclude_none=True),
            problem.status,
            media_type=problems.MEDIA_TYPE,
        )


class Auth:
    """Asks for a token where there are any, except for `OPEN`."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = self._problem(scope) if scope["type"] == "http" else None
        if problem is not None:
            await refuse(problem, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _problem(self, scope: Scope) -> Problem | None:
        path = scope["path"]
        if not self._tokens or path in OPEN or path.startswith(OPEN_UNDER):
            return None
        shown = Headers(scope=scope).getlist("authorization")
        if len(shown) > 1:
            return Problem(HTTPStatus.BAD_REQUEST, "There are several Authorization headers. Send one.")
        if self._tokens.caller(scope) is not None:
            return None
        return _wrong() if shown else _missing()


def _missing() -> Problem:
    detail = "A token is needed. Send it as: Authorization: Bearer TOKEN"
    return Problem(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": 'Bearer realm="crosscheck"'})


def _wrong() -> Problem:
    detail = "That token is not known. Ask the operator for one and send it as: Authorization: Bearer TOKEN"
    challenge = 'Bearer realm="crosscheck", error="invalid_token"'
    return Problem(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": challenge})


def sign_in(request: Request, response: Response, token: str) -> bool:
    """Lets the browser that gets this response in, by a cookie that scripts and other sites cannot use.

    False, and no cookie, where the token is none of the operator's.
    """
    tokens: Tokens = request.app.state.tokens
    if not tokens.admit(token):
        return False
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, tokens.session(token), httponly=True, samesite="strict", secure=secure)
    return True


def signed_in(request: Request) -> bool:
    """Whether the request may see what needs a token."""
    tokens: Tokens = request.app.state.tokens
    return not tokens or tokens.caller(request.scope) is not None


async def refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Ends the request with problem details."""
    await problems.response(problem, Request(scope))(scope, receive, send)
