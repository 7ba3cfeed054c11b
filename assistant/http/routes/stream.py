"""An answer as it comes about: one event for each stage, the answer itself last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from assistant.asking import Asked
from assistant.http import events
from assistant.http.logs import note_question
from assistant.http.metrics import observe_answer
from assistant.http.problems import any_problem, details
from assistant.http.service import Gone, Service, Stop, service_of
from assistant.models import Answer, Question
from assistant.stages import Stage

router = APIRouter(prefix="/v1", tags=["questions"])

_EXAMPLE = """event: passages
data: {"question": "When was the bridge opened?", "hits": [...], "warnings": [], "generation": 12}

event: claims
data: {"question": "When was the bridge opened?", "claims": [{"article_id": "tolm", "start": 0, "end": 38,
data: "quote": "The bridge was opened in May 2025.", "score": 0.93}]}

event: conflicts
data: {"question": "When was the bridge opened?", "conflicts": []}

event: answer
data: {"id": "q-1f0c", "question": "When was the bridge opened?", "status": "single_source", ...}
"""
_KEEP_ALIVE = 10
"""Seconds between comments that keep a silent connection open."""
_BEFORE_HEADERS = 1.0
"""Seconds that the first stage has before the stream is begun without it: what fails earlier has its own status."""


@router.post(
    "/query/stream",
    summary="Answer a question, telling each stage as it ends.",
    response_class=EventSourceResponse,
    responses={
        200: {
            "description": "Server-sent events: `passages`, `claims` and `conflicts` (for each question in the text), "
            "then `answer`, as /v1/query gives it; or `problem`, as errors have it.",
            "content": {"text/event-stream": {"example": _EXAMPLE}},
        }
    },
)
async def stream(
    asked: Asked, request: Request, service: Annotated[Service, Depends(service_of)]
) -> EventSourceResponse:
    """Any client of server-sent events can read it; whoever closes it stops the work."""
    question = asked.as_question()
    note_question(request, question.text)
    telling = _Telling(question, request, service)
    await telling.begun()
    return EventSourceResponse(telling.events(), ping=_KEEP_ALIVE, shutdown_grace_period=service.options.drain)


class _Telling:
    """One question at work, and what it has told so far."""

    def __init__(self, question: Question, request: Request, service: Service) -> None:
        self._app = request.app
        self._request_id = getattr(request.state, "request_id", None)
        self._told: asyncio.Queue[Stage | None] = asyncio.Queue()
        self._begun = asyncio.Event()
        loop = asyncio.get_running_loop()

        def work(stop: Stop) -> Answer:
            def watch(stage: Stage) -> None:
                stop.check()
                loop.call_soon_threadsafe(self._tell, stage)

            return service.desk.ask(question, watch=watch)

        self._work = asyncio.ensure_future(service.run(request, work))
        self._work.add_done_callback(lambda _: self._tell(None))

    def _tell(self, stage: Stage | None) -> None:
        self._told.put_nowait(stage)
        self._begun.set()

    async def begun(self) -> None:
        """Waits for the first stage, though not for long. Raises what the work raises before that."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._begun.wait(), _BEFORE_HEADERS)
        if self._work.done() and self._told.qsize() == 1:
            self._work.result()

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """All of them; ends the work where nobody reads on."""
        try:
            while (stage := await self._told.get()) is not None:
                yield events.of_stage(stage)
            answer = self._work.result()
            observe_answer(self._app, answer)
            yield events.of_answer(answer)
        except Gone:
            return
        except Exception as error:  # the stream has begun, so that no status can tell of it
            yield events.of_problem(details(any_problem(error, self._request_id), self._request_id))
        finally:
            self._work.cancel()
