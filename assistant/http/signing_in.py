"""How a browser is let in where tokens are asked for: pages show a form instead of an error that only programs read.

The cookie is `security`'s; what it lets in is read and asked, and it is never sent from other sites' pages.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.http import templating
from assistant.http.security import sign_in
from assistant.http.tokens import Tokens

_PAGES_UNDER = "/articles/"
_UNKNOWN = "That token is not known here. Check that all of it was copied."
_FORM_BYTES = 10_000


class SignIn:
    """Answers a page that nobody signed in for with the form, at the page's own address."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._tokens and _is_for_people(scope) and not self._tokens.caller(scope):
            await form(_address(Request(scope)))(scope, receive, send)
            return
        await self._app(scope, receive, send)


def form(following: str, problem: str | None = None) -> Response:
    """The form; `following` is where it leads."""
    status = HTTPStatus.FORBIDDEN if problem else HTTPStatus.UNAUTHORIZED
    challenge = {} if problem else {"WWW-Authenticate": 'Bearer realm="crosscheck"'}
    body = templating.rendered("login.html", {"following": following, "problem": problem})
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store", **challenge})


async def signed(request: Request) -> Response:
    """What a form that was sent leads to."""
    typed = parse_qs((await request.body())[:_FORM_BYTES].decode(errors="replace"))
    following = local(typed.get("next", [""])[0])
    response = RedirectResponse(following, HTTPStatus.SEE_OTHER)
    if not sign_in(request, response, typed.get("token", [""])[0].strip()):
        return form(following, _UNKNOWN)
    return response


def local(address: str) -> str:
    """An address of a page of this server, else that of the first page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    ours = not parts.scheme and not parts.netloc and _is_page(parts.path)
    return address if ours and address.isprintable() and "\\" not in address else "/"


def _is_for_people(scope: Scope) -> bool:
    """A program that shows a token, right or wrong, is answered as programs are."""
    return scope["method"] == "GET" and _is_page(scope["path"]) and "authorization" not in Headers(scope=scope)


def _is_page(path: str) -> bool:
    return path == "/" or path.startswith(_PAGES_UNDER)


def _address(request: Request) -> str:
    """The page as it was asked for, as the browser wrote it."""
    path = request.scope.get("raw_path", b"").decode("latin-1").partition("?")[0] or request.url.path
    return local(f"{path}?{request.url.query}" if request.url.query else path)
