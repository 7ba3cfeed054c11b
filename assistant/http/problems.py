"""Errors as RFC 9457 problem details: what went wrong, and what to do about it.

Which error of the core has which status stands in one table. No detail ever holds a path of the server.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from assistant.errors import BadInput
from assistant.http import openai_errors
from index.errors import NothingPublished, NoWorkspace, UnknownArticle, UnknownPublisher, WorkspaceBusy, WorkspaceError
from index.model_files import ModelError

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("crosscheck.http")


class ProblemDetails(BaseModel):
    """The body of every error (RFC 9457)."""

    type: str = Field(default="about:blank", examples=["about:blank"])
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["top-k is 0; give a number from 1 to 100."])
    instance: str | None = Field(default=None, description="The id of the request, as the log has it.")


class Problem(Exception):
    """Ends a request with a status and a sentence for whoever sent it."""

    def __init__(self, status: HTTPStatus, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


_STATUSES: tuple[tuple[type[Exception], HTTPStatus, str | None], ...] = (
    (BadInput, HTTPStatus.UNPROCESSABLE_ENTITY, None),
    (UnknownPublisher, HTTPStatus.UNPROCESSABLE_ENTITY, None),
    (UnknownArticle, HTTPStatus.NOT_FOUND, None),
    (WorkspaceBusy, HTTPStatus.SERVICE_UNAVAILABLE, "Another process is writing to the workspace. Try again shortly."),
    (NoWorkspace, HTTPStatus.SERVICE_UNAVAILABLE, "There is no workspace yet. The operator has to ingest articles."),
    (NothingPublished, HTTPStatus.SERVICE_UNAVAILABLE, "The workspace is being made. Try again shortly."),
    (WorkspaceError, HTTPStatus.SERVICE_UNAVAILABLE, "The workspace cannot be used. The operator's log says why."),
    (ModelError, HTTPStatus.SERVICE_UNAVAILABLE, "A model cannot be opened. The operator's log says why."),
)
"""The first row that fits decides. A sentence that is not None replaces the error's own, which may name paths."""


def problem_of(error: Exception) -> Problem | None:
    """None for an error that nobody foresaw."""
    if isinstance(error, Problem):
        return error
    for kind, status, detail in _STATUSES:
        if isinstance(error, kind):
            headers = {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
            return Problem(status, detail or str(error), headers=headers)
    return None


def any_problem(error: Exception, request_id: str | None) -> Problem:
    """As `problem_of`, for a response that has begun; what nobody foresaw goes to the log."""
    found = problem_of(error)
    if found is not None:
        return found
    _log.error("unforeseen", exc_info=error, extra={"request_id": request_id})
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, UNFORESEEN)


def details(problem: Problem, request_id: str | None) -> ProblemDetails:
    return ProblemDetails(
        title=problem.status.phrase, status=problem.status.value, detail=problem.detail, instance=request_id
    )


def response(problem: Problem, request: Request) -> Response:
    """Problem details, or OpenAI's own form where its clients call."""
    if openai_errors.are_read_at(request.url.path):
        refused = openai_errors.reply(problem.status, problem.detail).model_dump()
        return JSONResponse(refused, openai_errors.status_of(problem.status), headers=problem.headers)
    request_id = getattr(request.state, "request_id", None)
    body = details(problem, request_id).model_dump(exclude_none=True)
    return JSONResponse(body, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Every way in which a request can fail ends in problem details."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    for kind, _, _ in _STATUSES:
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(Problem, _known)
    app.add_exception_handler(Exception, _unforeseen)


async def _known(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    assert problem is not None
    if isinstance(error, (WorkspaceError, ModelError)) and problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s", error, extra={"request_id": getattr(request.state, "request_id", None)})
    return response(problem, request)


async def _plain(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: no such route, no such method."""
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    detail = _EXPLAINED.get(status, str(error.detail))
    headers = {"Allow": _allowed(request)} if status == HTTPStatus.METHOD_NOT_ALLOWED else error.headers
    return response(Problem(status, detail, headers=headers), request)


def _allowed(request: Request) -> str:
    """All methods of an address; the framework names those of its first route alone."""
    routes = request.app.routes
    tried = ((method, {**request.scope, "method": method}) for method in ("GET", "HEAD", "POST", "DELETE"))
    return ", ".join(method for method, scope in tried if any(one.matches(scope)[0] == Match.FULL for one in routes))


_EXPLAINED = {
    HTTPStatus.BAD_REQUEST: "The body cannot be read. Send JSON in UTF-8, no deeper and no longer than it has to be.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address. GET /docs lists what there is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method. GET /docs says which it takes.",
}


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    sentences = list(dict.fromkeys(_sentence(one) for one in errors[:_TOLD]))
    if len(errors) > _TOLD:
        sentences.append(f"And {len(errors) - _TOLD:,} more.")
    return response(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, " ".join(sentences)), request)


_NO_OBJECT = frozenset({"missing", "model_type", "model_attributes_type", "dict_type"})
_TOLD = 10
_NAMED = 100
"""Errors that are told of one request, and characters of the name of a field: a body may have any number of either."""


def _sentence(part: Mapping[str, object]) -> str:
    location = part.get("loc")
    where = ".".join(str(one)[:_NAMED] for one in location[1:]) if isinstance(location, (tuple, list)) else ""
    message = str(part.get("msg", "is wrong")).removeprefix("Value error, ")
    if part.get("type") == "json_invalid":
        return 'The body is no JSON that can be read. Send an object such as {"question": "..."}.'
    if not where and part.get("type") in _NO_OBJECT:
        return "The body is no JSON object. Send one, with Content-Type: application/json. GET /docs shows it."
    return f"{where}: {message}." if where else f"The body is wrong: {message}."


async def _unforeseen(request: Request, error: Exception) -> Response:
    _log.error("unforeseen", exc_info=error, extra={"request_id": getattr(request.state, "request_id", None)})
    return response(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, UNFORESEEN), request)


UNFORESEEN = "The server failed in a way nobody foresaw. The operator's log has it under the id of this request."
