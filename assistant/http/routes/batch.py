"""Many questions in one request: a record each, in the order of the questions, as soon as it is there."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from http import HTTPStatus
from itertools import islice
from typing import Annotated

import pydantic_core
from fastapi import APIRouter, Depends, Request
from starlette.responses import StreamingResponse

from assistant.http.logs import note_question
from assistant.http.metrics import observe_answer, observe_batch
from assistant.http.problems import Problem, any_problem
from assistant.http.service import Gone, Service, Stop, service_of
from assistant.models import Answer
from assistant.records import Answered, Failed, Line, Record, one_line, read_lines, read_value

router = APIRouter(prefix="/v1", tags=["questions"])

_LINES = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")
_ASKED = {
    "anyOf": [
        {"$ref": "#/components/schemas/Asked"},
        {"description": "Anything else becomes a record that says what is wrong with it."},
    ]
}
_BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {"questions": {"type": "array", "items": _ASKED, "minItems": 1}},
                "required": ["questions"],
                "additionalProperties": False,
            },
            "example": {"questions": [{"id": "1", "question": "When was the bridge opened?"}]},
        },
        "application/x-ndjson": {
            "schema": {"type": "string"},
            "example": '{"id": "1", "question": "When was the bridge opened?"}\n{"id": "2", "question": "By whom?"}\n',
        },
    },
}
_EXAMPLE = '{"kind": "answered", "line": 1, "answer": {...}}\n{"kind": "failed", "line": 2, "error": "..."}\n'


class RecordLines(StreamingResponse):
    """JSON lines."""

    media_type = "application/x-ndjson"


@router.post(
    "/batch",
    summary="Answer many questions, a record each.",
    response_class=RecordLines,
    responses={
        200: {
            "description": "JSON lines: a record for each question, in their order. A question that cannot be answered "
            "has a record that says why.",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        }
    },
    openapi_extra={"requestBody": _BODY},
)
async def batch(request: Request, service: Annotated[Service, Depends(service_of)]) -> RecordLines:
    """Questions as a JSON object with a list, or as JSON lines; each as /v1/query takes it."""
    lines = _read(await request.body(), request.headers.get("content-type", ""))
    some = list(islice(lines, service.options.batch_lines + 1))
    if len(some) > service.options.batch_lines:
        most = f"{service.options.batch_lines:,}"
        detail = f"The batch holds more than {most} questions, which is the most. Send it in parts."
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
    if not some:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"The batch holds no question. {_HOW}")
    observe_batch(request.app, len(some))
    return RecordLines(_records(some, request, service))


_HOW = 'Send {"questions": [{"question": "..."}]} as JSON, or one question a line as application/x-ndjson.'


def _read(body: bytes, content_type: str) -> Iterator[Line | Failed]:
    """Raises Problem."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _LINES:
        return read_lines(body)
    if kind not in ("application/json", ""):
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"A batch of the type {kind!r} cannot be read. {_HOW}")
    return _read_list(body)


def _read_list(body: bytes) -> Iterator[Line | Failed]:
    try:
        value = pydantic_core.from_json(body)
    except ValueError as error:
        detail = f"The body is no JSON that can be read: {error}. {_HOW}"
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from error
    questions = value.get("questions") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(questions, list):
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"The body is no batch. {_HOW}")
    return (read_value(one, number=number) for number, one in enumerate(questions, start=1))


async def _records(lines: Sequence[Line | Failed], request: Request, service: Service) -> AsyncIterator[str]:
    """A few questions are at work at a time: as many as there are workers. Ends them where nobody reads on."""
    waiting, at_work = iter(lines), deque[asyncio.Future[Record]]()
    try:
        while True:
            some = islice(waiting, service.options.workers - len(at_work))
            at_work.extend(asyncio.ensure_future(_record(line, request, service)) for line in some)
            if not at_work:
                return
            record = await at_work[0]
            at_work.popleft()
            yield one_line(record) + "\n"
    except Gone:
        return
    finally:
        for task in at_work:
            task.cancel()


async def _record(line: Line | Failed, request: Request, service: Service) -> Record:
    """Raises Gone."""
    if isinstance(line, Failed):
        return line

    def work(stop: Stop) -> Answer:
        return service.desk.ask(line.question, watch=lambda _: stop.check())

    note_question(request, line.question.text)
    try:
        await service.room()
        answer = await service.run(request, work)
        observe_answer(request.app, answer)
        return Answered(line=line.number, expected=line.expected, answer=answer)
    except Gone:
        raise
    except Exception as error:  # a failure is a record: the others of the batch go on
        problem = any_problem(error, getattr(request.state, "request_id", None))
        return Failed(line=line.number, id=line.question.id, expected=line.expected, error=problem.detail)
