"""What Prometheus reads, and what readiness says."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.http.app import create_app
from assistant.http.metrics import observe_batch
from assistant.http.options import ServerOptions
from assistant.wiring import Desk


@pytest.fixture
def own(desk: Desk) -> TestClient:
    """A client of an app that nobody else has asked."""
    return TestClient(create_app(desk, ServerOptions()))


def counted(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Each sample by its name and labels."""
    text = client.get("/metrics").text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_are_counted_by_the_template_of_their_address(own: TestClient) -> None:
    for path in ("/v1/articles/one", "/v1/articles/two", "/nowhere", "/elsewhere"):
        own.get(path)
    own.request("BREW", "/v1/articles/one")
    found = counted(own)

    def requests(method: str, route: str, status: str) -> float:
        return found["crosscheck_requests_total", (("method", method), ("route", route), ("status", status))]

    assert requests("GET", "/v1/articles/{article_id:path}", "404") == 2
    assert requests("GET", "none", "404") == 2
    assert requests("other", "/v1/articles/{article_id:path}", "405") == 1
    assert found["crosscheck_request_seconds_count", (("route", "none"),)] == 2


def test_answers_tell_stages_conflicts_and_abstentions(own: TestClient) -> None:
    contested = own.post("/v1/query", json={"question": "How much better is Maia 200's performance per dollar?"}).json()
    nothing = own.post("/v1/query", json={"question": "Who won the curling final in Gondor?"}).json()
    own.post("/v1/check", json={"statement": "Maia 200 has 216 GB of memory."})
    found = counted(own)
    assert nothing["status"] == "not_covered"
    assert found["crosscheck_abstentions_total", ()] == 1
    assert found["crosscheck_conflicts_total", (("type", contested["conflicts"][0]["type"]),)] >= 1
    assert {found["crosscheck_stage_seconds_count", (("stage", one),)] for one in ("search", "read", "judge")} == {3}
    assert found["crosscheck_generation", ()] == 1


def test_queue_and_batches_are_shown(own: TestClient) -> None:
    observe_batch(own.app, 17)  # type: ignore[arg-type]
    found = counted(own)
    assert found["crosscheck_queue_length", ()] == found["crosscheck_in_flight", ()] == 0
    assert found["crosscheck_batch_size_sum", (("kind", "questions"),)] == 17


def test_passes_of_the_question_encoder_are_shown_with_their_sizes(own: TestClient) -> None:
    for _ in range(2):
        own.post("/v1/search", json={"question": "What has been announced?"})
    found = counted(own)
    assert found["crosscheck_batch_size_count", (("kind", "pass"),)] == 2
    assert found["crosscheck_batch_size_sum", (("kind", "pass"),)] == 2


def test_two_apps_count_apart(desk: Desk, own: TestClient) -> None:
    own.get("/nowhere")
    other = TestClient(create_app(desk, ServerOptions()))
    assert not [name for name, labels in counted(other) if ("route", "none") in labels]


def test_an_app_without_a_workspace_is_alive_and_not_ready() -> None:
    client = TestClient(create_app(None, ServerOptions()), raise_server_exceptions=False)
    assert client.get("/healthz").status_code == 200
    assert client.get("/metrics").status_code == 200
    for got in (client.get("/readyz"), client.post("/v1/query", json={"question": "When?"})):
        assert got.status_code == 503
        assert got.headers["retry-after"] == "2"
        assert got.json()["detail"].startswith("Index and models are being loaded.")
