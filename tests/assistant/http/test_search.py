"""Searching over HTTP: the passages of the command line."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi.testclient import TestClient

from tests.conftest import Crosscheck

WORDS = "Maia 200 memory"


def test_a_search_gives_what_the_command_prints(
    client: TestClient, crosscheck: Crosscheck, sample_workspace: Path
) -> None:
    printed = crosscheck("search", WORDS, "-k", "5", "--json", "-w", sample_workspace).stdout
    found = client.post("/v1/search", json={"question": WORDS, "top_k": 5}).json()
    assert found == {"hits": json.loads(printed), "warnings": [], "generation": 1}


def test_what_could_not_be_looked_at_is_a_warning(client: TestClient) -> None:
    found = client.post("/v1/search", json={"question": WORDS, "since": "2026-01-01"}).json()
    assert "no publication date" in found["warnings"][0]
    assert all(hit["published"] >= "2026-01-01" for hit in found["hits"])


def test_a_search_takes_no_fields_of_a_question_that_is_answered(client: TestClient) -> None:
    refused = client.post("/v1/search", json={"question": WORDS, "explain": True})
    assert refused.status_code == 422
    assert refused.json()["detail"] == "explain: Extra inputs are not permitted."
