"""Answers as they come about: one event a stage, the answer last, and the work stopped where nobody reads on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from httpx_sse import ServerSentEvent, connect_sse

from assistant.http.options import ServerOptions
from assistant.http.routes import stream
from assistant.models import Answer, ask
from assistant.searching import shown
from assistant.stages import Judged, Read, Searched, Stage
from assistant.wiring import Desk
from tests.assistant.http.serving_slowly import SlowDesk, served, soon

QUESTION = "How many people died when the ferry sank?"
TWO = "How many people died when the ferry sank? Has the Medicines Council approved PB-417?"


def told(client: httpx.Client, question: str, **more: object) -> list[ServerSentEvent]:
    with connect_sse(client, "POST", "/v1/query/stream", json={"question": question, **more}) as source:
        return list(source.iter_sse())


@pytest.fixture(scope="module")
def there(desk: Desk) -> Iterator[httpx.Client]:
    with served(desk, ServerOptions()) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def events(there: httpx.Client) -> list[ServerSentEvent]:
    return told(there, QUESTION)


def test_the_stages_come_in_order_and_the_answer_last(events: list[ServerSentEvent]) -> None:
    assert [one.event for one in events] == ["passages", "claims", "conflicts", "answer"]


def test_each_of_several_questions_has_stages_of_its_own(there: httpx.Client) -> None:
    found = told(there, TWO)
    assert [one.event for one in found] == [*["passages", "claims"] * 2, *["conflicts"] * 2, "answer"]
    assert len({one.json()["question"] for one in found[:-1]}) == 2


def test_the_passages_are_those_of_a_search(events: list[ServerSentEvent], desk: Desk) -> None:
    passages = events[0].json()
    of_search = {(hit.article_id, hit.start) for hit in shown(desk.search(ask(QUESTION, top_k=50))).hits}
    assert {(hit["article_id"], hit["start"]) for hit in passages["hits"]} <= of_search
    assert passages["generation"] == 1


def test_every_quote_stands_where_the_event_says(events: list[ServerSentEvent], desk: Desk) -> None:
    claims = events[1].json()["claims"]
    sides = [side for conflict in events[2].json()["conflicts"] for side in conflict["sides"]]
    quotes = [*claims, *(quote for side in sides for quote in side["quotes"])]
    assert len(claims) == 8
    assert len(sides) >= 2
    with desk.viewing() as view:
        for quote in quotes:
            text = view.article(quote["article_id"]).text
            assert text[quote["start"] : quote["end"]] == quote["quote"]


def test_claims_come_best_first_and_the_conflicts_are_those_of_the_answer(events: list[ServerSentEvent]) -> None:
    scores = [claim["score"] for claim in events[1].json()["claims"]]
    answer = events[3].json()
    assert scores == sorted(scores, reverse=True)
    seen = [(one["type"], one["reason"], [side["value"] for side in one["sides"]]) for one in answer["conflicts"]]
    told_before = events[2].json()["conflicts"]
    assert [(one["type"], one["reason"], [side["value"] for side in one["sides"]]) for one in told_before] == seen


def test_what_is_wrong_from_the_start_has_a_status_of_its_own(client: TestClient) -> None:
    for body, sentence in (
        ({"question": "?"}, "The question has no words."),
        ({"question": QUESTION, "publishers": ["Nobody"]}, "No article has the publisher 'Nobody'."),
    ):
        refused = client.post("/v1/query/stream", json=body)
        assert refused.status_code == 422
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["detail"].startswith(sentence)


def test_what_fails_later_is_an_event(tmp_path: Path) -> None:
    desk = SlowDesk(tmp_path)
    with served(desk, ServerOptions(timeout=0.3)) as address, httpx.Client(base_url=address) as client:
        found = told(client, QUESTION)
    assert {one.event for one in found[:-1]} == {"passages"}
    assert found[-1].event == "problem"
    problem = found[-1].json()
    assert problem["status"] == 504
    assert "took longer than 0.3 seconds" in problem["detail"]
    assert desk.stopped == [QUESTION]


def test_a_client_that_goes_away_stops_the_work(tmp_path: Path) -> None:
    desk = SlowDesk(tmp_path)
    with served(desk, ServerOptions()) as address, httpx.Client(base_url=address) as client:
        with connect_sse(client, "POST", "/v1/query/stream", json={"question": QUESTION}) as source:
            events = source.iter_sse()
            assert next(events).event == "passages"
            assert not desk.stopped
        assert soon(lambda: desk.stopped == [QUESTION])


def test_a_client_that_leaves_a_plain_question_stops_the_work_too(tmp_path: Path) -> None:
    desk = SlowDesk(tmp_path)
    with served(desk, ServerOptions()) as address, httpx.Client(base_url=address) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post("/v1/query", json={"question": QUESTION}, timeout=0.2)
        assert soon(lambda: desk.stopped == [QUESTION])


def test_a_silent_stream_is_kept_open_by_comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_KEEP_ALIVE", 0.05)
    with served(SlowDesk(tmp_path), ServerOptions(timeout=0.5)) as address:
        body = httpx.post(f"{address}/v1/query/stream", json={"question": QUESTION}).text
    assert any(line.startswith(":") for line in body.splitlines())


def test_a_queue_that_is_full_says_so_before_the_stream_begins(tmp_path: Path) -> None:
    desk = SlowDesk(tmp_path)
    with (
        served(desk, ServerOptions(workers=1, waiting=0)) as address,
        httpx.Client(base_url=address) as client,
        connect_sse(client, "POST", "/v1/query/stream", json={"question": QUESTION}) as source,
    ):
        events = source.iter_sse()
        assert next(events).event == "passages"
        refused = client.post("/v1/query/stream", json={"question": QUESTION})
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert next(events).event == "passages"


@pytest.mark.parametrize("stages", [(Searched,), (Searched, Read), (Searched, Read, Judged)])
def test_what_a_watch_raises_ends_the_work_at_that_stage(desk: Desk, stages: tuple[type[Stage], ...]) -> None:
    seen: list[type[Stage]] = []

    def watch(stage: Stage) -> None:
        seen.append(type(stage))
        if isinstance(stage, stages[-1]):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.ask(ask(QUESTION), watch=watch)
    assert tuple(seen) == stages


def test_no_line_of_a_stream_is_broken_by_what_an_article_holds(events: list[ServerSentEvent]) -> None:
    for one in events:
        assert len(one.data.splitlines()) == 1
    assert Answer.model_validate_json(events[3].data).model_dump(mode="json") == json.loads(events[3].data)
