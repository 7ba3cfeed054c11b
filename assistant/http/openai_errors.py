"""Errors in OpenAI's own form, for the addresses that OpenAI's clients call. Elsewhere they are problem details."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from pydantic import BaseModel, Field

_ADDRESSES = ("/v1/chat/", "/v1/models")
_WRONG, _FAILED = ("invalid_request_error", "invalid_request"), ("server_error", "server_error")
_KINDS: Mapping[HTTPStatus, tuple[str, str]] = {
    HTTPStatus.UNAUTHORIZED: ("authentication_error", "invalid_api_key"),
    HTTPStatus.FORBIDDEN: ("permission_error", "forbidden"),
    HTTPStatus.NOT_FOUND: ("invalid_request_error", "not_found"),
    HTTPStatus.TOO_MANY_REQUESTS: ("rate_limit_error", "rate_limit_exceeded"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("server_error", "overloaded"),
    HTTPStatus.GATEWAY_TIMEOUT: ("server_error", "timeout"),
}
"""Type and code by status; of other statuses, the one of requests or the one of servers."""


class Refusal(BaseModel):
    """What is wrong, and what to do about it."""

    message: str = Field(examples=["The question has no words. Ask something like: When was the bridge opened?"])
    type: str = Field(examples=["invalid_request_error"])
    param: None = None
    code: str = Field(examples=["invalid_request"])


class ErrorReply(BaseModel):
    """The body of every error on these addresses."""

    error: Refusal


def are_read_at(path: str) -> bool:
    """Whether whoever calls this address reads OpenAI's errors."""
    return path.startswith(_ADDRESSES)


def status_of(status: HTTPStatus) -> HTTPStatus:
    """As OpenAI has it: what cannot be processed is a bad request."""
    return HTTPStatus.BAD_REQUEST if status == HTTPStatus.UNPROCESSABLE_ENTITY else status


def reply(status: HTTPStatus, detail: str) -> ErrorReply:
    kind, code = _KINDS.get(status, _FAILED if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _WRONG)
    return ErrorReply(error=Refusal(message=detail, type=kind, code=code))
