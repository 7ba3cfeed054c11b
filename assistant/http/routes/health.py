"""For whoever watches the service: whether it is alive, whether it can answer, and its counters."""

from __future__ import annotations

from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from assistant.http import metrics
from assistant.http.service import Service, service_of

router = APIRouter(tags=["operation"])


class Alive(BaseModel):
    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """What answers now."""

    generation: int = Field(examples=[3])
    articles: int = Field(examples=[34])
    model: str = Field(description="What encodes questions.", examples=["sentence-transformers/all-MiniLM-L6-v2"])


@router.get("/healthz", summary="Say that the process is alive.")
async def healthz() -> Alive:
    """200 as soon as the socket is open, and as long as requests are taken. Needs no token."""
    return Alive()


@router.get("/readyz", summary="Say whether questions can be answered.")
async def readyz(request: Request, service: Annotated[Service, Depends(service_of)]) -> Ready:
    """503 until index and models are loaded, or while the workspace cannot be read. Needs no token."""
    standing = await run_sync(service.desk.standing)
    metrics.of(request.app).generation.set(standing.generation)
    return Ready(generation=standing.generation, articles=standing.articles, model=standing.model)


@router.get(
    "/metrics",
    summary="Give counters in the format of Prometheus.",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Counters."}},
)
async def counters(request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """Requests, latencies by route and stage, batch sizes, abstentions, contradictions, queue, generation."""
    meters = metrics.of(request.app)
    if service.ready:
        meters.generation.set((await run_sync(service.desk.standing)).generation)
    return Response(meters.text(), headers={"content-type": metrics.CONTENT_TYPE})
