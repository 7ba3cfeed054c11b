"""Asking, searching and checking."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from assistant.asking import Asked, Stated
from assistant.http.logs import note_question
from assistant.http.metrics import observe_answer, observe_check
from assistant.http.service import Service, Stop, service_of
from assistant.models import Answer, Check

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post("/query", summary="Answer a question from the articles, with sources and contradictions.")
async def query(asked: Asked, request: Request, service: Annotated[Service, Depends(service_of)]) -> Answer:
    """The same answer, byte for byte but for its timings, as `crosscheck ask --json` prints."""
    question = asked.as_question()
    note_question(request, question.text)

    def work(stop: Stop) -> Answer:
        return service.desk.ask(question, watch=lambda _: stop.check())

    answer = await service.run(request, work)
    observe_answer(request.app, answer)
    return answer


@router.post("/check", summary="Say whether the articles bear a statement out.")
async def check(stated: Stated, request: Request, service: Annotated[Service, Depends(service_of)]) -> Check:
    """As `crosscheck check --json`."""
    statement = stated.as_question()
    note_question(request, statement.text)

    def work(_: Stop) -> Check:
        return service.desk.check(statement)

    checked = await service.run(request, work)
    observe_check(request.app, checked)
    return checked
