"""One answer: asked in whichever way, over a real socket too, the same but for how long it took."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest
from httpx_sse import connect_sse

from assistant.http.options import ServerOptions
from assistant.models import Answer, ask
from assistant.wiring import Desk
from tests.assistant.http.serving_slowly import served

ASKED: tuple[dict[str, object], ...] = (
    {"question": "How many people died when the ferry sank?"},
    {"question": "How much better is Maia 200's performance per dollar?", "id": "q-1"},
    {"question": "Has the Medicines Council approved PB-417?", "explain": True},
    {"question": "Who won the election on the moon?"},
    {"question": "When did the Narrows Bridge open, and what did it cost?", "top_k": 4},
    {"question": "How many people died when the ferry sank? What did the Narrows Bridge cost?"},
)


@pytest.fixture(scope="module")
def there(desk: Desk) -> Iterator[httpx.Client]:
    with served(desk, ServerOptions()) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def untimed(answer: str | bytes) -> dict[str, object]:
    found: dict[str, object] = Answer.model_validate_json(answer).model_dump(mode="json")
    del found["timings_ms"]
    return found


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: str(asked["question"])[:30])
def test_the_desk_and_every_route_give_the_same_answer(
    desk: Desk, there: httpx.Client, asked: dict[str, object]
) -> None:
    expected = untimed(desk.ask(ask(**{"text": asked["question"], **rest(asked)})).model_dump_json())  # type: ignore[arg-type]
    assert untimed(there.post("/v1/query", json=asked).content) == expected
    (record,) = there.post("/v1/batch", json={"questions": [asked]}).text.splitlines()
    assert untimed(json.dumps(json.loads(record)["answer"])) == expected
    with connect_sse(there, "POST", "/v1/query/stream", json=asked) as source:
        assert untimed(list(source.iter_sse())[-1].data) == expected


def rest(asked: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in asked.items() if name != "question"}
