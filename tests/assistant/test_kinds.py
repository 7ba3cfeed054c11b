"""What a question asks for."""

from __future__ import annotations

import pytest

from assistant.kinds import holds, kind_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much better is the new chip?", "number"),
        ("how many people died", "number"),
        ("What percentage of patients got better?", "number"),
        ("When was the bridge opened?", "date"),
        ("In what year did it open?", "date"),
        ("who's the captain", "person"),
        ("Which company bought it?", "person"),
        ("Where does the ferry go?", "place"),
        ("Has the deal been confirmed?", "yes_no"),
        ("isn't it done", "yes_no"),
        ("Why did the ferry sink?", "reason"),
        ("Which outlets have reported it?", "list"),
        ("What is the chip called?", "thing"),
        ("What sport is she associated with?", "thing"),
        ("In which stadium do they play?", "thing"),
        ("What happened on the bridge?", "other"),
        ("What did the minister say?", "other"),
        ("The Sandlark is a ferry. Did it sink?", "yes_no"),
        ("Maia 200", "no_question"),
        ("the bridge over the Veyle", "no_question"),
    ],
)
def test_the_kind_is_read_off_the_question(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "there"),
    [
        ("number", "Nine people died.", True),
        ("number", "It cost $1.13bn.", True),
        ("number", "Nobody knows.", False),
        ("date", "It opened on Monday.", True),
        ("date", "It opened late.", False),
        ("person", "The captain was Ida Marsh.", True),
        ("person", "The captain was asleep.", False),
        ("reason", "It sank.", True),
    ],
)
def test_a_sentence_holds_a_kind_or_not(kind: str, sentence: str, there: bool) -> None:
    assert holds(kind, sentence) is there  # type: ignore[arg-type]
