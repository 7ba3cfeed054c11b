"""What stands around the routes, and in which order."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.http.access import Access
from assistant.http.bodies import Bodies
from assistant.http.metrics import Metrics
from assistant.http.options import ServerOptions
from assistant.http.rates import RateLimit
from assistant.http.security import Auth, Cors, Hosts, SecurityHeaders
from assistant.http.signing_in import SignIn
from assistant.http.tokens import Tokens


def install(app: FastAPI, options: ServerOptions) -> None:
    """Inside first: a body is read only of who was let in, and who guesses tokens is slowed down before they are
    compared. Whatever ends a request has its headers, its id and its line in the log.
    """
    app.state.tokens = tokens = Tokens(options.tokens)
    app.state.metrics = metrics = Metrics(app.state.service)
    app.add_middleware(Bodies, options=options)
    app.add_middleware(Auth, tokens=tokens)
    app.add_middleware(SignIn, tokens=tokens)
    app.add_middleware(RateLimit, tokens=tokens, per_minute=options.per_minute)
    if options.cors:
        app.add_middleware(
            Cors,
            allow_origins=options.cors,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=("Authorization", "Content-Type", "X-Request-ID"),
            expose_headers=("Retry-After", "X-Request-ID"),
        )
    app.add_middleware(Hosts, hosts=options.hosts)
    app.add_middleware(Access, metrics=metrics)
    app.add_middleware(SecurityHeaders)
