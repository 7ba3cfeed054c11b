"""Passages alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from assistant.asking import Sought
from assistant.http.logs import note_question
from assistant.http.service import Service, Stop, service_of
from assistant.searching import Search, shown

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post("/search", summary="Find the passages nearest to some words.")
async def search(sought: Sought, request: Request, service: Annotated[Service, Depends(service_of)]) -> Search:
    """The passages of `crosscheck search --json`; no reader, and so no answer."""
    question = sought.as_question()
    note_question(request, question.text)

    def work(_: Stop) -> Search:
        return shown(service.desk.search(question))

    return await service.run(request, work)
