"""Asking, searching and checking."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from assistant.http.questions import Asked, Stated
from assistant.http.service import Service, Stop, service_of
from assistant.models import Answer, Check

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post("/query", summary="Answer a question from the articles, with sources and contradictions.")
async def query(asked: Asked, request: Request, service: Annotated[Service, Depends(service_of)]) -> Answer:
    """The same answer, byte for byte but for its timings, as `crosscheck ask --json` prints."""
    question = asked.as_question()

    def work(_: Stop) -> Answer:
        return service.desk.ask(question)

    return await service.run(request, work)


@router.post("/check", summary="Say whether the articles bear a statement out.")
async def check(stated: Stated, request: Request, service: Annotated[Service, Depends(service_of)]) -> Check:
    """As `crosscheck check --json`."""
    statement = stated.as_question()

    def work(_: Stop) -> Check:
        return service.desk.check(statement)

    return await service.run(request, work)
