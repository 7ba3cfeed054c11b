"""Several questions in one input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.parts import parts


@pytest.mark.parametrize(
    "text",
    [
        "How much did the bridge cost?",
        "Maia 200",
        "who leads the ferry company and the port",
        "Is the mill closing? I heard so.",
        "What did U.S. growers say? They were angry.",
    ],
)
def test_what_is_one_question_stays_whole(text: str) -> None:
    assert parts(text) == (text,)


def test_two_questions_are_two_parts() -> None:
    assert parts("Who built the bridge? What did the repairs cost?") == (
        "Who built the bridge?",
        "What did the repairs cost?",
    )


def test_questions_joined_by_and_are_two_parts() -> None:
    assert parts("Who bought the mill and when did the sale close?") == (
        "Who bought the mill",
        "when did the sale close?",
    )


def test_a_part_that_names_nothing_is_asked_with_the_last_that_does() -> None:
    assert parts("Who built the bridge? Who paid for it? And when?") == (
        "Who built the bridge?",
        "Who paid for it? Who built the bridge?",
        "And when? Who built the bridge?",
    )


def test_at_most_four_parts_are_asked() -> None:
    assert len(parts(" ".join(f"What happened in harbour number {n}?" for n in range(9)))) == 4


@given(st.text(max_size=200))
def test_nothing_is_lost_and_nothing_fails(text: str) -> None:
    found = parts(text)
    assert found
    assert all(word in " ".join(found) for word in text.split())
