"""Chat completions as OpenAI's clients know them, so that any of them can ask.

The answer is worked out before the first byte of the reply, so that an error has its own status when streaming too.
"""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from assistant.followups import Rewritten
from assistant.http.completions import (
    MODEL,
    Choice,
    Chunk,
    ChunkChoice,
    Completing,
    Completion,
    Delta,
    ModelCard,
    ModelList,
    Reply,
    Usage,
)
from assistant.http.conversation import understood
from assistant.http.logs import note_question
from assistant.http.metrics import observe_answer
from assistant.http.openai_errors import ErrorReply
from assistant.http.problems import Problem
from assistant.http.service import Service, Stop, service_of
from assistant.markdown_answer import as_markdown, escaped
from assistant.models import Answer, Question, ask
from assistant.records import one_line

router = APIRouter(
    prefix="/v1",
    tags=["for OpenAI clients"],
    responses={"default": {"model": ErrorReply, "description": "What went wrong, in OpenAI's own form."}},
)
_PIECES = re.compile(r".*?(?:\n\n|(?<=\]) |$)", re.DOTALL)
"""A streamed reply comes sentence by sentence: up to a citation's end or a paragraph's."""


@router.post(
    "/chat/completions",
    summary="Answer the last question of a chat, in the light of those before.",
    response_model=Completion,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def complete(asked: Completing, request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The answer as Markdown, and as /v1/query gives it in `crosscheck`."""
    _known(asked.model)
    meant = understood(asked.messages)
    question = _question(asked, meant.text)
    note_question(request, question.text)

    def work(stop: Stop) -> Answer:
        return service.desk.ask(question, watch=lambda _: stop.check())

    answer = await service.run(request, work)
    observe_answer(request.app, answer)
    if asked.stream:
        usage = asked.stream_options is not None and bool(asked.stream_options.include_usage)
        return StreamingResponse(_events(answer, meant, usage=usage), media_type="text/event-stream")
    return Response(_completion(answer, meant).model_dump_json(), media_type="application/json")


@router.get("/models", summary="List the one model there is.")
async def models() -> ModelList:
    return ModelList(data=[ModelCard()])


@router.get("/models/{model}", summary="Tell of the one model there is.")
async def model_card(model: str) -> ModelCard:
    _known(model)
    return ModelCard()


def _question(asked: Completing, text: str) -> Question:
    """Raises BadInput."""
    filters = asked.crosscheck
    return ask(
        text,
        as_of=filters.as_of,
        publishers=tuple(filters.publishers),
        since=filters.since,
        until=filters.until,
        top_k=filters.top_k,
    )


def _known(model: str) -> None:
    if model != MODEL:
        raise Problem(HTTPStatus.NOT_FOUND, f"There is no model {model!r}. Name {MODEL!r}.")


def _completion(answer: Answer, meant: Rewritten) -> Completion:
    choice = Choice(message=Reply(content=_reply(answer, meant)))
    return Completion(id=_id(answer), created=int(time.time()), choices=[choice], crosscheck=answer)


def _reply(answer: Answer, meant: Rewritten) -> str:
    """The answer; before it what was asked, where a follow-up was written out or could not be."""
    parts = [f"*Asked as:* {escaped(meant.text)}"] if meant.changed else []
    parts += [f"*Not sure:* {escaped(meant.because)}"] if meant.because and not meant.sure else []
    return "\n\n".join([*parts, as_markdown(answer)])


def _id(answer: Answer) -> str:
    return f"chatcmpl-{answer.id}"


async def _events(answer: Answer, meant: Rewritten, *, usage: bool) -> AsyncIterator[str]:
    for chunk in _chunks(answer, meant, usage=usage):
        yield f"data: {one_line(chunk)}\n\n"
    yield "data: [DONE]\n\n"


def _chunks(answer: Answer, meant: Rewritten, *, usage: bool) -> Iterator[Chunk]:
    name, created = _id(answer), int(time.time())
    pieces = filter(None, _PIECES.findall(_reply(answer, meant)))
    for delta in (Delta(role="assistant", content=""), *(Delta(content=piece) for piece in pieces)):
        yield Chunk(id=name, created=created, choices=[ChunkChoice(delta=delta)])
    last = ChunkChoice(delta=Delta(), finish_reason="stop")
    yield Chunk(id=name, created=created, choices=[last], crosscheck=answer)
    if usage:
        yield Chunk(id=name, created=created, choices=[], usage=Usage())
