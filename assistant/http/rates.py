"""How many requests a client may make in a minute.

A client is the token it shows, if that is one of the operator's, else the address it comes from (of IPv6 the network:
one machine has any number of addresses). What a header says of where it comes from is not believed.
"""

from __future__ import annotations

import ipaddress
import time
from http import HTTPStatus
from math import ceil

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.http.problems import Problem
from assistant.http.security import PROBES, refuse
from assistant.http.tokens import Tokens


class RateLimit:
    """Answers 429 to who asks too often; the probes may be asked at any rate."""

    def __init__(self, app: ASGIApp, tokens: Tokens, per_minute: int) -> None:
        self._app = app
        self._tokens = tokens
        self._allowed = RateLimitItemPerMinute(per_minute) if per_minute else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        counted = scope["type"] == "http" and scope["path"] not in PROBES
        if self._allowed is not None and counted:
            client = self._tokens.caller(scope) or _network(scope)
            if not await self._limiter.hit(self._allowed, client):
                await refuse(await self._problem(self._allowed, client), scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _problem(self, allowed: RateLimitItemPerMinute, client: str) -> Problem:
        until = (await self._limiter.get_window_stats(allowed, client)).reset_time
        seconds = min(max(ceil(until - time.time()), 1), 60)
        detail = f"More than {allowed.amount} requests in a minute. Try again in {seconds} seconds."
        return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})


def _network(scope: Scope) -> str:
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
