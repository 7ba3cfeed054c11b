"""The question of a chat, in the light of what was said before it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from assistant.http.conversation import Message, Part, understood

MAIA = "How much better is Maia 200's performance per dollar?"


def said(*contents: str) -> list[Message]:
    """Messages of user and assistant in turn."""
    roles = ["user", "assistant"] * len(contents)
    return [Message(role=role, content=content) for role, content in zip(roles, contents, strict=False)]


def test_a_first_question_is_asked_as_it_is() -> None:
    assert understood(said("and how much does it cost?")).text == "and how much does it cost?"


def test_a_follow_up_is_written_out() -> None:
    chat = said(MAIA, "30%.", "and how much memory does it have?")
    assert understood(chat).text == "How much memory does Maia 200 have?"


def test_a_third_question_reaches_the_first_through_the_second() -> None:
    chat = said(MAIA, "30%.", "Who makes it?", "Microsoft.", "And when was it introduced?")
    assert understood(chat).text == "When was Maia 200 introduced?"


def test_whom_he_means_is_taken_from_the_quotes_of_a_reply_and_from_nothing_else_in_it() -> None:
    reply = (
        "Rufus Thane is elected. [1]\n\n**Single source:** Nora Prost says so.\n\n**Sources**\n\n"
        "- [1] Dunmarrow Dispatch, [Fenella Ruck](<https://d.example>), 2026-06-08: “Rufus Thane is elected \\~mayor.”"
    )
    chat = said("Who was elected mayor of Dunmarrow?", reply, "When does his term begin?")
    assert understood(chat).text == "When does Rufus Thane's term begin?"
    assert understood(chat).sure


def test_what_is_no_text_in_an_earlier_message_is_passed_over() -> None:
    image = Message(role="user", content=[Part(type="image_url")])
    assert understood([image, *said("How long is it?")]).text == "How long is it?"


@pytest.mark.parametrize("stream", [False, True])
def test_the_reply_says_first_what_was_asked(stream: bool, client: TestClient) -> None:
    messages = [message.model_dump() for message in said(MAIA, "30%.", "and how much memory does it have?")]
    reply = client.post("/v1/chat/completions", json={"messages": messages, "stream": stream})
    if stream:
        assert r"*Asked as:* How much memory does Maia 200 have?\n\n" in reply.text
    else:
        assert reply.json()["choices"][0]["message"]["content"].startswith(
            "*Asked as:* How much memory does Maia 200 have?\n\n"
        )
        assert reply.json()["crosscheck"]["question"] == "How much memory does Maia 200 have?"


def test_what_had_to_be_assumed_is_said(client: TestClient) -> None:
    messages = [
        message.model_dump() for message in said("Is Tolvane buying Quellspring Optics?", "Yes.", "Where is it based?")
    ]
    content = client.post("/v1/chat/completions", json={"messages": messages}).json()["choices"][0]["message"][
        "content"
    ]
    assert "*Asked as:* Where is Tolvane based?\n\n*Not sure:* “it” is taken for “Tolvane”." in content
