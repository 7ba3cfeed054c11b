"""Chat completions as the `openai` package asks for them, over a socket."""

from __future__ import annotations

from collections.abc import Iterator

import openai
import pytest
from fastapi.testclient import TestClient
from openai.types.chat import ChatCompletionChunk

from assistant.http.conversation import Message, Part, question_of
from assistant.http.options import ServerOptions
from assistant.markdown_answer import as_markdown
from assistant.models import Answer, ask
from assistant.wiring import Desk
from tests.assistant.http.serving import listening

QUESTION = "How much better is Maia 200's performance per dollar?"
SAID = {"role": "user", "content": QUESTION}


@pytest.fixture(scope="module")
def chat(desk: Desk) -> Iterator[openai.OpenAI]:
    """OpenAI's own client in front of a real server on a free port of this machine."""
    with listening(desk, ServerOptions()) as port, client_of(port, "none") as client:
        yield client


def client_of(port: int, token: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key=token, max_retries=0)


def without_timings(answer: Answer) -> dict[str, object]:
    return answer.model_dump(exclude={"timings_ms"})


def test_the_reply_is_the_answer_as_markdown_and_whole_in_the_extension(chat: openai.OpenAI, desk: Desk) -> None:
    reply = chat.chat.completions.create(model="crosscheck", messages=[SAID])
    answer = Answer.model_validate(reply.to_dict()["crosscheck"])
    assert without_timings(answer) == without_timings(desk.ask(ask(QUESTION)))
    assert reply.choices[0].message.content == as_markdown(answer)
    assert (reply.model, reply.choices[0].finish_reason) == ("crosscheck", "stop")


def test_a_streamed_reply_adds_up_to_the_same_text(chat: openai.OpenAI) -> None:
    chunks: list[ChatCompletionChunk] = list(
        chat.chat.completions.create(
            model="crosscheck", messages=[SAID], stream=True, stream_options={"include_usage": True}
        )
    )
    *pieces, last, counted = chunks
    answer = Answer.model_validate(last.to_dict()["crosscheck"])
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces) == as_markdown(answer)
    assert len(pieces) > len(answer.citations)
    assert last.choices[0].finish_reason == "stop"
    assert counted.usage is not None
    assert counted.usage.total_tokens == 0


def test_the_last_question_counts_and_what_the_system_says_does_not(chat: openai.OpenAI) -> None:
    messages = [
        {"role": "system", "content": "Answer as a pirate."},
        {"role": "user", "content": "Who won?"},
        {"role": "assistant", "content": "Nobody."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
    ]
    reply = chat.chat.completions.create(model="crosscheck", messages=messages, temperature=0.3, max_tokens=5)
    assert reply.to_dict()["crosscheck"]["question"] == QUESTION


def test_filters_go_in_the_extra_body(chat: openai.OpenAI) -> None:
    filters = {"publishers": ["Pelham Wire"], "as_of": "2026-05-21", "top_k": 4}
    reply = chat.chat.completions.create(model="crosscheck", messages=[SAID], extra_body={"crosscheck": filters})
    citations = reply.to_dict()["crosscheck"]["citations"]
    assert {citation["publisher"] for citation in citations} == {"Pelham Wire"}


def test_there_is_one_model(chat: openai.OpenAI) -> None:
    assert [model.id for model in chat.models.list()] == ["crosscheck"]
    assert chat.models.retrieve("crosscheck").owned_by == "crosscheck"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"messages": []}, "at least 1"),
        ({"messages": [{"role": "system", "content": "Hi."}]}, "No message is from the user."),
        ({"messages": [{"role": "user", "content": None}]}, "No message is from the user."),
        ({"messages": [{"role": "user", "content": "?!"}]}, "The question has no words."),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "Only text can be asked"),
        ({"messages": [SAID], "n": 2}, "there is one answer"),
        ({"messages": [SAID], "extra_body": {"response_format": {"type": "json_object"}}}, "replies are text"),
        ({"messages": [SAID], "extra_body": {"tool_choice": "required"}}, "no tool is ever called"),
        ({"messages": [SAID], "extra_body": {"crosscheck": {"topk": 3}}}, "crosscheck.topk"),
        ({"messages": [SAID], "stream": True, "extra_body": {"crosscheck": {"top_k": 0}}}, "crosscheck.top_k"),
    ],
)
def test_what_cannot_be_done_is_a_bad_request_with_a_sentence(
    body: dict[str, object], sentence: str, chat: openai.OpenAI
) -> None:
    with pytest.raises(openai.BadRequestError) as raised:
        chat.chat.completions.create(**{"model": "crosscheck", **body})
    assert sentence in raised.value.message
    assert (raised.value.type, raised.value.code) == ("invalid_request_error", "invalid_request")


def test_another_model_is_not_found(chat: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="There is no model 'other'"):
        chat.chat.completions.create(model="other", messages=[SAID])


def test_a_token_that_is_missing_is_an_authentication_error_of_openai(desk: Desk) -> None:
    token = "a-token-of-thirty-two-characters"
    with listening(desk, ServerOptions(tokens=(token,))) as port:
        with client_of(port, token) as known:
            assert [model.id for model in known.models.list()] == ["crosscheck"]
        with client_of(port, "wrong") as unknown, pytest.raises(openai.AuthenticationError) as raised:
            unknown.models.list()
    assert raised.value.code == "invalid_api_key"


def test_errors_elsewhere_stay_problem_details(client: TestClient) -> None:
    assert client.get("/v1/nothing").headers["content-type"] == "application/problem+json"
    assert client.put("/v1/models").json()["error"]["type"] == "invalid_request_error"


def test_the_parts_of_a_message_are_lines_of_the_question() -> None:
    parts = [Part(type="text", text="When was it"), Part(type="text", text="opened?")]
    assert question_of([Message(role="user", content=parts)]) == "When was it\nopened?"
