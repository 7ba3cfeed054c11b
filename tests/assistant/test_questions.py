"""Questions as people and programs send them: what is accepted, and the message for what is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput
from assistant.models import MAX_QUESTION, ask

HOSTILE: list[tuple[str, dict[str, object], str]] = [
    ("an empty question", {"text": ""}, "The question has no words."),
    ("only white space", {"text": " \t\n "}, "The question has no words."),
    ("only punctuation", {"text": "?!… —"}, "The question has no words."),
    ("only control characters", {"text": "\x00\x1b\x07"}, "The question has no words."),
    ("only emoji", {"text": "🙈🙉"}, "The question has no words."),
    ("ten thousand words", {"text": "why " * 10_000}, "The question has 39,999 characters; at most 2,000 are read."),
    ("one endless word", {"text": "a" * (MAX_QUESTION + 1)}, "The question has 2,001 characters"),
    ("no passages wanted", {"text": "Why?", "top_k": 0}, "top-k is 0; give a number from 1 to 100."),
    ("too many passages", {"text": "Why?", "top_k": 101}, "top-k is 101; give a number from 1 to 100."),
    ("fewer than none", {"text": "Why?", "top_k": -5}, "top-k is -5"),
    (
        "a range that ends before it begins",
        {"text": "Why?", "since": date(2026, 2, 1), "until": date(2026, 1, 1)},
        "since (2026-02-01) is later than until (2026-01-01). Swap them.",
    ),
    (
        "a start after the day asked for",
        {"text": "Why?", "since": date(2026, 2, 1), "as_of": date(2026, 1, 1)},
        "since (2026-02-01) is later than as-of (2026-01-01), so no article can match.",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_question_that_cannot_be_asked_gets_a_sentence(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput) as error:
        ask(**arguments)  # type: ignore[arg-type]
    assert message in str(error.value)


def test_two_faults_give_two_sentences() -> None:
    with pytest.raises(BadInput, match=r"no words.*top-k is 0"):
        ask("", top_k=0)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  How  much\nis it? ", "How much is it?"),
        ("who's\x00 there", "who's there"),
        ("Was kostet es?", "Was kostet es?"),
        ("何时开放？", "何时开放？"),
        ("' OR 1=1; DROP TABLE articles --", "' OR 1=1; DROP TABLE articles --"),
        ('title:(bridge AND "opened") +x^2', 'title:(bridge AND "opened") +x^2'),
    ],
)
def test_a_question_is_read_as_its_words(typed: str, read: str) -> None:
    assert ask(typed).text == read


@given(st.text())
def test_any_text_is_either_a_question_or_refused_with_a_sentence(text: str) -> None:
    try:
        question = ask(text)
    except BadInput as error:
        sentence = str(error)
    else:
        sentence = "."
        assert question.text.isprintable()
        assert ask(question.text) == question
    assert sentence.endswith((".", "?"))
