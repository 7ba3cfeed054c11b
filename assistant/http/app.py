"""The app: routes, errors and what stands around them, put together.

The only module that makes a FastAPI; who opens and closes the workspace is `server`.
"""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI
from pydantic import JsonValue

from assistant.http import describing, guards, problems
from assistant.http.metrics import observe_batch
from assistant.http.options import ServerOptions
from assistant.http.routes import articles, batch, conflicts, docs, health, login, openai, page, queries, search, stream
from assistant.http.service import Service
from assistant.wiring import Desk

_ROUTERS = (
    queries.router,
    stream.router,
    search.router,
    batch.router,
    articles.router,
    conflicts.router,
    openai.router,
    docs.router,
    page.router,
    login.router,
    health.router,
)


class _App(FastAPI):
    def openapi(self) -> dict[str, JsonValue]:
        """The document, made once."""
        if self.openapi_schema is None:
            options = self.state.service.options
            self.openapi_schema = describing.described(super().openapi(), tokens=bool(options.tokens))
        return self.openapi_schema


def create_app(desk: Desk | None, options: ServerOptions) -> FastAPI:
    """Serves one open workspace, or one that its service is given later; as many apps as one likes may be made."""
    app = _App(
        title="Crosscheck",
        summary="Answers from articles, with their sources, and where these contradict each other.",
        version="1",
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = service = Service(desk, options)
    problems.install(app)
    guards.install(app, options)
    service.watch_passes(partial(observe_batch, app, kind="pass"))
    for router in _ROUTERS:
        app.include_router(router, responses=describing.PROBLEMS)
    return app
