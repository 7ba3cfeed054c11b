"""Writes `assistant/http/examples.json`: what the service replies from the sample articles.

    python -m tests.assistant.http.make_examples WORKSPACE

where WORKSPACE holds the ingested sample articles and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import httpx
from fastapi.testclient import TestClient

from assistant import wiring
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.settings import load
from tests.conftest import ROOT

QUESTION = {"question": "Who designed the Veyle Narrows Bridge?"}
STATEMENT = {"statement": "Maia 200 was introduced in January 2026."}
CHAT = {"model": "crosscheck", "messages": [{"role": "user", "content": QUESTION["question"]}]}
ARTICLE = "maia-talks-pelham"
SPAN = {"start": 606, "end": 734}
METRICS = '# TYPE crosscheck_requests_total counter\ncrosscheck_requests_total{route="/v1/query",status="200"} 6.0\n'
PATIENCE = 120
"""Seconds for the audit of the sample articles."""


def example(reply: httpx.Response, *, parameters: dict[str, object] | None = None) -> dict[str, object]:
    """What was sent and what came back."""
    assert reply.is_success, reply.text
    body = json.loads(reply.request.content) if reply.request.content else None
    return {"parameters": parameters or {}, "body": body, "replies": {"application/json": reply.json()}}


def chat(client: TestClient) -> dict[str, object]:
    """As a whole and streamed, of which only the beginning and the end are shown."""
    whole = client.post("/v1/chat/completions", json=CHAT)
    events = client.post("/v1/chat/completions", json={**CHAT, "stream": True}).text.split("\n\n")
    shown = example(whole)
    replies = {"application/json": whole.json(), "text/event-stream": "\n\n".join([*events[:2], *events[-2:]])}
    return {**shown, "replies": replies}


def audited(client: TestClient) -> httpx.Response:
    deadline = time.monotonic() + PATIENCE
    while not (reply := client.get("/v1/conflicts", params={"limit": 1})).json()["complete"]:
        assert time.monotonic() < deadline
        time.sleep(1)
    return reply


def examples(client: TestClient) -> dict[str, object]:
    return {
        "POST /v1/query": example(client.post("/v1/query", json=QUESTION)),
        "POST /v1/query/stream": {"body": QUESTION},
        "POST /v1/check": example(client.post("/v1/check", json=STATEMENT)),
        "POST /v1/search": example(client.post("/v1/search", json={**QUESTION, "top_k": 2})),
        "GET /v1/articles": example(client.get("/v1/articles", params={"limit": 2})),
        "GET /v1/articles/{article_id}": example(
            client.get(f"/v1/articles/{ARTICLE}", params=SPAN), parameters={"article_id": ARTICLE, **SPAN}
        ),
        "DELETE /v1/articles/{article_id}": {"parameters": {"article_id": ARTICLE}},
        "GET /v1/conflicts": example(audited(client)),
        "POST /v1/chat/completions": chat(client),
        "GET /v1/models": example(client.get("/v1/models")),
        "GET /v1/models/{model}": example(client.get("/v1/models/crosscheck"), parameters={"model": "crosscheck"}),
        "GET /healthz": example(client.get("/healthz")),
        "GET /readyz": example(client.get("/readyz")),
        "GET /metrics": {"replies": {"text/plain": METRICS}},
    }


def main(workspace: Path) -> None:
    with wiring.opened(load({"workspace": workspace})) as desk, TestClient(create_app(desk, ServerOptions())) as client:
        text = json.dumps(examples(client), indent=1, ensure_ascii=False)
    (ROOT / "assistant" / "http" / "examples.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
