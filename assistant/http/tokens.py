"""Bearer tokens: where they come from, who is let in, and which addresses do without.

Tokens are kept and compared as digests, all of them each time, so that the time a comparison takes tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.types import Scope

from assistant.errors import BadInput

VARIABLE = "CROSSCHECK_TOKENS"
COOKIE = "crosscheck_session"
_SHORTEST = 16
_FORM = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What a bearer token may be made of (RFC 6750, section 2.1)."""


class Tokens:
    """Those that are let in. False where there are none, and everybody is."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._digests = tuple(_digest(token) for token in tokens)
        self._key = secrets.token_bytes(32)

    def __bool__(self) -> bool:
        return bool(self._digests)

    def admit(self, token: str) -> bool:
        """Whether it is one of these, in constant time."""
        return self._which(_digest(token), self._digests) is not None

    def session(self, token: str) -> str:
        """What the cookie of a browser that gave this token holds: not the token, and nothing after a restart."""
        return self._sealed(_digest(token))

    def caller(self, scope: Scope) -> str | None:
        """A short name for the token that the request shows, by header or cookie; None where it shows none of these."""
        request = Request(scope)
        found = None
        if (token := bearer(request)) is not None:
            found = self._which(_digest(token), self._digests)
        elif (cookie := request.cookies.get(COOKIE)) is not None:
            sessions = [self._sealed(digest).encode() for digest in self._digests]
            found = self._which(cookie.encode(), sessions)
        return None if found is None else self._digests[found].hex()[:8]

    @staticmethod
    def _which(one: bytes, of: Sequence[bytes]) -> int | None:
        """Compares with every one, so that the place of the right one does not show."""
        found = None
        for place, other in enumerate(of):
            if hmac.compare_digest(one, other):
                found = place
        return found

    def _sealed(self, digest: bytes) -> str:
        return hmac.new(self._key, digest, hashlib.sha256).hexdigest()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


def bearer(request: Request) -> str | None:
    """The token of the Authorization header, None where there is none or it is of another kind."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def read(file: Path | None, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Tokens of the file, one a line, and of CROSSCHECK_TOKENS, between blanks or commas. Raises BadInput."""
    given = re.split(r"[\s,]+", environment.get(VARIABLE, ""))
    lines = _lines(file) if file else []
    tokens = tuple(dict.fromkeys(token for token in (*given, *lines) if token))
    for number, token in enumerate(tokens, start=1):
        _refuse_weak(number, token)
    if file and not lines:
        raise BadInput(f"There is no token in {str(file)!r}. Write one a line.")
    return tokens


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The tokens cannot be read from {str(file)!r} ({error}). Name a text file.") from error
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


def _refuse_weak(number: int, token: str) -> None:
    """Without showing it."""
    if len(token) < _SHORTEST or not _FORM.fullmatch(token):
        raise BadInput(
            f"Token number {number} has fewer than {_SHORTEST} characters, or others than letters, digits and "
            "._~+/-=. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )


def refuse_open(host: str, tokens: Sequence[str]) -> None:
    """Raises BadInput where others than this machine could ask without a token."""
    if not tokens and not loopback(host):
        raise BadInput(
            f"{host!r} can be reached from other machines, so a token is needed. Put one into the environment as "
            f"{VARIABLE} or into a file for --token-file, or leave --host away."
        )


def loopback(host: str) -> bool:
    """Whether only this machine can reach that address. Raises BadInput for a name that nobody knows."""
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host or None, 0, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise BadInput(f"There is no address {host!r} to listen on ({error}). Give one such as 127.0.0.1.") from error
    return bool(host) and all(ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in found)
