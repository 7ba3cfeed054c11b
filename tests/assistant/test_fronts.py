"""The same question through every front: the command line in a process of its own, HTTP, and a batch.

All give one answer, byte for byte but for how long it took. 20 questions by default; all of the sample's with
CROSSCHECK_ALL_QUESTIONS=1.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant import wiring
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.settings import load
from tests.assistant.planted import planted
from tests.conftest import Crosscheck

OTHERS = (
    "Who owns the moon?",
    "Maia 200",
    "When did the Narrows Bridge open, and what did it cost?",
    "How many people died when the ferry sank? What did the Narrows Bridge cost?",
    "Was ist die Hauptstadt — “Łódź” 東京?",
)
NORMALLY = 20


def questions() -> list[str]:
    """Those that are answered, and some that are not, are several or are none."""
    of_sample = list(dict.fromkeys(row.question for row in planted()))
    if os.environ.get("CROSSCHECK_ALL_QUESTIONS"):
        return [*of_sample, *OTHERS]
    room = NORMALLY - len(OTHERS)
    return [*of_sample[:: max(1, len(of_sample) // room)][:room], *OTHERS]


@pytest.fixture(scope="module")
def client(sample_workspace: Path, cache: Path) -> Iterator[TestClient]:
    settings = load({"workspace": sample_workspace, "cache": cache}, environment={})
    with wiring.opened(settings) as desk, TestClient(create_app(desk, ServerOptions(per_minute=0))) as made:
        yield made


def untimed(answer: str) -> str:
    """Its bytes in one layout, numbers and the order of fields as they are."""
    fields = json.loads(answer)
    assert fields.pop("timings_ms")["total"] > 0
    return json.dumps(fields)


def test_command_line_http_and_batch_give_identical_answers(
    crosscheck: Crosscheck, sample_workspace: Path, client: TestClient
) -> None:
    asked = questions()
    assert len(asked) >= NORMALLY

    def from_command_line(question: str) -> str:
        return crosscheck("ask", question, "--workspace", sample_workspace, "--json", code=None).stdout

    with ThreadPoolExecutor(2) as pool:
        by_command = list(pool.map(from_command_line, asked))
    by_http = [client.post("/v1/query", json={"question": question}).text for question in asked]
    records = client.post("/v1/batch", json={"questions": [{"question": question} for question in asked]}).text
    by_batch = [json.dumps(json.loads(record)["answer"]) for record in records.splitlines()]
    for question, *answers in zip(asked, by_command, by_http, by_batch, strict=True):
        assert len({untimed(answer) for answer in answers}) == 1, question
