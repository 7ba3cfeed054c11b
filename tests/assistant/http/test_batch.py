"""Batches: a record for each question, in their order, and none that ends the others."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.wiring import Desk
from tests.assistant.http.serving_slowly import SlowDesk, served, soon

FERRY = "How many people died when the ferry sank?"
CHIP = "How much better is Maia 200's performance per dollar?"


def records(client: TestClient, body: str | bytes) -> list[dict[str, object]]:
    reply = client.post("/v1/batch", content=body, headers={"content-type": "application/x-ndjson"})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in reply.text.splitlines()]


def lines(*questions: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in questions)


def test_a_list_and_lines_give_the_same_records(client: TestClient) -> None:
    asked = [{"id": "a", "question": FERRY}, {"question": CHIP, "publishers": ["Nobody"]}, {"question": CHIP}]
    as_lines = records(client, lines(*asked))
    as_list = [json.loads(line) for line in client.post("/v1/batch", json={"questions": asked}).text.splitlines()]
    for record in (*as_lines, *as_list):
        if isinstance(answer := record.get("answer"), dict):
            del answer["timings_ms"]
    assert as_lines == as_list
    assert [one["kind"] for one in as_lines] == ["answered", "failed", "answered"]


def test_records_come_in_the_order_of_the_questions(client: TestClient) -> None:
    found = records(client, lines(*({"id": str(n), "question": CHIP if n % 2 else FERRY} for n in range(8))))
    assert [one["line"] for one in found] == list(range(1, 9))
    assert [one["answer"]["id"] for one in found] == [str(n) for n in range(8)]  # type: ignore[index]


WRONG = (
    (b"{", None, "The line is no JSON that can be read:"),
    (b'"question"', None, "The line is no object."),
    (b'{"id": "w", "question": "?"}', "w", "The question has no words."),
    (b'{"id": "w"}', "w", "question: Field required."),
    (b'{"id": "w", "question": "Who?", "colour": 1}', "w", "colour: Extra inputs are not permitted."),
    (b'{"id": 7, "question": "Who?"}', None, "id: Input should be a valid string."),
    (b'{"question": "Who?", "since": "yesterday"}', None, "since: 'yesterday' is no day; write it as YYYY-MM-DD"),
    (b'{"question": "Who?", "since": 20260101}', None, "since: a day is a string; write it as YYYY-MM-DD"),
    (b'{"question": "Who?", "as_of": "20260101"}', None, "as_of: '20260101' is no day; write it as YYYY-MM-DD"),
    (b'{"question": "Who?", "since": "2026-02-30"}', None, "since: Input should be a valid date"),
    (b'{"question": "Who?", "explain": 1}', None, "explain: Input should be a valid boolean."),
    (b'{"question": "Who?", "top_k": "3"}', None, "top_k: Input should be a valid integer."),
    (b'{"question": "Who?", "since": "2026-02-01", "until": "2026-01-01"}', None, "since (2026-02-01) is later than"),
    (b'{"question": "\xff"}', None, "The line is no JSON that can be read:"),
    (b'{"question": "\\ud800"}', None, "The line is no JSON that can be read:"),
    (b"[" * 5_000, None, "The line is no JSON that can be read:"),
    (b"9" * 5_000, None, "The line is no"),
)


@pytest.mark.parametrize(("line", "known", "error"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_line_is_a_record_and_the_others_are_answered(
    client: TestClient, line: bytes, known: str | None, error: str
) -> None:
    first, second = records(client, line + b"\n\n" + lines({"question": CHIP}).encode())
    assert (first["kind"], first["line"], first["id"]) == ("failed", 1, known)
    assert str(first["error"]).startswith(error)
    assert (second["kind"], second["line"]) == ("answered", 3)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "sentence"),
    [
        (b"", "application/x-ndjson", 422, "The batch holds no question."),
        (b"{}", "application/json", 422, "The body is no batch."),
        (b'{"questions": {}}', "application/json", 422, "The body is no batch."),
        (b'{"questions": [], "more": 1}', "application/json", 422, "The body is no batch."),
        (b'{"questions": []}', "application/json", 422, "The batch holds no question."),
        (b"{", "application/json; charset=utf-8", 422, "The body is no JSON that can be read:"),
        (b"question", "text/csv", 415, "A batch of the type 'text/csv' cannot be read."),
    ],
)
def test_what_is_no_batch_is_refused_with_what_to_send(
    client: TestClient, body: bytes, content_type: str, status: int, sentence: str
) -> None:
    refused = client.post("/v1/batch", content=body, headers={"content-type": content_type})
    assert refused.status_code == status
    assert refused.json()["detail"].startswith(sentence)


def test_a_batch_that_is_too_long_is_refused_whole(desk: Desk) -> None:
    with TestClient(create_app(desk, ServerOptions(batch_lines=2))) as client:
        three = [{"question": CHIP}] * 3
        assert client.post("/v1/batch", json={"questions": three[:2]}).status_code == 200
        refused = client.post("/v1/batch", json={"questions": three})
    assert refused.status_code == 413
    assert "more than 2 questions" in refused.json()["detail"]


def test_a_batch_asks_a_few_at_a_time_and_stops_where_the_client_goes(tmp_path: Path) -> None:
    desk = SlowDesk(tmp_path)
    asked = {"questions": [{"question": f"Who was number {n}?"} for n in range(20)]}
    with served(desk, ServerOptions(workers=2)) as address, httpx.Client(base_url=address) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post("/v1/batch", json=asked, timeout=0.4)
        assert soon(lambda: len(desk.stopped) == 2)
        assert len(desk.begun) == 2


def test_a_batch_waits_for_a_full_queue_rather_than_fail(tmp_path: Path) -> None:
    desk = SlowDesk(tmp_path)
    options = ServerOptions(workers=1, waiting=0, timeout=0.5)
    with served(desk, options) as address:
        other = Thread(target=httpx.post, args=(f"{address}/v1/query",), kwargs={"json": {"question": "Who else?"}})
        other.start()
        assert desk.at_work.wait(3)
        reply = httpx.post(f"{address}/v1/batch", json={"questions": [{"question": "Who?"}]})
        other.join()
    assert "took longer than" in json.loads(reply.text)["error"]
    assert desk.begun == ["Who else?", "Who?"]
